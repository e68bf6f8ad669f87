import { expect, test } from 'vitest'
import { fakeRegistry, json } from '../../adapters/schema-registry/fake-registry.ts'
import { assay } from '../support.ts'
import { inFolder } from './support.ts'

const folder = inFolder()

function adSchema(amount: unknown = 'double', name = 'amount'): string {
  const price = {
    type: 'record',
    name: 'Price',
    fields: [
      { name, type: amount },
      { name: 'currency', type: 'string' },
    ],
  }
  const fields = [
    { name: 'ad_id', type: 'long' },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['active', 'paused', 'sold'] } },
    { name: 'price', type: price },
    {
      name: 'seller',
      type: {
        type: 'record',
        name: 'Seller',
        fields: ['type', 'siret', 'email'].map((field) => ({ name: field, type: 'string' })),
      },
    },
    { name: 'images', type: { type: 'array', items: { type: 'map', values: 'string' } } },
    { name: 'published_at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'sold_at', type: ['null', 'string'] },
  ]
  return JSON.stringify({ type: 'record', name: 'Ad', fields })
}

function record(fields: Readonly<Record<string, unknown>>): string {
  const list = Object.entries(fields).map(([name, type]) => ({ name, type }))
  return JSON.stringify({ type: 'record', name: 'Ad', fields: list })
}

function propose(schema: string, ...flags: readonly string[]) {
  const file = folder.files().write('new.avsc', schema)
  return assay(['validate', folder.files().at('rules'), '--against', file, ...flags])
}

test('a break says where, whose rule it is, who relies on it, why, and what to do', async () => {
  const base = folder.files().write('base.avsc', adSchema())
  const { exitCode, out, err } = await propose(adSchema('double', 'value'), '--base', base)
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' })
  const at = folder.files().at('/')
  expect(out.replaceAll(at, ''))
    .toBe(`rules/search.contract.yaml:12:19: rule "price_is_positive" of ads.search (owner team-search; consumers indexer, mailer): \`price.amount\` would be gone [SCHEMA_BREAKS_RULE]
        assert: price.amount > 0
                      ^^^^^^
  hint: New beside it: \`value\`. If that is the same under another name, write both until the rule reads the new one.

rules/search.contract.yaml:14:62: rule "known_status" of ads.search (owner team-search; consumers indexer, mailer): \`price.amount\` would be gone [SCHEMA_BREAKS_RULE]
        assert: status in ["active", "paused", "sold"] and price.amount < 1e9
                                                                 ^^^^^^
  hint: New beside it: \`value\`. If that is the same under another name, write both until the rule reads the new one.

new.avsc would break 2 of 8 rules of team-search (2 contracts on ads.v1; compared with base.avsc)
`)
})

test('machines get the same: as JSON, as annotations and as a test report', async () => {
  const base = ['--base', folder.files().write('base.avsc', adSchema())]
  const asJson = await propose(adSchema('string'), ...base, '--output', 'json')
  expect(asJson.exitCode).toBe(1)
  expect(JSON.parse(asJson.out)).toMatchObject({
    topics: ['ads.v1'],
    contracts: 2,
    rules: 8,
    breaks: [
      {
        contract: 'ads.billing',
        rule: 'shape',
        owner: 'team-billing',
        consumers: [],
        code: 'SCHEMA_BREAKS_RULE',
        severity: 'error',
        line: 11,
        column: 13,
      },
      { rule: 'price_is_positive', line: 12, consumers: ['indexer', 'mailer'] },
      { rule: 'known_status', line: 14 },
    ],
  })
  const annotations = await propose(adSchema('string'), ...base, '--output', 'github')
  expect(annotations.exitCode).toBe(1)
  expect(annotations.out.match(/^::error file=.*,title=SCHEMA_BREAKS_RULE::rule "/gm)).toHaveLength(3)
  const report = await propose(adSchema('string'), ...base, '--output', 'junit')
  expect(report.exitCode).toBe(1)
  expect(report.out).toContain('tests="3" failures="3"')
})

test('no rule breaks: that is said, with what it was compared with', async () => {
  const base = folder.files().write('base.avsc', adSchema())
  const { exitCode, out } = await propose(adSchema('float'), '--base', base)
  expect(exitCode).toBe(0)
  expect(out).toMatch(
    /^\S+new\.avsc would break none of 8 rules \(2 contracts on ads\.v1; compared with \S+base\.avsc\)\n$/,
  )
  expect((await propose(adSchema())).out).toContain('no schema of today is known')
})

test('what is broken already is not blamed on the change', async () => {
  const base = folder.files().write('base.avsc', adSchema('string'))
  expect((await propose(adSchema('string'), '--base', base)).exitCode).toBe(0)
})

test('the schema file of a contract is what its events are written by today', async () => {
  const nullable = ['null', 'double']
  const shape = {
    type: 'object',
    properties: { price: { type: 'object', properties: { amount: { type: ['number', 'null'] } } } },
  }
  folder.files().write('rules/ad.json', JSON.stringify(shape))
  folder.files().writeContract('own', [{ id: 'positive', assert: 'price.amount > 0' }], {
    topic: 'own.v1',
    schemaFile: './ad.json',
  })
  const { exitCode, out } = await propose(adSchema(nullable), '--topic', 'own.v1')
  expect({ exitCode, out }).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('rules/ad.json)') as unknown,
  })
})

test('the latest schema of the registry is what events are written by today, asked once for a subject', async () => {
  const registry = await fakeRegistry((_, response) => json(response, 200, { schema: adSchema() }))
  const { exitCode, out } = await propose(adSchema('double', 'value'), '--registry', registry.url)
  expect(exitCode).toBe(1)
  expect(out).toContain('compared with the latest schema of subject ads.v1-value')
  expect(registry.requests.map(({ url }) => url)).toEqual(['/subjects/ads.v1-value/versions/latest'])
})

test('a subject that the registry does not know yet: the schema is judged alone', async () => {
  const registry = await fakeRegistry((_, response) => json(response, 404, { error_code: 40401 }))
  const { exitCode, out } = await propose(adSchema('double', 'value'), '--registry', registry.url)
  expect(exitCode).toBe(1)
  expect(out).toContain('no schema of today is known')
})

test('a registry that does not answer ends it: what is new can’t be told', async () => {
  const registry = await fakeRegistry((_, response) => json(response, 503, {}))
  const { exitCode, out } = await propose(adSchema(), '--registry', registry.url)
  expect(exitCode).toBe(4)
  expect(out).toContain('[REGISTRY_UNREACHABLE]')
})

test('several topics: which one is meant must be said, by topic or by subject', async () => {
  const rule = [{ id: 'a', assert: 'ad_id > 0' }]
  folder.files().writeContract('c', rule, { id: 'c', topic: 'c.v1', schemaFrom: { registry: 'Order' } })
  const unclear = await propose(adSchema())
  expect(unclear.exitCode).toBe(2)
  expect(unclear.out).toContain('the contracts name several topics: ads.v1, c.v1 [TOPIC_UNCLEAR]')
  expect((await propose(adSchema(), '--topic', 'gone.v1')).out).toContain(
    'no contract watches the topic `gone.v1`',
  )
  expect((await propose(adSchema(), '--subject', 'x')).out).toContain('known are ads.v1-value, Order')
  const known = await propose(adSchema(), '--subject', 'Order')
  expect(known).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('(1 contract on c.v1;') as unknown,
  })
})

test.each([
  [
    'new.avsc',
    '{"type":"record","name":"A","fields":[{"name":"a","type":"Missing"}]}',
    'refers to the type Missing',
  ],
  ['new.avsc', '{', 'is no JSON'],
  ['new.avsc', '', 'is no JSON'],
  ['new.avsc', '<html>', 'is no JSON'],
  [
    'new.avsc',
    `${'{"type":"array","items":'.repeat(5000)}"int"${'}'.repeat(5000)}`,
    'deeper than 200 levels',
  ],
  ['new.proto', 'message A { B b = 1; }', 'B'],
  ['new.proto', 'message __proto__ {}', '__proto__'],
  ['new.proto', 'syntax = "proto3";', 'defines no message'],
  ['new.proto', '{', 'is no Protobuf schema'],
  ['new.json', '[]', 'is no JSON Schema'],
  ['new.json', '{"$ref":"https://example.org/other.json"}', 'leaves the rule files'],
  ['new.json', '{"$ref":"./gone.json"}', 'gone.json: there is no such file'],
  ['new.json', `${'{"items":'.repeat(5000)}{}${'}'.repeat(5000)}`, 'nests too deeply'],
  ['new.xsd', '<schema/>', 'its name does not say what it is written in'],
])('a schema file that can’t be used: %s %#', async (name, text, expected) => {
  const file = folder.files().write(name, text)
  const { exitCode, out, err } = await assay(['validate', folder.files().at('rules'), '--against', file])
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
  expect(out).toContain(expected)
  expect(out).toContain('[SCHEMA_FILE_UNUSABLE]')
  expect(out).not.toMatch(/^ +at |Error:/m)
})

test('no file, a folder, a base that can’t be used, a rule file with mistakes: all at once', async () => {
  const files = folder.files()
  expect((await assay(['validate', files.at('rules'), '--against', files.at('gone.avsc')])).out).toContain(
    'there is no such file',
  )
  files.write('dir.avsc/x', '')
  expect((await assay(['validate', files.at('rules'), '--against', files.at('dir.avsc')])).out).toContain(
    'that is a folder',
  )
  expect((await propose(adSchema(), '--base', files.at('gone.avsc'))).exitCode).toBe(2)
  files.write('rules/broken.contract.yaml', 'a: [')
  const both = await propose('{', '--reference', files.at('gone.avsc'))
  expect(both.exitCode).toBe(2)
  expect(both.out).toContain('[YAML_SYNTAX]')
  expect(both.out).toContain('gone.avsc: there is no such file')
})

test.each(['--base', '--topic', '--subject', '--message', '--reference'])(
  '%s means nothing without --against',
  async (flag) => {
    const { exitCode, err } = await assay(['validate', folder.files().at('rules'), flag, 'x'])
    expect(exitCode).toBe(2)
    expect(err).toContain(`option '${flag}' has a meaning only beside '--against'`)
  },
)

test('what a schema refers to is found: imports of Protobuf, files of JSON Schema, named types of Avro', async () => {
  const files = folder.files()
  files.write(
    'shop/money.proto',
    'syntax = "proto3"; message Money { string amount = 1; string currency = 2; }',
  )
  const proto = files.write(
    'shop/v1/ad.proto',
    'syntax = "proto3"; import "shop/money.proto"; message Ignored {} message Ad { int64 ad_id = 1; Money price = 2; }',
  )
  files.write(
    'money.json',
    '{"type":"object","properties":{"amount":{"type":"string"}},"required":["amount"]}',
  )
  const schema = files.write(
    'ad.json',
    '{"type":"object","required":["price"],"properties":{"price":{"$ref":"money.json"}}}',
  )
  const money = files.write(
    'money.avsc',
    '{"type":"record","name":"Money","fields":[{"name":"amount","type":"string"}]}',
  )
  const avro = files.write(
    'ad.avsc',
    '{"type":"record","name":"Ad","fields":[{"name":"price","type":"Money"}]}',
  )
  for (const flags of [[proto, '--message', 'Ad'], [schema], [avro, '--reference', money]]) {
    const { exitCode, out } = await assay(['validate', files.at('rules'), '--against', ...flags])
    expect(exitCode).toBe(1)
    expect(out).toContain('`price.amount` is text and `0` is a number, which have no order')
  }
})

test('a schema that contains itself, and names that objects have of their own', async () => {
  const node =
    '{"type":"record","name":"Node","fields":[{"name":"ad_id","type":"long"},{"name":"__proto__","type":"string"},{"name":"constructor","type":"int"},{"name":"next","type":["null","Node"]}]}'
  folder.files().writeContract(
    'own',
    [
      { id: 'deep', assert: '(next.next.next.ad_id ?? 1) > 0' },
      { id: 'odd', assert: 'constructor = "x"' },
      { id: 'odder', assert: '`__proto__` > 0' },
    ],
    { topic: 'own.v1' },
  )
  const { exitCode, out } = await propose(node, '--topic', 'own.v1')
  expect(exitCode).toBe(1)
  expect(out).toContain('rule "odd"')
  expect(out).toContain('rule "odder"')
  expect(out).not.toContain('rule "deep"')
})

test('a schema of two megabytes is read in seconds', async () => {
  const fields = Array.from({ length: 30_000 }, (_, index) => ({
    name: `field_${index}`,
    type: ['null', 'string'],
    doc: 'x'.repeat(20),
  }))
  const schema = JSON.stringify({
    type: 'record',
    name: 'Big',
    fields: [{ name: 'ad_id', type: 'string' }, ...fields],
  })
  expect(schema.length).toBeGreaterThan(2_000_000)
  const start = performance.now()
  const { exitCode, out } = await propose(schema)
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(exitCode).toBe(1)
  expect(out).toContain('rule "whole_id"')
})

test('a condition that warnings are enough to fail: --strict', async () => {
  folder.files().writeContract('own', [{ id: 'guarded', assert: 'status != "sold"' }], { topic: 'own.v1' })
  const flags = ['--topic', 'own.v1']
  expect(await propose(adSchema(), ...flags)).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('warning: rule "guarded"') as unknown,
  })
  expect((await propose(adSchema(), ...flags, '--strict')).exitCode).toBe(1)
})

test('a schema that is changed in its place is not compared with itself', async () => {
  const files = folder.files()
  const schema = { type: 'object', required: ['price'], properties: { price: { type: 'string' } } }
  const changed = files.write('rules/ad.json', JSON.stringify(schema))
  const rule = { id: 'positive', assert: 'price > 0' }
  files.writeContract('producer', [rule], { id: 'p', topic: 'own.v1', schemaFile: './ad.json' })
  files.writeContract('consumer', [rule, { id: 'shape', schema: './ad.json' }], { id: 'c', topic: 'own.v1' })
  const { exitCode, out } = await assay([
    'validate',
    files.at('rules'),
    '--against',
    changed,
    '--topic',
    'own.v1',
  ])
  expect(exitCode).toBe(1)
  expect(out.match(/rule "positive" of [cp] /g)).toHaveLength(2)
})

test('a schema rule that allows no further fields refuses one that is added', async () => {
  const files = folder.files()
  const closed = { type: 'object', properties: { ad_id: { type: 'integer' } }, additionalProperties: false }
  files.write('rules/closed.json', JSON.stringify(closed))
  files.writeContract('own', [{ id: 'closed', schema: './closed.json' }], { topic: 'own.v1' })
  const base = files.write('base.avsc', record({ ad_id: 'long' }))
  const { exitCode, out } = await propose(
    record({ ad_id: 'long', x: 'long' }),
    '--base',
    base,
    '--topic',
    'own.v1',
  )
  expect(exitCode).toBe(1)
  expect(out).toContain('`x` is a field that the rule refuses')
})

test('a schema rule for some events only: judged alone, a schema is blamed for what no event could meet', async () => {
  const files = folder.files()
  const pro = { type: 'object', required: ['siret'], properties: { siret: { type: 'string' } } }
  files.write('rules/pro.json', JSON.stringify(pro))
  files.writeContract('own', [{ id: 'pro', when: 'kind = "pro"', schema: './pro.json' }], { topic: 'own.v1' })
  const nullable = record({ kind: 'string', siret: ['null', 'string'] })
  expect((await propose(nullable, '--topic', 'own.v1')).exitCode).toBe(0)
  const base = files.write('base.avsc', record({ kind: 'string', siret: 'string' }))
  expect((await propose(nullable, '--topic', 'own.v1', '--base', base)).exitCode).toBe(1)
  expect((await propose(record({ kind: 'string' }), '--topic', 'own.v1')).exitCode).toBe(1)
})

test('numbers as text: an integer that becomes long is text, and a rule that orders it breaks', async () => {
  const files = folder.files()
  const base = files.write('base.avsc', record({ n: 'int' }))
  for (const [numbers, exitCode] of [
    ['string', 1],
    ['exact', 0],
    ['safe', 0],
  ] as const) {
    files.writeContract('own', [{ id: 'own', assert: 'n > 0 and n < 9007199254740993' }], {
      topic: 'own.v1',
      numbers,
    })
    expect((await propose(record({ n: 'long' }), '--topic', 'own.v1', '--base', base)).exitCode).toBe(
      exitCode,
    )
  }
})

const LINES = (amount: unknown) => ({
  type: 'array',
  items: { type: 'record', name: 'Line', fields: [{ name: 'amount', type: amount }] },
})

test.each([
  [
    'null within a sum',
    '$sum(lines.(amount * 2)) < 1000',
    { lines: LINES('int') },
    { lines: LINES(['null', 'int']) },
    1,
  ],
  [
    'null that the rule asks for',
    'note = null or $length(note) < 9',
    { note: 'string' },
    { note: ['null', 'string'] },
    0,
  ],
  ['null that goes', 'note = null or $length(note) < 9', { note: ['null', 'string'] }, { note: 'string' }, 0],
  ['a field that is only asked for', '$exists(note)', { note: 'string' }, { other: 'string' }, 1],
  ['a value through a variable', '($s := n; $s > 0)', { n: 'int' }, { n: 'string' }, 1],
  [
    'a value in a function',
    '$count($filter(lines, function($l) { $l.amount <= 0 })) = 0',
    { lines: LINES('int') },
    { lines: LINES('string') },
    1,
  ],
  ['a conversion', '$number(n) > 0', { n: 'int' }, { n: 'string' }, 0],
  ['another field', 'n > 0', { n: 'int', m: 'int' }, { n: 'int', m: 'string' }, 0],
  ['a name that is quoted', '`n-1` > 0', { 'n-1': 'int' }, { 'n-2': 'int' }, 1],
] as const)('what the rule does with it counts: %s', async (_, assertion, today, proposed, exitCode) => {
  const files = folder.files()
  files.writeContract('own', [{ id: 'own', assert: assertion }], { topic: 'own.v1' })
  const base = files.write('base.avsc', record(today))
  expect(await propose(record(proposed), '--topic', 'own.v1', '--base', base)).toMatchObject({ exitCode })
})
