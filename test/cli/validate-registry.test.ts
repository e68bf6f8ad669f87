import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeRegistry, json } from '../adapters/schema-registry/fake-registry.ts'
import { assay, Files } from './support.ts'

const AD = {
  type: 'record',
  name: 'Ad',
  fields: [
    { name: 'price', type: 'double' },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['active', 'sold'] } },
  ],
}

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

function validate(url: string, ...flags: readonly string[]) {
  return assay(['validate', files.at('rules'), '--registry', url, ...flags])
}

/** A contract that reads a field of the schema rightly, and one wrongly. */
function writeAd(name = 'ad', head: object = {}): void {
  const rules = [
    { id: 'right', assert: 'price > 0' },
    { id: 'wrong', assert: 'prise > 0' },
  ]
  files.writeContract(name, rules, { schemaFrom: 'registry', ...head })
}

test('rules are checked against the latest schema of the topic’s subject', async () => {
  writeAd()
  const registry = await fakeRegistry((_, response) => json(response, 200, { schema: JSON.stringify(AD) }))
  const { exitCode, out } = await validate(registry.url)
  expect(exitCode).toBe(0)
  expect(out).toContain('rule "wrong": no event has `prise`')
  expect(out).toContain('Did you mean `price`?')
  expect(out).toContain('1 problem (1 warning)')
  expect(registry.requests.map(({ url }) => url)).toEqual([
    '/subjects/ads.ad-published.v1-value/versions/latest',
  ])
})

test('or of the subject that the contract names, once for all contracts that do, with references and credentials', async () => {
  const head = { schemaFrom: { registry: 'com.example.Ad/ü' } }
  writeAd('a', head)
  writeAd('b', { ...head, id: 'b' })
  const registry = await fakeRegistry(({ url }, response) =>
    url === '/subjects/money/versions/3'
      ? json(response, 200, {
          schema: '{"type":"record","name":"Money","fields":[{"name":"cents","type":"int"}]}',
        })
      : json(response, 200, {
          schema: '{"type":"record","name":"Ad","fields":[{"name":"price","type":"Money"}]}',
          references: [{ name: 'Money', subject: 'money', version: 3 }],
        }),
  )
  const env = {
    SCHEMA_REGISTRY_URL: registry.url,
    SCHEMA_REGISTRY_USERNAME: 'me',
    SCHEMA_REGISTRY_PASSWORD: 'secret',
  }
  const { out } = await assay(['validate', files.at('rules')], env)
  expect(out).toContain('rule "right": `price` is an object')
  expect(registry.requests.map(({ url }) => url)).toEqual([
    '/subjects/com.example.Ad%2F%C3%BC/versions/latest',
    '/subjects/money/versions/3',
  ])
  expect(registry.requests[0]?.headers.authorization).toBe('Basic bWU6c2VjcmV0')
})

test('Protobuf: the message that the contract names', async () => {
  const text = 'syntax = "proto3"; message Other {} message Ad { double price = 1; }'
  writeAd('ad', { schemaFrom: { registry: 'ads', message: 'Ad' } })
  const registry = await fakeRegistry((_, response) =>
    json(response, 200, { schema: text, schemaType: 'PROTOBUF' }),
  )
  expect((await validate(registry.url)).out).toContain('rule "wrong": no event has `prise`')
  writeAd('ad', { schemaFrom: { registry: 'ads', message: 'Gone' } })
  const { exitCode, out } = await validate(registry.url)
  expect(exitCode).toBe(2)
  expect(out).toContain(
    'defines no message Gone; the first of those that it does are Other, Ad [REGISTRY_SCHEMA_UNUSABLE]',
  )
})

test('without a registry, that nothing was checked is a warning at each contract', async () => {
  writeAd()
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(0)
  expect(out).toContain(
    'warning: the rules were not checked against the schema of subject ads.ad-published.v1-value: no registry is named [REGISTRY_NOT_ASKED]',
  )
  expect((await assay(['validate', files.at('rules'), '--strict'])).exitCode).toBe(2)
})

test('a registry that nobody needs is not asked, and that is said', async () => {
  files.writeContract('a', [{ id: 'a', assert: 'a > 0' }])
  const registry = await fakeRegistry((_, response) => json(response, 500, {}))
  const { exitCode, out } = await validate(registry.url)
  expect(exitCode).toBe(0)
  expect(out).toContain('the registry was not asked: no contract says `schemaFrom` [REGISTRY_NOT_ASKED]')
  expect(registry.requests).toEqual([])
})

const PAGE = '<!doctype html><p>Sign in</p>'

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(PAGE)
}

test.each([
  [
    '404: no such subject',
    (response: ServerResponse) => json(response, 404, { error_code: 40401 }),
    'does not know the subject',
    'schemaFrom: { registry: SUBJECT }',
  ],
  [
    'a schema of an unknown kind',
    (response: ServerResponse) => json(response, 200, { schema: 'x', schemaType: 'XML' }),
    'can’t be read',
    'schemaFrom',
  ],
  [
    'no Avro',
    (response: ServerResponse) => json(response, 200, { schema: '{' }),
    'is no Avro schema',
    'schemaFrom',
  ],
  [
    'a type that is not there',
    (response: ServerResponse) => json(response, 200, { schema: '"Missing"' }),
    'refers to the type Missing',
    'schemaFrom',
  ],
  [
    'Protobuf with the name __proto__',
    (response: ServerResponse) =>
      json(response, 200, { schema: 'message __proto__ {}', schemaType: 'PROTOBUF' }),
    '__proto__',
    'schemaFrom',
  ],
  [
    'a JSON Schema that leads elsewhere',
    (response: ServerResponse) =>
      json(response, 200, { schema: '{"$ref":"https://example.org/x.json"}', schemaType: 'JSON' }),
    'leaves the rule files',
    'schemaFrom',
  ],
  [
    'a broken reference',
    (response: ServerResponse) => json(response, 200, { schema: '"int"', references: [{ name: 1 }] }),
    'a reference that can’t be read',
    'schemaFrom',
  ],
])('what the registry has can’t be used: %s', async (_, answer, why, mend) => {
  writeAd()
  const registry = await fakeRegistry((_request, response) => answer(response))
  const { exitCode, out, err } = await validate(registry.url)
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
  expect(out).toContain(why)
  expect(out).toContain(mend)
  expect(out).toMatch(/ad\.contract\.yaml:1:\d+: .*\[REGISTRY_SCHEMA_UNUSABLE\]/)
  expect(out).not.toMatch(/^ +at |Error:/m)
})

test.each([
  ['401', (response: ServerResponse) => json(response, 401, {}), 'status 401', 'SCHEMA_REGISTRY_USERNAME'],
  [
    '403 with a page',
    (response: ServerResponse) => page(response, 403),
    'status 403 with a web page',
    'SCHEMA_REGISTRY_TOKEN',
  ],
  ['500', (response: ServerResponse) => json(response, 500, {}), 'status 500', 'Check the address'],
  ['a page', (response: ServerResponse) => page(response, 200), 'the answer is no JSON', 'Check the address'],
  [
    '404 with a page',
    (response: ServerResponse) => page(response, 404),
    'status 404 with a web page',
    'Check the address',
  ],
  [
    'a redirect',
    (response: ServerResponse) => {
      response.writeHead(302, { location: '/login' })
      response.end()
    },
    'status 302',
    'Check the address',
  ],
  [
    'a connection that is cut',
    (response: ServerResponse) => response.destroy(),
    'ECONNRESET',
    'Check the address',
  ],
])('the registry does not answer: %s', async (_, answer, why, mend) => {
  writeAd('a')
  writeAd('b', { id: 'b', topic: 'b.v1' })
  const registry = await fakeRegistry((_request, response) => answer(response))
  const { exitCode, out, err } = await validate(registry.url)
  expect({ exitCode, err }).toEqual({ exitCode: 4, err: '' })
  expect(out).toContain(why)
  expect(out).toContain(mend)
  expect(out.match(/\[REGISTRY_UNREACHABLE\]/g)).toHaveLength(1)
})

test('a registry that hangs is left alone after the time-out, also with many subjects', async () => {
  for (let index = 0; index < 40; index++) writeAd(`a${index}`, { id: `a${index}`, topic: `a${index}.v1` })
  const registry = await fakeRegistry(() => {})
  const start = performance.now()
  const env = { SCHEMA_REGISTRY_URL: registry.url, SCHEMA_REGISTRY_TIMEOUT: '300ms' }
  const { exitCode, out } = await assay(['validate', files.at('rules')], env)
  expect(performance.now() - start).toBeLessThan(5000)
  expect(exitCode).toBe(4)
  expect(out).toContain('no answer in time')
  expect(registry.requests.length).toBeLessThanOrEqual(8)
})

test('mistakes in files are told beside a silent registry, and decide how it ends', async () => {
  writeAd()
  files.writeContract('b', [{ id: 'syntax', assert: 'n >' }], { id: 'b' })
  const { exitCode, out } = await validate('http://127.0.0.1:1')
  expect(exitCode).toBe(2)
  expect(out).toContain('[EXPRESSION_INVALID]')
  expect(out).toContain('ECONNREFUSED')
})

test.each(['ftp://registry', 'registry:8081', '', 'http://'])(
  'an address that is none: "%s"',
  async (url) => {
    writeAd()
    const { exitCode, out } = await validate(url)
    if (url === '') return expect(out).toContain('[REGISTRY_NOT_ASKED]')
    expect(exitCode).toBe(2)
    expect(out).toContain('--registry must be http:// or https:// addresses')
  },
)

test('a schema of two megabytes, and one that contains itself', async () => {
  writeAd()
  const many = Array.from({ length: 40_000 }, (_, index) => ({
    name: `f${index}`,
    type: ['null', 'string'],
    doc: 'x',
  }))
  const schema = JSON.stringify({
    ...AD,
    fields: [...AD.fields, { name: 'next', type: ['null', 'Ad'] }, ...many],
  })
  expect(schema.length).toBeGreaterThan(2_000_000)
  const registry = await fakeRegistry((_, response) => json(response, 200, { schema }))
  const start = performance.now()
  const { out } = await validate(registry.url)
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(out).toContain('rule "wrong": no event has `prise`')
})
