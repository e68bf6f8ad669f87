import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { RegistryConfig } from '../../../src/adapters/schema-registry/config.ts'
import { SchemaRegistry } from '../../../src/adapters/schema-registry/schema-registry.ts'
import { fakeRegistry, json } from './fake-registry.ts'

const SECRET = 'Basic c2VjcmV0OnNlY3JldA=='

function registry(urls: readonly string[], more: Partial<RegistryConfig> = {}): SchemaRegistry {
  const tls = { ca: undefined, cert: undefined, key: undefined }
  const made = new SchemaRegistry({ urls, authorization: SECRET, tls, timeoutMs: 300, ...more })
  onTestFinished(() => made.close())
  return made
}

async function answerTo(reply: (response: ServerResponse) => void) {
  const fake = await fakeRegistry((_, response) => reply(response))
  const answer = await registry([fake.url]).ask(7)
  expect(JSON.stringify(answer)).not.toContain('c2Vj')
  return answer
}

const to = (name: string) => [{ name, subject: `sub/${name}`, version: 3 }]

describe('a schema', () => {
  test('of Avro has no kind in the answer', async () => {
    expect(await answerTo((response) => json(response, 200, { schema: '"int"' }))).toEqual({
      kind: 'schema',
      schema: { kind: 'avro', text: '"int"', references: [] },
    })
  })

  test('has its references, also those of references, each once and before its users', async () => {
    const stored: Record<string, unknown> = {
      '/schemas/ids/7': { schema: 'top', schemaType: 'PROTOBUF', references: [...to('a'), ...to('b')] },
      '/subjects/sub%2Fa/versions/3': { schema: 'A', schemaType: 'PROTOBUF', references: to('b') },
      '/subjects/sub%2Fb/versions/3': { schema: 'B', schemaType: 'PROTOBUF', references: to('a') },
    }
    const fake = await fakeRegistry(({ url = '' }, response) =>
      json(response, url in stored ? 200 : 404, stored[url]),
    )
    expect(await registry([`${fake.url}/`]).ask(7)).toMatchObject({
      schema: {
        kind: 'protobuf',
        text: 'top',
        references: [
          { name: 'b', text: 'B' },
          { name: 'a', text: 'A' },
        ],
      },
    })
    expect(fake.requests).toHaveLength(3)
    expect(fake.requests[0]?.headers.authorization).toBe(SECRET)
  })
})

describe('for good there is none', () => {
  test.each([
    [
      'an unknown id',
      (response: ServerResponse) => json(response, 404, { error_code: 40403, message: 'not found' }),
    ],
    ['404 without a word', (response: ServerResponse) => void response.writeHead(404).end()],
    [
      'a kind that nobody knows',
      (response: ServerResponse) => json(response, 200, { schema: 'x', schemaType: 'THRIFT' }),
    ],
    [
      'damaged references',
      (response: ServerResponse) => json(response, 200, { schema: 'x', references: [{ name: 1 }] }),
    ],
  ])('%s', async (_, reply) => {
    expect(await answerTo(reply)).toMatchObject({ kind: 'unknown' })
  })

  test('a reference that is not there', async () => {
    const found = { schema: '"a"', references: [{ name: 'a', subject: 'a', version: 1 }] }
    const fake = await fakeRegistry(({ url = '' }, response) =>
      json(response, url.includes('ids') ? 200 : 404, found),
    )
    expect(await registry([fake.url]).ask(7)).toEqual({
      kind: 'unknown',
      detail: 'the registry does not know version 1 of a, to which it refers',
    })
  })
})

describe('the question was not answered', () => {
  test.each([
    ['500', (response: ServerResponse) => json(response, 500, { message: 'boom' }), 'status 500'],
    ['503', (response: ServerResponse) => void response.writeHead(503).end(), 'status 503'],
    ['429', (response: ServerResponse) => void response.writeHead(429).end(), 'status 429'],
    ['401', (response: ServerResponse) => json(response, 401, {}), 'status 401'],
    ['403', (response: ServerResponse) => json(response, 403, {}), 'status 403'],
    [
      'a redirect',
      (response: ServerResponse) => void response.writeHead(302, { location: '/login' }).end(),
      'status 302',
    ],
    [
      'a web page',
      (response: ServerResponse) => void response.writeHead(200).end('<html>Log in</html>'),
      'no JSON',
    ],
    [
      '404 with a web page',
      (response: ServerResponse) => void response.writeHead(404).end(' <!doctype html>'),
      'with a web page',
    ],
    [
      'JSON of something else',
      (response: ServerResponse) => json(response, 200, ['ok']),
      'no schema in the answer',
    ],
    [
      'JSON cut short',
      (response: ServerResponse) => void response.writeHead(200).end('{"schema": "'),
      'no JSON',
    ],
    ['nothing, for ever', () => {}, 'no answer in time'],
    [
      'headers, and then nothing',
      (response: ServerResponse) => void response.writeHead(200).write('{'),
      'no answer in time',
    ],
    ['a connection that breaks', (response: ServerResponse) => void response.destroy(), 'ECONNRESET'],
  ])('%s', async (_, reply, detail) => {
    const answer = await answerTo(reply)
    expect(answer).toMatchObject({ kind: 'unavailable' })
    expect(answer.kind !== 'schema' && answer.detail).toContain(detail)
  })

  test('an answer that is larger than any schema', async () => {
    const fake = await fakeRegistry(
      (_, response) => void response.writeHead(200).end(Buffer.alloc(20_000_000, 0x20)),
    )
    const answer = await registry([fake.url], { timeoutMs: 10_000 }).ask(7)
    expect(answer).toMatchObject({
      kind: 'unavailable',
      detail: expect.stringContaining('more than 16777216 bytes'),
    })
  })

  test('nobody listens; the next address is asked, and stays the one that is asked', async () => {
    const dead = 'http://127.0.0.1:1'
    const fake = await fakeRegistry((_, response) => json(response, 200, { schema: '"int"' }))
    const both = registry([dead, fake.url])
    expect(await both.ask(1)).toMatchObject({ kind: 'schema' })
    expect(await registry([dead]).ask(1)).toEqual({ kind: 'unavailable', detail: `${dead}: ECONNREFUSED` })
    fake.answer = (_, response) => json(response, 404, {})
    expect(await both.ask(2)).toMatchObject({ kind: 'unknown' })
  })
})
