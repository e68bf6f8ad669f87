import { describe, expect, test } from 'vitest'
import { NO_ERRORS, contractText, importText, schemaOf } from './support.ts'

/** A document of 3.1 with one object of one property, and these sections instead or as well. */
function document(sections: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'orders',
    version: '1.0.0',
    status: 'active',
    domain: 'shop',
    team: { name: 'team-shop' },
    schema: [
      { name: 'Orders', physicalName: 'orders.v1', properties: [{ name: 'id', logicalType: 'string' }] },
    ],
    ...sections,
  })
}

/** A document whose one object has these properties. */
function withProperties(properties: readonly object[]): string {
  return document({ schema: [{ name: 'orders', properties }] })
}

test('a contract is made of each schema object', async () => {
  const schema = ['a', 'b'].map((name) => ({ name, properties: [{ name: 'id', logicalType: 'string' }] }))
  const { contracts, validated, files } = await importText('odcs', document({ schema }))
  expect(contracts.map(({ id }) => id)).toEqual(['orders.a', 'orders.b'])
  expect(validated).toContain('2 files, 2 rules: no problems\n')
  expect(Object.keys(files).toSorted()).toEqual([
    'shop/orders.a.contract.yaml',
    'shop/orders.b.contract.yaml',
    'shop/schemas/orders.a.schema.json',
    'shop/schemas/orders.b.schema.json',
  ])
})

describe('is refused', () => {
  test.each([
    ['2.x', { apiVersion: 'v2.2.2' }, 'ODCS "v2.2.2", and 3.x can be read', 'Convert it to ODCS 3.x'],
    ['4.x', { apiVersion: 'v4.0.0' }, 'ODCS "v4.0.0"', 'v3.1.0'],
    ['no version', { apiVersion: undefined }, '`apiVersion` is missing', 'Add `apiVersion'],
    ['a contract of Assay', { apiVersion: 'assay/v1' }, 'ODCS "assay/v1"', 'a contract of Assay already'],
    ['another kind', { kind: 'DataProduct' }, '`kind` must be DataContract', 'DataProduct'],
    ['no kind', { kind: undefined }, '`kind` must be DataContract', 'rules'],
    ['another standard', { dataContractSpecification: '1.1.0' }, 'Data Contract Specification', 'Convert'],
  ])('%s', async (_, sections, message, hint) => {
    const { exitCode, problems, files } = await importText('odcs', document(sections))
    expect(exitCode).toBe(2)
    expect(files).toEqual({})
    expect(problems).toMatchObject([
      {
        code: 'IMPORT_WRONG_KIND',
        line: 1,
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      },
    ])
  })

  test.each([
    ['a key that is misspelt', { slaProperites: [] }, '"slaProperites"', 'Did you mean `slaProperties`?'],
    ['rules at the top', { quality: [] }, '"quality"', '`schema[].quality`'],
    ['a key of somebody’s own', { zzz: 1 }, '"zzz"', '`customProperties`'],
    ['no id', { id: undefined }, '`id` is missing', 'Add `id`'],
    ['no version', { version: undefined }, '`version` is missing', 'Add `version`'],
  ])('%s', async (_, sections, message, hint) => {
    const { exitCode, problems } = await importText('odcs', document(sections))
    expect(exitCode).toBe(2)
    expect(problems).toMatchObject([
      {
        code: 'IMPORT_INVALID',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      },
    ])
    const skipped = await importText('odcs', document(sections), { flags: ['--skip-invalid'] })
    expect(skipped.exitCode).toBe(0)
  })

  test.each([
    ['broken YAML', 'apiVersion: v3.1.0\nkind: [\n', 'YAML_SYNTAX', 2],
    ['a list', '- a', 'IMPORT_WRONG_KIND', 1],
    ['text', 'hello', 'IMPORT_WRONG_KIND', 1],
    ['nothing', '', 'CONTRACT_EMPTY', 1],
    ['a tab', 'apiVersion: v3.1.0\nschema:\n\t- name: a', 'YAML_TAB', 3],
  ])('%s', async (_, text, code, line) => {
    const { exitCode, problems } = await importText('odcs', text)
    expect(exitCode).toBe(2)
    expect(problems[0]).toMatchObject({ code, line })
  })

  test('aliases that stand for a billion values', async () => {
    const levels = Array.from({ length: 9 }, (_, index) =>
      index === 0
        ? 'l0: &l0 [x]'
        : `l${index}: &l${index} [${Array(9)
            .fill(`*l${index - 1}`)
            .join(', ')}]`,
    )
    const { exitCode, problems } = await importText('odcs', levels.join('\n'))
    expect(exitCode).toBe(2)
    expect(problems[0]).toMatchObject({ code: 'YAML_TOO_MANY_ALIASES' })
  })

  test('what holds only SQL, with each rule listed', async () => {
    const quality = [1, 2, 3].map((n) => ({ type: 'sql', query: `SELECT ${n}`, mustBe: 0 }))
    const { exitCode, problems, entries } = await importText(
      'odcs',
      document({ schema: [{ name: 'a', quality }] }),
    )
    expect(exitCode).toBe(2)
    expect(problems).toMatchObject([{ code: 'IMPORT_EMPTY', message: expect.stringContaining('(3)') }])
    expect(entries.filter(({ kind, outcome }) => kind === 'rule' && outcome === 'listed')).toHaveLength(3)
  })

  test('what has no schema object', async () => {
    const { exitCode, problems } = await importText('odcs', document({ schema: [] }))
    expect(exitCode).toBe(2)
    expect(problems).toMatchObject([{ code: 'IMPORT_EMPTY' }])
  })
})

function object(more: object) {
  return { schema: [{ name: 'a', properties: [{ name: 'id' }], ...more }] }
}

describe('a value of the wrong shape is named, never passed over', () => {
  test.each([
    [{ schema: {} }, '`schema` must be a list'],
    [{ servers: 'x' }, '`servers` must be a list'],
    [{ slaProperties: { a: 1 } }, '`slaProperties` must be a list'],
    [{ schema: ['a'] }, 'item 1 of `schema` must be a mapping'],
    [object({ quality: 'good' }), '`quality` must be a list'],
    [object({ properties: { id: {} } }), '`properties` must be a list'],
    [object({ properties: [['id']] }), 'item 1 of `properties` must be a mapping'],
    [object({ properties: [{ logicalType: 'string' }] }), 'a property needs a `name`'],
    [object({ properties: [{ name: 'id', logicalType: 'strng' }] }), 'no logical type "strng"'],
    [object({ properties: [{ name: 'id', enum: 'a' }] }), '`enum` must be a list'],
    [object({ quality: [{ metric: 'rowCount', mustbe: 1 }] }), 'no key "mustbe"'],
  ])('%j', async (sections, message) => {
    const { exitCode, problems } = await importText('odcs', document(sections))
    expect(exitCode).toBe(2)
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'IMPORT_INVALID', message: expect.stringContaining(message) }),
    )
  })
})

test('SQL beside fields leaves a contract with the schema rule', async () => {
  const schema = [
    {
      name: 'a',
      properties: [{ name: 'id', logicalType: 'string', required: true }],
      quality: [{ type: 'sql', query: 'SELECT 1', mustBe: 0 }],
    },
  ]
  const { exitCode, contracts } = await importText('odcs', document({ schema }))
  expect(exitCode).toBe(0)
  expect(contracts).toMatchObject([{ rules: 1 }])
})

describe('the head', () => {
  test.each([
    ['a mapping with a name (3.1)', { name: 'team-a', members: [{ username: 'x' }] }, 'team-a'],
    [
      'a mapping of members',
      { members: [{ username: 'x' }, { username: 'boss', role: 'Data Owner' }] },
      'boss',
    ],
    ['a list of members (3.0)', [{ username: 'x' }, { username: 'y', role: 'Owner' }], 'y'],
    [
      'a list whose owner left',
      [{ username: 'o', role: 'owner', dateOut: '2020-01-01' }, { username: 'y' }],
      'y',
    ],
    ['no team', undefined, 'team-to-be-named'],
    ['an empty list', [], 'team-to-be-named'],
  ])('takes the owner from %s', async (_, team, owner) => {
    const result = await importText('odcs', document({ team }))
    expect(contractText(result)).toContain(`owner: ${owner}\n`)
    expect(result.notes.join()).toContain('--owner')
  })

  test('is what the flags say, if they do', async () => {
    const flags = ['--owner', 'team-x', '--domain', 'crm', '--topic', 'x.v9']
    const result = await importText('odcs', document(), { flags })
    expect(result.contracts[0]?.file).toBe('crm/orders.contract.yaml')
    expect(contractText(result)).toMatch(/topic: x\.v9\ndomain: crm\nowner: team-x\n/)
    expect(result.notes).toEqual([])
  })

  test.each([
    [{ domain: 'Customer Care' }, 'domain: customer-care', 'domain "Customer Care"'],
    [{ domain: undefined }, 'domain: imported', '--domain'],
    [{ domain: '42' }, 'domain: imported', '--domain'],
    [{ version: '1' }, 'version: 1.0.0', 'version "1"'],
    [{ version: 'v2.1' }, 'version: 2.1.0', 'version "v2.1"'],
    [{ version: 'latest' }, 'version: 1.0.0', 'version "latest"'],
    [{ id: 'My Orders!' }, 'id: My-Orders', undefined],
    [{ id: '53581432-6c55-4ba2-a65f-72344a91553a', name: 'Orders' }, 'id: Orders', undefined],
    [{ id: 42 }, 'id: c-42', undefined],
    [
      { schema: [{ name: 'My orders', properties: [{ name: 'a' }] }] },
      'topic: My-orders',
      'topic "My orders"',
    ],
  ])('%j is written as %s', async (sections, expected, note) => {
    const result = await importText('odcs', document(sections))
    expect(contractText(result)).toContain(`${expected}\n`)
    if (note !== undefined) expect(result.notes.join()).toContain(note)
    expect(result.validated).toMatch(NO_ERRORS)
  })

  test('has what servers say of Kafka', async () => {
    const servers = [
      { server: 'k', type: 'kafka', host: 'h:9092', format: 'json', topic: 'from-server' },
      { server: 'p', type: 'postgres', host: 'h' },
    ]
    const schema = [{ properties: [{ name: 'id', logicalType: 'string' }] }]
    const result = await importText('odcs', document({ servers, schema }))
    expect(contractText(result)).toContain('topic: from-server\n')
    expect(contractText(result)).toContain('format: json\n')
    expect(result.problems).toMatchObject([
      { code: 'IMPORT_IRREGULAR', hint: expect.stringContaining('physicalName') },
    ])
    expect(result.entries.filter(({ name }) => name.startsWith('server'))).toHaveLength(2)
  })

  test('has the descriptions and the web pages', async () => {
    const result = await importText(
      'odcs',
      document({
        description: { purpose: 'P.', usage: 'U.', limitations: 'L.' },
        support: [
          { channel: '#a', url: 'https://chat.example/a' },
          { channel: 'b', url: 'mailto:b@example.org' },
        ],
        authoritativeDefinitions: [{ type: 'businessDefinition', url: 'https://wiki.example/x' }],
      }),
    )
    expect(contractText(result)).toContain('description: |-\n  P.\n  Usage: U.\n  Limitations: L.\n')
    expect(contractText(result)).toContain(
      '  business-definition: https://wiki.example/x\n  support: https://chat.example/a\n',
    )
    expect(result.entries).toContainEqual(
      expect.objectContaining({ name: 'link support', outcome: 'listed' }),
    )
  })
})

test('every service level is imported or listed with its reason', async () => {
  const slaProperties = [
    { property: 'errorRate', value: 0.1, unit: 'percent' },
    { property: 'latency', value: 5, unit: 'm' },
    { property: 'freshness', value: 1, unit: 'h' },
    { property: 'retention', value: 3, unit: 'm' },
    { property: 'throughput', value: 100 },
    { property: 'availability', value: '99.9' },
    { property: 'constructor', value: 1 },
    { property: 'errorRate', value: 'none' },
  ]
  const result = await importText('odcs', document({ slaProperties }))
  expect(contractText(result)).toContain('promises:\n  validity:\n    objective: 99.9\n    window: 30d\n')
  const levels = result.entries.filter(({ kind }) => kind === 'promise')
  expect(levels).toHaveLength(slaProperties.length)
  expect(levels.map(({ reason, into }) => into ?? reason)).toEqual([
    'promises.validity',
    '`freshness` of a rule',
    '`freshness` of a rule',
    expect.stringContaining('retention 3 months:'),
    expect.stringContaining('`volume`'),
    expect.stringContaining('dq.heartbeat'),
    expect.stringContaining('no property of events'),
    expect.stringContaining('no property of events'),
  ])
})

test('properties become a JSON Schema', async () => {
  const result = await importText(
    'odcs',
    withProperties([
      {
        name: 'id',
        logicalType: 'string',
        primaryKey: true,
        logicalTypeOptions: { format: 'uuid', minLength: 1 },
      },
      {
        name: 'n',
        logicalType: 'integer',
        required: true,
        logicalTypeOptions: { format: 'i8', maximum: 100 },
      },
      {
        name: 'x',
        physicalName: 'x_1',
        logicalType: 'number',
        logicalTypeOptions: { exclusiveMinimum: 0, multipleOf: 0.5 },
      },
      { name: 'b', logicalType: 'boolean', description: 'Whether.' },
      { name: 'd', logicalType: 'date', logicalTypeOptions: { format: 'yyyy-MM-dd', minimum: '2020-01-01' } },
      { name: 't', logicalType: 'timestamp' },
      { name: 'e', logicalType: 'timestamp', physicalType: 'bigint' },
      { name: 'f', logicalType: 'date', logicalTypeOptions: { format: 'dd/MM/yyyy' } },
      { name: 's', logicalType: 'string', enum: [{ value: 'a' }, { value: 'b', label: 'B' }] },
      {
        name: 'l',
        logicalType: 'array',
        logicalTypeOptions: { minItems: 1, uniqueItems: true },
        items: { logicalType: 'string', required: true },
      },
      {
        name: 'o',
        logicalType: 'object',
        logicalTypeOptions: { required: ['k'] },
        properties: [{ name: 'k', logicalType: 'string' }],
      },
      {
        name: 'm',
        logicalType: 'map',
        map: {
          key: { logicalType: 'string', logicalTypeOptions: { pattern: '^[a-z]' } },
          value: { logicalType: 'integer' },
        },
      },
      { name: 'v', logicalType: 'vector', logicalTypeOptions: { dimensions: 3 } },
      { name: 'p', logicalType: 'string', logicalTypeOptions: { pattern: '^(?=a)', format: 'isbn' } },
      { name: 'any', physicalType: 'json' },
    ]),
  )
  expect(result.validated).toMatch(NO_ERRORS)
  expect(schemaOf(result)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['id', 'n'],
    properties: {
      id: { type: 'string', minLength: 1, format: 'uuid' },
      n: { type: 'integer', minimum: -128, maximum: 100 },
      x_1: { type: ['number', 'null'], exclusiveMinimum: 0, multipleOf: 0.5 },
      b: { description: 'Whether.', type: ['boolean', 'null'] },
      d: { type: ['string', 'null'], format: 'date' },
      t: { type: ['string', 'null'], format: 'date-time' },
      e: { type: ['integer', 'null'] },
      f: { type: ['string', 'null'] },
      s: { type: ['string', 'null'], enum: ['a', 'b', null] },
      l: { type: ['array', 'null'], minItems: 1, uniqueItems: true, items: { type: 'string' } },
      o: { type: ['object', 'null'], required: ['k'], properties: { k: { type: ['string', 'null'] } } },
      m: {
        type: ['object', 'null'],
        propertyNames: { pattern: '^[a-z]' },
        additionalProperties: { type: ['integer', 'null'] },
      },
      v: { type: ['array', 'null'], items: { type: 'number' }, minItems: 3, maxItems: 3 },
      p: { type: ['string', 'null'] },
      any: {},
    },
  })
  const listed = result.entries.filter(({ kind, outcome }) => kind === 'property' && outcome === 'listed')
  expect(listed.map(({ name }) => name)).toEqual(['minimum', 'format', 'format', 'pattern'])
})

test('what is personal is marked', async () => {
  const result = await importText(
    'odcs',
    withProperties([
      { name: 'mail', logicalType: 'string', classification: 'restricted' },
      { name: 'city', logicalType: 'string', classification: 'Internal' },
      { name: 'n', logicalType: 'string', classification: 'public' },
      {
        name: 'u',
        logicalType: 'object',
        properties: [{ name: 'ssn', logicalType: 'string', tags: ['PII'] }],
      },
      { name: 'odd name', logicalType: 'string', classification: 'PII' },
    ]),
  )
  expect(contractText(result)).toContain(
    'fields:\n  mail:\n    pii: high\n  city:\n    pii: low\n  n:\n    pii: none\n  u.ssn:\n    pii: high\n',
  )
  expect(result.entries).toContainEqual(
    expect.objectContaining({ name: 'classification', outcome: 'listed' }),
  )
})

test('all rules of all levels are accounted for, in a document with every section', async () => {
  const rule = { metric: 'nullValues', mustBe: 0 }
  const property = (name: string, more: object) => ({ name, logicalType: 'string', quality: [rule], ...more })
  const result = await importText(
    'odcs',
    document({
      name: 'Everything',
      tenant: 't',
      tags: ['a'],
      dataProduct: 'p',
      context: { a: 1 },
      price: { priceAmount: 1, priceCurrency: 'EUR', priceUnit: 'row' },
      roles: [{ role: 'r', access: 'read' }],
      slaDefaultElement: 'a.b',
      contractCreatedTs: '2022-11-15T02:59:43+00:00',
      customProperties: [{ property: 'x', value: [1] }],
      schema: [
        {
          name: 'a',
          quality: [
            { metric: 'rowCount', mustBeGreaterThan: 1 },
            { metric: 'nullValues', mustBe: 0 },
          ],
          relationships: [{ type: 'foreignKey', from: ['a.b'], to: ['c.d'] }],
          properties: [
            property('one', { unique: true, relationships: [{ to: 'c.d' }] }),
            property('two', { logicalType: 'object', properties: [property('three', {})] }),
            property('four', {
              logicalType: 'array',
              items: property('', { properties: [property('five', {})] }),
            }),
            property('six', { logicalType: 'map', map: { key: property('', {}), value: property('', {}) } }),
            property('with`tick', {}),
          ],
        },
      ],
    }),
  )
  expect(result.exitCode).toBe(0)
  expect(result.validated).toMatch(NO_ERRORS)
  const rules = result.entries.filter(({ kind }) => kind === 'rule')
  expect(rules.filter(({ outcome }) => outcome === 'imported')).toHaveLength(7)
  expect(rules.filter(({ outcome }) => outcome === 'listed')).toHaveLength(5)
  expect(rules.every(({ reason, into }) => (reason ?? into ?? '') !== '')).toBe(true)
})
