import { describe, expect, test } from 'vitest'
import { contractText, type Import, importText, schemaOf } from './support.ts'

const importContract = (contract: unknown): Promise<Import> =>
  importText('confluent', JSON.stringify(contract, undefined, 2), { name: 'orders.json' })

const JSON_SCHEMA = {
  type: 'object',
  properties: {
    ssn: { type: 'string', 'confluent:tags': ['PII'] },
    user: { type: 'object', properties: { email: { type: 'string' }, name: { type: 'string' } } },
  },
}

const CONDITION = {
  name: 'checkSsn',
  kind: 'CONDITION',
  type: 'JSONATA',
  mode: 'WRITE',
  expr: '$length(ssn) = 9',
}

function subject(more: object = {}) {
  return {
    subject: 'orders.v1-value',
    version: 3,
    id: 7,
    schemaType: 'JSON',
    schema: JSON.stringify(JSON_SCHEMA),
    ...more,
  }
}

test('schema, metadata and rules become a contract', async () => {
  const result = await importContract(
    subject({
      metadata: {
        properties: { owner: 'team-shop', domain: 'shop', email: 'shop@example.org' },
        tags: { '**.email': ['PII'], 'user.name': ['PRIVATE'], '**.gone': ['PII'] },
      },
      ruleSet: { domainRules: [{ ...CONDITION, doc: 'Nine digits.' }] },
    }),
  )
  expect(result.problems).toEqual([])
  expect(result.validated).toContain('1 problem (1 warning)')
  expect(result.validated).toContain('check_ssn')
  expect(contractText(result)).toBe(
    [
      '# Imported from orders.json. Read it before you rely on it.',
      '',
      'apiVersion: assay/v1',
      'id: orders.v1',
      'version: 3.0.0',
      'topic: orders.v1',
      'domain: shop',
      'owner: team-shop',
      'fields:',
      '  ssn:',
      '    pii: high',
      '  user.email:',
      '    pii: high',
      '  user.name:',
      '    pii: high',
      'rules:',
      '  - id: shape',
      '    description: Each event matches the schema.',
      '    dimension: conformity',
      '    schema: ./schemas/orders.v1.schema.json',
      '  - id: check_ssn',
      '    description: Nine digits.',
      '    assert: $length(ssn) = 9',
      '',
    ].join('\n'),
  )
  expect(JSON.stringify(schemaOf(result))).not.toContain('confluent')
  const listed = result.entries.filter(({ outcome }) => outcome === 'listed').map(({ name }) => name)
  expect(listed).toEqual(['metadata email', 'tags of **.gone'])
})

describe('a rule', () => {
  test.each([
    [{ type: 'CEL', expr: 'size(message.ssn) == 9' }, 'CEL'],
    [{ type: 'CEL_FIELD', expr: 'value != ""' }, 'CEL_FIELD'],
    [{ kind: 'TRANSFORM', expr: '$uppercase(ssn)' }, 'TRANSFORM'],
    [{ kind: 'TRANSFORM', type: 'ENCRYPT' }, 'TRANSFORM'],
    [{ type: 'SPEL' }, 'SPEL'],
    [{ type: undefined }, 'of no type'],
    [{ disabled: true }, 'disabled'],
    [{ expr: undefined }, 'no `expr`'],
    [{ expr: '$length(' }, 'refused'],
    [{ expr: '$eval("1")' }, '$eval is refused'],
  ])('%j is listed: %s', async (more, reason) => {
    const result = await importContract(subject({ ruleSet: { domainRules: [{ ...CONDITION, ...more }] } }))
    expect(result.exitCode).toBe(0)
    expect(result.entries.filter(({ kind }) => kind === 'rule')).toMatchObject([
      { name: 'checkSsn', outcome: 'listed', line: 9, reason: expect.stringContaining(reason) },
    ])
  })

  test.each([
    [undefined, undefined],
    ['ERROR', undefined],
    ['DLQ', undefined],
    ['NONE', 'info'],
    ['NONE,NONE', 'info'],
    ['ERROR,NONE', undefined],
  ])('whose onFailure is %s has the severity %s', async (onFailure, severity) => {
    const result = await importContract(subject({ ruleSet: { domainRules: [{ ...CONDITION, onFailure }] } }))
    expect(/severity: (\w+)/.exec(contractText(result))?.[1]).toBe(severity)
  })

  test('of a migration or an encoding is listed, each by itself', async () => {
    const migrationRules = ['up', 'down'].map((name) => ({
      name,
      kind: 'TRANSFORM',
      type: 'JSONATA',
      expr: '$',
    }))
    const encodingRules = [{ name: 'encrypt', kind: 'TRANSFORM', type: 'ENCRYPT' }]
    const result = await importContract(
      subject({ ruleSet: { domainRules: [CONDITION], migrationRules, encodingRules } }),
    )
    const rules = result.entries.filter(({ kind }) => kind === 'rule')
    expect(rules.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'checkSsn imported',
      'up listed',
      'down listed',
      'encrypt listed',
    ])
  })
})

test('an Avro schema is read as events look after decoding; the registry names no type for it', async () => {
  const avro = {
    type: 'record',
    name: 'Order',
    fields: [{ name: 'ssn', type: ['null', 'string'], 'confluent:tags': ['PII'] }],
  }
  const result = await importContract(subject({ schemaType: undefined, schema: JSON.stringify(avro) }))
  expect(result.validated).toContain('no problems')
  expect(schemaOf(result)).toMatchObject({ properties: { ssn: { type: ['string', 'null'] } } })
  expect(contractText(result)).toContain('fields:\n  ssn:\n    pii: high\n')
})

test('a rule set alone', async () => {
  for (const contract of [{ domainRules: [CONDITION] }, { ruleSet: { domainRules: [CONDITION] } }]) {
    const result = await importContract(contract)
    expect(result.validated).toContain('1 file, 1 rule: no problems\n')
    expect(contractText(result)).toContain('topic: orders\n')
  }
})

describe('is refused', () => {
  const cel = { name: 'a', kind: 'CONDITION', type: 'CEL', expr: 'true' }

  test('a rule set of CEL only, with each rule listed', async () => {
    const result = await importContract({ domainRules: [cel, { ...cel, name: 'b' }] })
    expect(result.exitCode).toBe(2)
    expect(result.problems).toMatchObject([{ code: 'IMPORT_EMPTY', message: expect.stringContaining('(2)') }])
    expect(result.entries).toMatchObject([
      { name: 'a', outcome: 'listed' },
      { name: 'b', outcome: 'listed' },
    ])
  })

  test.each([
    [{ a: 1 }, 'IMPORT_WRONG_KIND'],
    [[], 'IMPORT_WRONG_KIND'],
    [subject({ schema: '{' }), 'IMPORT_INVALID'],
    [subject({ schemaType: undefined }), 'IMPORT_INVALID'],
    [subject({ schemaType: 'PROTOBUF', schema: 'syntax = "proto3";' }), 'IMPORT_EMPTY'],
    [{ domainRules: [] }, 'IMPORT_EMPTY'],
    [{ domainRules: ['a', null] }, 'IMPORT_EMPTY'],
  ])('%j', async (contract, code) => {
    const { exitCode, problems } = await importContract(contract)
    expect(exitCode).toBe(2)
    expect(problems.map((problem) => problem.code)).toContain(code)
  })
})
