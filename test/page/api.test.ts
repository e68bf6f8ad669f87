import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/status/openapi/document.ts'
import { API_PATHS } from '../../src/status/openapi/document.ts'
import { ADS, exampleTopics, goodAd, PAYMENTS } from './contracts.ts'
import { ServedEngine } from './served-engine.ts'

let served: ServedEngine

beforeEach(async () => {
  served = await ServedEngine.start(exampleTopics(), [PAYMENTS])
})

afterEach(() => served.close())

const VALIDATOR = new Ajv2020({ strict: false, allErrors: true })
VALIDATOR.addSchema(openApiDocument('0.0.0'), 'openapi')

/** What an answer has that the document does not say, or the other way round. */
function faultsOf(schema: string, answer: unknown): unknown {
  const validate = VALIDATOR.getSchema(`openapi#/components/schemas/${schema}`)
  if (validate === undefined) throw new Error(`there is no schema ${schema}`)
  return validate(answer) === true ? [] : validate.errors
}

interface Violation {
  readonly rule?: string
  readonly keyHash?: string
}

interface Rule {
  readonly id: string
  readonly counts?: Record<string, number>
  readonly standing?: { status: string }
}

interface Contract {
  readonly state: string
  readonly events: Record<string, number>
  readonly ruleReports: readonly Rule[]
  readonly violations: readonly Violation[]
  readonly isHere: boolean
}

async function contract(id: string): Promise<Contract> {
  return (await served.get(`/api/v1/contracts/${id}`)) as Contract
}

/** Events that keep and break promises of all kinds. */
async function feedAll(): Promise<void> {
  const bad = { ad: { id: 'x', status: 'active', price: { amount: -1 } }, user: {} }
  const good = Array.from({ length: 30 }, (_, n) => goodAd(n))
  await served.feed(ADS, [...good, bad, bad, { ad: 5 }, 'not json'])
}

test('all answers are as the document says, before and after the first events', async () => {
  for (let round = 0; round < 3; round++) {
    for (const { path, schema, type } of API_PATHS) {
      if (type !== 'application/json') continue
      const answer = await served.get(path.replace('{id}', 'search.ad-published'))
      expect([path, faultsOf(schema, answer)]).toEqual([path, []])
    }
    await feedAll()
    await served.flush()
  }
})

test('the document is served, and lists every path', async () => {
  const document = (await served.get('/api/v1/openapi.json')) as { paths: object }
  expect(Object.keys(document.paths)).toEqual(API_PATHS.map(({ path }) => path))
})

test('counts are those of the metrics, at each flush', async () => {
  for (let round = 0; round < 3; round++) {
    await feedAll()
    await served.flush()
    const { events, ruleReports } = await contract('search.ad-published')
    const label = 'contract="search.ad-published"'
    for (const [result, value] of Object.entries(events)) {
      const metric = await served.metric('dq_events_total', label, `result="${result}"`)
      expect([result, metric ?? 0]).toEqual([result, value])
    }
    for (const { id, counts } of ruleReports) {
      for (const [result, value] of Object.entries(counts ?? {})) {
        const metric = await served.metric(
          'dq_rule_evaluations_total',
          label,
          `rule="${id}"`,
          `result="${result}"`,
        )
        expect([id, result, metric ?? 0]).toEqual([id, result, value])
      }
    }
  }
})

test('a contract breaks when its events do, and is kept again when they are mended', async () => {
  const good = Array.from({ length: 30 }, (_, n) => goodAd(n))
  const bad = Array.from({ length: 30 }, (_, n) => ({
    ...goodAd(n),
    ad: { id: 'x', status: 'active', price: { amount: -1 } },
  }))
  const stateAfter = async (events: readonly object[], flushes: number) => {
    for (let flush = 0; flush < flushes; flush++) {
      await served.feed(ADS, events)
      await served.flush()
    }
    return (await contract('search.ad-published')).state
  }
  await stateAfter(good, 15)
  expect(await stateAfter(bad, 4)).toBe('broken')
  const [price] = (await contract('search.ad-published')).ruleReports.filter(
    ({ id }) => id === 'price_is_positive',
  )
  expect(price?.standing?.status).toBe('breached')
  expect(await stateAfter(good, 250)).toBe('kept')
}, 60_000)

test('what another instance judges is said to be there, and not judged here', async () => {
  await served.flush()
  expect(await contract('crm.payment-captured')).toMatchObject({
    state: 'unknown',
    isHere: false,
    because: 'another instance judges this topic',
  })
})

test('the newest violations name their record, and none of its values but those allowed', async () => {
  await feedAll()
  await served.flush()
  const { violations } = await contract('search.ad-published')
  expect(violations.map(({ rule }) => rule)).toContain('price_is_positive')
  expect(violations.every(({ keyHash }) => keyHash !== undefined)).toBe(true)
  expect(JSON.stringify(violations)).not.toMatch(/seller-\d|Lyon/)
})

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${served.url}${path}`, init)
}

describe('requests', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not allowed anywhere', async (method) => {
    for (const path of [
      '/',
      '/api/v1/status',
      '/api/v1/stream',
      '/metrics',
      '/assets/app.js',
      '/contracts/x',
    ]) {
      const answer = await ask(path, { method })
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD'])
    }
  })

  test.each([
    '/nothing',
    '/api',
    '/api/v1',
    '/api/v2/status',
    '/api/v1/contracts/',
    '/api/v1/contracts/none',
    '/api/v1/contracts/a%2Fb',
    '/api/v1/contracts/%E0%A4%A',
    `/api/v1/contracts/${'x'.repeat(300)}`,
    '/api/v1/contracts/__proto__',
    '/assets/',
    '/assets/index.html',
    '/assets/..%2Fserver.ts',
    '/assets/%2e%2e/server.ts',
    '/assets/..%5cserver.ts',
    '/assets/constructor',
    '/assets/app.js%00.css',
    '//etc/passwd',
    '/contracts/',
    '/contracts/a/b',
  ])('%s is not there', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })

  test('every answer forbids what no page of ours needs', async () => {
    for (const path of ['/', '/contracts/x', '/assets/style.css', '/api/v1/status', '/nothing', '/metrics']) {
      const { headers } = await ask(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })

  test('a HEAD has the length and no body', async () => {
    const answer = await ask('/api/v1/status', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100)
  })
})

/** Reads a stream until it has seen so many pieces of news. */
async function readNews(count: number, isReady: () => void): Promise<unknown[]> {
  const aborted = new AbortController()
  const answer = await fetch(`${served.url}/api/v1/stream`, { signal: aborted.signal })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  isReady()
  let text = ''
  const news: unknown[] = []
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    news.splice(
      0,
      news.length,
      ...[...text.matchAll(/^data: (.*)\n/gm)].map(([, data]) => JSON.parse(data ?? '')),
    )
    if (news.length >= count) break
  }
  aborted.abort()
  return news
}

describe('news', () => {
  test('begin with those of the last flush, which a page may have missed between its questions', async () => {
    await served.flush(2)
    expect(await readNews(1, () => undefined)).toMatchObject([{ flush: 2 }])
  })

  test('come after each flush, one number after another, as the document says', async () => {
    const ready = Promise.withResolvers<void>()
    const reading = readNews(4, () => ready.resolve())
    await ready.promise
    for (let flush = 0; flush < 3; flush++) {
      await feedAll()
      await served.flush()
    }
    const news = await reading
    expect(news.map((each) => (each as { flush: number }).flush)).toEqual([0, 1, 2, 3])
    for (const each of news) expect(faultsOf('StatusNews', each)).toEqual([])
  })

  test('go to fifty pages; those beyond the bound are told to come later; who goes away makes room', async () => {
    const controllers: AbortController[] = []
    const open = async () => {
      const controller = new AbortController()
      controllers.push(controller)
      return fetch(`${served.url}/api/v1/stream`, { signal: controller.signal })
    }
    const answers = await Promise.all(Array.from({ length: 64 }, open))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const refused = await open()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
    await served.flush()
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
    for (const controller of controllers) controller.abort()
    await expect.poll(async () => (await open()).status).toBe(200)
    for (const controller of controllers) controller.abort()
    await served.flush()
  })
})
