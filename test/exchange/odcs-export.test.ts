import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { fc } from '../property.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { assay, Files } from '../cli/support.ts'

const RULES = join(import.meta.dirname, '../../rules')
const FIXTURES = join(import.meta.dirname, '../fixtures/odcs')

const validators = ['3.1.0', '3.2.0'].map((version) => {
  const schema = JSON.parse(readFileSync(join(FIXTURES, `odcs-${version}.schema.json`), 'utf8')) as object
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true, logger: false })
  return { version, validate: ajv.compile(schema) }
})

/** Holds a document against the JSON Schemas that the standard publishes. */
function expectValid(text: string): void {
  const document: unknown = parse(text)
  for (const { version, validate } of validators) {
    expect({ version, valid: validate(document), errors: validate.errors }).toEqual({
      version,
      valid: true,
      errors: null,
    })
  }
}

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

const EVERYTHING = {
  id: 'ads.everything',
  version: '1.2.3-rc.1',
  producer: { team: 'team-ads', service: 'ad-publisher' },
  consumers: ['search', 'crm'],
  description: 'Two lines.\nWith "quotes": and #comments.\n',
  links: { runbook: 'https://wiki.example.org/ads', dashboard: 'https://d.example.org' },
  format: 'json',
  tombstones: 'fail',
  fields: { 'user.email': { pii: 'high' }, 'location.lat': { pii: 'low' } },
  promises: { validity: { objective: 99.95, window: '7d' }, freshness: { rule: 'flows', objective: 99 } },
}

const EVERY_RULE = [
  { id: 'shape', description: 'd', dimension: 'conformity', schema: './schemas/a.schema.json' },
  { id: 'shape_of_users', severity: 'warning', when: 'kind = "user"', schema: '../shared/b.json' },
  { id: 'assertion', assert: 'price > 0', missing: 'skip', severity: 'info', dimension: 'timeliness' },
  { id: 'lines', when: 'a = "x"\n  and b', assert: '(\n  $x := 1;\n  /* why */ price > $x\n)' },
  { id: 'tolerated', assert: 'a', tolerance: { warn: '0.1%', fail: '1%', over: '15m', minimumEvents: 100 } },
  { id: 'strict', assert: 'a', tolerance: 'none', mode: 'shadow' },
  {
    id: 'flows',
    severity: 'warning',
    freshness: { within: '90s', field: 'at', except: [{ days: ['sat', 'sun'], timezone: 'Europe/Paris' }] },
  },
  {
    id: 'enough',
    mode: 'shadow',
    volume: {
      over: '1h',
      min: 1,
      max: 5,
      field: 'at',
      lateness: '2m',
      except: [{ hours: '22:00-06:00', timezone: 'UTC' }],
    },
  },
  { id: 'quotes', assert: `$contains(t, /["'#: ]/) and t != "no" and u != 'a: b'` },
]

const SCHEMA = {
  type: 'object',
  required: ['id', 'user'],
  properties: {
    id: { type: 'string', description: 'Its name.' },
    at: { type: ['string', 'null'], format: 'date-time' },
    user: { $ref: '#/$defs/user' },
    images: { type: 'array', items: { type: 'object', properties: { url: { type: 'string' } } } },
    other: { $ref: './parts/c.json' },
    kind: { enum: ['user', 'shop'] },
  },
  $defs: {
    user: { type: 'object', properties: { email: { type: 'string' }, parent: { $ref: '#/$defs/user' } } },
  },
}

/** The schema files of the rules above; with spaces that only their own text has. */
function writeSchemas(): void {
  files.write('rules/ads/schemas/a.schema.json', `${JSON.stringify(SCHEMA, undefined, 7)}\n\n`)
  files.write('rules/ads/schemas/parts/c.json', '{ "type" : "number", "minimum":1.0 }')
  files.write('rules/shared/b.json', 'true')
}

describe('an export', () => {
  test('is valid ODCS, and its import is the same contract', async () => {
    files.writeContract('ads/everything', EVERY_RULE, EVERYTHING)
    writeSchemas()
    const { exitCode, out } = await assay(['export', 'odcs', files.at('rules')])
    expect(exitCode).toBe(0)
    expectValid(out)
    await expectSameAfterImport([out])
    expect(readFileSync(files.at('again/ads/schemas/a.schema.json'), 'utf8')).toBe(
      readFileSync(files.at('rules/ads/schemas/a.schema.json'), 'utf8'),
    )
  })

  test('of the example rules is valid, and its import is the same', async () => {
    const { exitCode, out } = await assay(['export', 'odcs', RULES, '--out', files.at('odcs')])
    expect(exitCode).toBe(0)
    const written = out.trim().split('\n')
    expect(written).toHaveLength(3)
    const texts = written.map((path) => readFileSync(path, 'utf8'))
    for (const text of texts) expectValid(text)
    await expectSameAfterImport(texts, RULES)
  })

  test('shows the fields of the schema rule to other readers, and no wishes', async () => {
    files.writeContract('ads/everything', EVERY_RULE, EVERYTHING)
    writeSchemas()
    const { out } = await assay(['export', 'odcs', files.at('rules')])
    expect(parse(out).schema[0]).toMatchObject({
      name: 'ads.ad-published.v1',
      physicalName: 'ads.ad-published.v1',
      physicalType: 'topic',
      properties: [
        { name: 'id', logicalType: 'string', description: 'Its name.', required: true },
        { name: 'at', logicalType: 'timestamp' },
        {
          name: 'user',
          logicalType: 'object',
          required: true,
          properties: [
            { name: 'email', logicalType: 'string', classification: 'restricted' },
            { name: 'parent', logicalType: 'object' },
          ],
        },
        { name: 'images', logicalType: 'array', items: { properties: [{ name: 'url' }] } },
        { name: 'kind', logicalType: 'string' },
      ],
    })
    const wish = [{ ...EVERY_RULE[0], severity: 'warning' }]
    files.writeContract('ads/everything', wish, { ...EVERYTHING, promises: undefined })
    const { out: wished } = await assay(['export', 'odcs', files.at('rules')])
    expect(parse(wished).schema[0].properties).toBeUndefined()
  })

  test('of any expression comes back as it was', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    const rule = fc.record({ text, more: text, flag: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 4 }), async (rules) => {
        const written = rules.map(({ text: value, more, flag }, index) => ({
          id: `r_${index}`,
          description: `x${more}`,
          assert: `a = ${JSON.stringify(value)}${flag ? `\n  or b = ${JSON.stringify(more)}` : ''}`,
        }))
        files.writeContract('ads/a', written)
        const { exitCode, out } = await assay(['export', 'odcs', files.at('rules')])
        expect(exitCode).toBe(0)
        await expectSameAfterImport([out])
      }),
      { numRuns: 40 },
    )
  })

  test('of rules with errors is refused, with the errors', async () => {
    files.writeContract('ads/a', [{ id: 'r', assert: 'a >' }])
    const { exitCode, out, err } = await assay(['export', 'odcs', files.at('rules')])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain('[EXPRESSION_INVALID]')
  })

  test('of several contracts needs a folder', async () => {
    files.writeContract('ads/a', [{ id: 'r', assert: 'a > 0' }])
    files.writeContract('ads/b', [{ id: 'r', assert: 'a > 0' }], { id: 'b' })
    const { exitCode, err } = await assay(['export', 'odcs', files.at('rules')])
    expect(exitCode).toBe(2)
    expect(err).toContain('[EXPORT_OUT_MISSING]')
  })

  test('of nothing is a mistake', async () => {
    const { exitCode, err } = await assay(['export', 'odcs', files.at('gone')])
    expect(exitCode).toBe(2)
    expect(err).toContain('[RULES_NOT_FOUND]')
  })

  test('writes over nothing without --force', async () => {
    files.writeContract('ads/a', [{ id: 'r', assert: 'a > 0' }])
    files.write('odcs/ads.ad-published.odcs.yaml', 'mine')
    const args = ['export', 'odcs', files.at('rules'), '--out', files.at('odcs')]
    const refused = await assay(args)
    expect(refused.exitCode).toBe(2)
    expect(refused.err).toContain('[FILE_EXISTS]')
    expect(readFileSync(files.at('odcs/ads.ad-published.odcs.yaml'), 'utf8')).toBe('mine')
    expect(await assay([...args, '--force'])).toMatchObject({ exitCode: 0 })
  })

  test('that somebody changed can’t write outside of the rules folder', async () => {
    files.writeContract('ads/a', [{ id: 'r', schema: './s.json' }])
    files.write('rules/ads/s.json', '{}')
    const { out } = await assay(['export', 'odcs', files.at('rules')])
    for (const path of [
      '../../evil.json',
      '/tmp/evil.json',
      'a/../../../evil.json',
      '..\\\\..\\\\evil.json',
    ]) {
      const source = files.write('evil.yaml', out.replace('path: s.json', `path: "${path}"`))
      const { exitCode, err } = await assay(['import', 'odcs', source, '--out', files.at('out')])
      expect(exitCode).toBe(2)
      expect(err).toContain('lies outside of the rules folder')
    }
  })
})

/** Imports documents into a new folder, and compares it with the rules that they were exported from. */
async function expectSameAfterImport(texts: readonly string[], rules = files.at('rules')): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const source = files.write(`exported-${index}.yaml`, text)
    const { exitCode, out, err } = await assay([
      'import',
      'odcs',
      source,
      '--out',
      files.at('again'),
      '--force',
    ])
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).not.toContain('Not imported')
  }
  const { out } = await assay(['diff', rules, files.at('again'), '--output', 'json'])
  expect(JSON.parse(out)).toMatchObject({ contracts: [], problems: [], notCompared: [] })
  expect(await rulesOf(files.at('again'))).toEqual(await rulesOf(rules))
}

/** Every contract of a folder as its file says it, but for the comments. */
async function rulesOf(folder: string): Promise<unknown> {
  const { out } = await assay(['export', 'odcs', folder, '--out', files.at('compared'), '--force'])
  return out
    .trim()
    .split('\n')
    .map((path) => parse(readFileSync(path, 'utf8')) as unknown)
}
