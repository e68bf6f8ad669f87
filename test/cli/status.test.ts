import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ADS, exampleTopics, goodAd, PAYMENTS } from '../page/contracts.ts'
import { ServedEngine } from '../page/served-engine.ts'
import { assay } from './support.ts'

let ads: ServedEngine
let payments: ServedEngine
let stranger: Server | undefined

beforeEach(async () => {
  ads = await ServedEngine.start(exampleTopics(), [PAYMENTS])
  payments = await ServedEngine.start(exampleTopics(), [ADS])
  await ads.feed(
    ADS,
    Array.from({ length: 30 }, (_, n) => goodAd(n)),
  )
  await payments.feed(PAYMENTS, [{ amount: 5 }, { amount: 6 }])
  await ads.flush()
  await payments.flush()
})

afterEach(async () => {
  await ads.close()
  await payments.close()
  stranger?.close()
  stranger = undefined
})

/** A server that answers everything with the same text. */
async function serve(text: string, status = 200): Promise<string> {
  stranger = createServer((_, response) => response.writeHead(status).end(text))
  stranger.listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const address = stranger.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

test('each contract is told by the instance that judges it', async () => {
  const { exitCode, out } = await assay(['status', '--instances', ads.url, payments.url, '--output', 'json'])
  expect(exitCode).toBe(0)
  const { contracts, instances } = JSON.parse(out) as {
    contracts: { id: string; good: number; instances: string[] }[]
    instances: object[]
  }
  expect(instances).toHaveLength(2)
  expect(Object.fromEntries(contracts.map(({ id, good, instances: by }) => [id, [good, by.length]]))).toEqual(
    {
      'search.ad-published': [30, 1],
      'crm.ad-published': [30, 1],
      'crm.payment-captured': [2, 1],
    },
  )
})

test('a table for people, the worst first, with the reason', async () => {
  const bad = { ad: { id: 'x', status: 'active', price: { amount: -1 } }, user: {} }
  for (let flush = 0; flush < 4; flush++) {
    await ads.feed(
      ADS,
      Array.from({ length: 30 }, () => bad),
    )
    await ads.flush()
  }
  const { exitCode, out } = await assay(['status', '--instances', ads.url, payments.url])
  expect(exitCode).toBe(1)
  expect(out.split('\n')[1]).toMatch(/^broken +\S+ad-published/)
  expect(out).toMatch(/search\.ad-published: rule price_is_positive: \d+ of \d+ events failed/)
  expect(out).toContain('on 2 instances')
})

test('an instance alone says that others judge the rest', async () => {
  const { out } = await assay(['status', '--instances', payments.url])
  expect(out).toContain('search.ad-published: none of these instances judges its topic')
})

test('who does not answer, or answers something else, is told, and the others are shown', async () => {
  const { exitCode, out } = await assay(['status', '--instances', ads.url, 'http://127.0.0.1:1'])
  expect(exitCode).toBe(4)
  expect(out).toContain('search.ad-published')
  expect(out).toMatch(/http:\/\/127\.0\.0\.1:1: .* \[INSTANCE_UNREACHABLE\]/)
})

test.each([
  ['', 'what it answered is not JSON'],
  ['<html>', 'what it answered is not JSON'],
  ['null', 'what it answered is no status of Assay'],
  [
    '{"domain":"a","contracts":[{}],"instance":{"id":"x"},"ruleSet":{"hash":"x"}}',
    'what it answered is no status of Assay',
  ],
])('%j is told', async (text, told) => {
  const { exitCode, out } = await assay(['status', '--instances', await serve(text)])
  expect([exitCode, out]).toEqual([4, expect.stringContaining(told)])
})

test('a refusal is told by its number', async () => {
  expect((await assay(['status', '--instances', await serve('{}', 503)])).out).toContain(
    'it answered with 503',
  )
})

test('escape sequences of a stranger do not reach the terminal', async () => {
  const contract = {
    id: 'a\u001B[2J',
    topic: 't',
    owner: 'o',
    because: '\u001B]0;x',
    state: 'broken',
    isHere: true,
    events: { pass: 1, warn: 0, fail: 0, undecodable: 0 },
    trend: { good: [], bad: [] },
  }
  const answer = { domain: 'd', instance: { id: 'i' }, ruleSet: { hash: 'h' }, contracts: [contract] }
  const { exitCode, out } = await assay(['status', '--instances', await serve(JSON.stringify(answer))])
  expect(exitCode).toBe(1)
  expect(out).not.toContain('\u001B')
})

test.each(['127.0.0.1:8080', 'ftp://x', 'nonsense'])('%s is no address', async (url) => {
  const { exitCode, err } = await assay(['status', '--instances', url])
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('--instances must be addresses such as http://127.0.0.1:8080 [CONFIG_INVALID]'),
  ])
})
