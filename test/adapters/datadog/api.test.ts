import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/clock.ts'
import { DatadogHttpApi } from '../../../src/adapters/datadog/api.ts'
import { runToEnd } from '../../../tools/child-process/run-to-end.ts'
import { ApiServer, type Trouble } from '../../generate/datadog/api-server.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../../generate/support.ts'

const ROOT = join(import.meta.dirname, '../../..')
const NOW_MS = Date.parse('2026-01-01T00:00:00Z')
const ACCESS = { apiKey: 'key-a', appKey: 'key-b' }

let server: ApiServer
let url: string
/** What was waited for: this clock does not wait. */
let sleptMs: number[]
let said: string[]
let interruption: AbortController

beforeEach(async () => {
  server = new ApiServer()
  url = await server.start()
  sleptMs = []
  said = []
  interruption = new AbortController()
})

afterEach(() => server.stop())

function sleep(delayMs: number): Promise<void> {
  if (delayMs > 0) sleptMs.push(Math.ceil(delayMs))
  return Promise.resolve()
}

function api(): DatadogHttpApi {
  const clock = {
    ...systemClock,
    nowMs: () => NOW_MS,
    monotonicMs: () => sleptMs.reduce((sum, each) => sum + each, 0),
    sleep,
  }
  return new DatadogHttpApi(
    { url, ...ACCESS },
    { clock, say: (line) => said.push(line), signal: interruption.signal },
  )
}

/** Answers the first requests so, and then as usual. */
function firstAnswers(...answers: readonly { status: number; headers?: Record<string, string> }[]): void {
  server.trouble = (request) => {
    const answer = answers[request - 1]
    return answer && { body: { errors: ['slow down'] }, ...answer }
  }
}

describe('limits of Datadog', () => {
  test.each<[string, Record<string, string>, number[]]>([
    ['Retry-After', { 'retry-after': '7', 'x-ratelimit-reset': '3' }, [7000]],
    ['the reset of the limit', { 'x-ratelimit-reset': '3' }, [3000]],
    ['a little, and longer each time, where nothing is told', {}, [500]],
    ['a little, where what is told is nothing', { 'retry-after': '0' }, [500]],
    ['a little, where what is told is empty', { 'retry-after': '' }, [500]],
    ['a little, where what is told is no number', { 'retry-after': 'soon' }, [500]],
    ['a little, where what is told is past', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, [500]],
  ])('too many requests: %s is waited for', async (_, headers, expected) => {
    firstAnswers({ status: 429, headers })
    expect(await api().list('monitor', [])).toEqual([])
    expect(sleptMs).toEqual(expected)
  })

  test('a date is waited for', async () => {
    firstAnswers({ status: 429, headers: { 'retry-after': new Date(NOW_MS + 9000).toUTCString() } })
    expect(await api().list('monitor', [])).toEqual([])
    expect(sleptMs).toEqual([9000])
  })

  test('the next request waits until the limit allows it', async () => {
    server.trouble = () => ({
      status: 200,
      body: [],
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4' },
    })
    const one = api()
    await one.list('monitor', [])
    expect(sleptMs).toEqual([])
    await one.list('monitor', [])
    expect(sleptMs).toEqual([4000])
  })

  test('a long wait is told once', async () => {
    firstAnswers({ status: 429, headers: { 'retry-after': '60' } })
    await api().list('monitor', [])
    expect(said).toEqual(['Datadog allows no more requests for 60 s: waiting'])
  })

  test('a limit of hours is told, not waited for', async () => {
    firstAnswers({ status: 429, headers: { 'retry-after': '7200' } })
    await expect(api().list('monitor', [])).rejects.toMatchObject({ code: 'DATADOG_UNAVAILABLE' })
    expect(sleptMs).toEqual([])
  })

  test('after six attempts it is given up', async () => {
    server.trouble = () => ({ status: 429, body: {}, headers: {} })
    await expect(api().list('monitor', [])).rejects.toMatchObject({ code: 'DATADOG_UNAVAILABLE' })
    expect(sleptMs).toEqual([500, 1000, 2000, 4000, 8000])
  })

  test('a signal ends the wait', async () => {
    server.trouble = () => {
      interruption.abort()
      return { status: 429, body: {}, headers: {} }
    }
    await expect(api().list('monitor', [])).rejects.toMatchObject({ code: 'DATADOG_INTERRUPTED' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('faults of the server', () => {
  const MONITOR = { name: 'a', type: 'query alert', query: 'x > 1' }

  test('a question is asked again', async () => {
    firstAnswers({ status: 503 }, { status: 500 })
    expect(await api().list('monitor', [])).toEqual([])
    expect(sleptMs).toEqual([500, 1000])
  })

  test.each(['hang up', 'half an answer'] as const)('%s: a question is asked again', async (trouble) => {
    server.trouble = (request) => (request === 1 ? trouble : undefined)
    expect(await api().list('monitor', [])).toEqual([])
    expect(server.requests).toHaveLength(2)
  })

  test.each<[string, ReturnType<Trouble>, string]>([
    ['a failure', { status: 503, body: {} }, 'DATADOG_UNAVAILABLE'],
    ['no answer', 'hang up', 'DATADOG_UNREACHABLE'],
  ])('%s to what makes something: it is sent once, for it may have been made', async (_, first, code) => {
    server.trouble = () => first
    await expect(api().create('monitor', MONITOR, '')).rejects.toMatchObject({ code })
    expect(server.requests).toHaveLength(1)
  })

  test('a server that takes requests and never answers is given up', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const asked = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(20))
    server.trouble = () => 'no answer'
    await expect(api().list('monitor', [])).rejects.toMatchObject({
      code: 'DATADOG_UNREACHABLE',
      message: expect.stringContaining('timeout') as string,
    })
    expect(asked.mock.calls).toEqual([[30_000], [30_000], [30_000], [30_000]])
    asked.mockRestore()
  })

  test('an entity is known by its name, so it is sent again', async () => {
    const entity = { apiVersion: 'v3', kind: 'system', metadata: { name: 'a' } }
    firstAnswers({ status: 503 })
    expect(await api().create('entity', entity, 'system:a')).toBe('system:a')
  })

  test('where nobody is, making is tried again: nothing was sent', async () => {
    await server.stop()
    await expect(api().create('monitor', MONITOR, '')).rejects.toMatchObject({ code: 'DATADOG_UNREACHABLE' })
    expect(sleptMs).toEqual([500, 1000, 2000])
  })

  test('what was removed already is no fault', async () => {
    await expect(api().remove('monitor', '7')).resolves.toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['a page', '<html>'],
    ['half a JSON', '{"data": ['],
    ['a list in place of an object', []],
    ['null', null],
    ['no list where one belongs', { data: {} }],
    ['no objects in the list', { data: [1] }],
  ])('%s is not taken for an empty list', async (_, body) => {
    server.trouble = () => ({ status: 200, body })
    await expect(api().list('slo', [])).rejects.toMatchObject({ code: 'DATADOG_ANSWER_UNREADABLE' })
  })

  test('what was made and has no id is told: monitors could not refer to it', async () => {
    server.trouble = () => ({ status: 200, body: { data: [{}] } })
    const slo = { name: 'a', type: 'metric', thresholds: [{ timeframe: '7d', target: 99 }] }
    await expect(api().create('slo', slo, '')).rejects.toMatchObject({ code: 'DATADOG_ANSWER_UNREADABLE' })
  })

  test('keys are not taken to where an answer leads', async () => {
    const other = new ApiServer()
    const location = await other.start()
    server.trouble = () => ({ status: 307, body: '', headers: { location } })
    await expect(api().list('slo', [])).rejects.toMatchObject({ code: 'DATADOG_ANSWER_UNREADABLE' })
    expect(other.requests).toEqual([])
    await other.stop()
  })
})

function monitor(id: number) {
  return { id, type: 'query alert', query: 'x', tags: ['managed-by:assay'] }
}

function fill(count: number): void {
  for (let id = 1; id <= count; id++) server.stores.monitor.set(String(id), monitor(id))
}

describe('pages', () => {
  test('all are read', async () => {
    fill(1250)
    expect(await api().list('monitor', [])).toHaveLength(1250)
    for (let id = 1; id <= 250; id++) {
      const data = { id: String(id), type: 'monitor-notification-rule', attributes: {} }
      server.stores.rule.set(String(id), data)
      server.stores.slo.set(String(id), { id: String(id), tags: ['managed-by:assay'] })
      server.stores.dashboard.set(String(id), { id: String(id), description: 'managed-by:assay' })
      server.stores.entity.set(`system:${id}`, { kind: 'system', metadata: { name: String(id) } })
    }
    for (const kind of ['notificationRule', 'slo', 'dashboard', 'entity'] as const)
      expect(await api().list(kind, [])).toHaveLength(250)
  })

  test('none is passed over or told twice when monitors come and go between them', async () => {
    fill(250)
    server.trouble = (request) => {
      if (request === 2) {
        for (let id = 1; id <= 50; id++) server.stores.monitor.delete(String(id))
        server.stores.monitor.set('300', monitor(300))
      }
      return undefined
    }
    const ids = (await api().list('monitor', [])).map(({ id }) => Number(id))
    expect(new Set(ids).size).toBe(ids.length)
    for (let id = 101; id <= 250; id++) expect(ids).toContain(id)
    expect(ids).toContain(300)
  })

  test.each(['monitor', 'slo', 'entity', 'notificationRule', 'dashboard'] as const)(
    'a server that gives the same page for ever ends nothing: %s',
    async (kind) => {
      const same = Array.from({ length: 100 }, (_, index) => ({ ...monitor(index + 1) }))
      server.trouble = (_, __, path) =>
        kind === 'monitor'
          ? { status: 200, body: same }
          : path.includes('dashboard')
            ? { status: 200, body: { dashboards: same } }
            : { status: 200, body: { data: same, included: [] } }
      const found = await api().list(kind, [])
      expect(found.length).toBeLessThanOrEqual(100)
      expect(server.requests.length).toBeLessThan(10)
    },
  )

  test('a dashboard that is gone by the time it is asked for is none', async () => {
    server.stores.dashboard.set('a', { id: 'a', description: 'managed-by:assay' })
    server.trouble = (request) => {
      if (request === 2) server.stores.dashboard.clear()
      return undefined
    }
    expect(await api().list('dashboard', [])).toEqual([])
  })
})

describe('the server that stands in for Datadog', () => {
  const [[, text = ''] = []] = [...datadogFiles(contractsBelow(join(EVERY_KIND, 'warehouse')))].filter(
    ([path]) => path.endsWith('checker_dead.monitor.json'),
  )
  const MONITOR = JSON.parse(text) as Record<string, unknown>

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a query that is none', { query: 'sum(last_10m):sum:dq.heartbeat{ < 1' }, /query/],
    [
      'a threshold that is not the one of the query',
      { query: String(MONITOR.query).replace(/\d+$/, '7') },
      /equal/,
    ],
    [
      'an SLO that is not there',
      { type: 'slo alert', query: 'error_budget("x").over("30d") > 1' },
      /no SLO x/,
    ],
  ])('%s is refused', async (_, change, says) => {
    const refused = api().create('monitor', { ...MONITOR, ...change }, '')
    await expect(refused).rejects.toMatchObject({
      code: 'DATADOG_REFUSED',
      message: expect.stringMatching(says) as string,
    })
  })

  test('what the models don’t know is refused before it is sent, or by the server', async () => {
    for (const change of [{ of_mine: 1 }, { type: 'my alert' }, { priority: 'high' }]) {
      await expect(api().create('monitor', { ...MONITOR, ...change }, '')).rejects.toMatchObject({
        code: 'DATADOG_REFUSED',
      })
    }
  })

  test('the type of a monitor, and what is not there, can’t be changed', async () => {
    const one = api()
    const id = await one.create('monitor', MONITOR, '')
    const other = { ...MONITOR, type: 'event alert' }
    await expect(one.update('monitor', String(id), other)).rejects.toMatchObject({ code: 'DATADOG_REFUSED' })
    await expect(one.update('monitor', '7', MONITOR)).rejects.toMatchObject({ status: 404 })
  })
})

test('no request waits for its turn on a connection that may have been closed meanwhile', async () => {
  const one = api()
  for (let count = 0; count < 3; count++) await one.list('monitor', [])
  expect(server.connections).toBe(3)
})

test('without the client, how to install it is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-'))
  try {
    for (const part of ['src', 'generated', 'package.json'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    mkdirSync(join(folder, 'node_modules'))
    for (const part of readdirSync(join(ROOT, 'node_modules')).filter((name) => name !== '@datadog')) {
      symlinkSync(join(ROOT, 'node_modules', part), join(folder, 'node_modules', part))
    }
    const main = join(folder, 'src/main.ts')
    const contracts = join(ROOT, 'test/fixtures/generate/warehouse')
    const out = join(folder, 'out')
    await runToEnd(process.execPath, [main, 'generate', 'datadog', contracts, '--out', out], { cwd: folder })
    const env = { ...process.env, DD_API_KEY: 'a', DD_APP_KEY: 'b' }
    const { exitCode, stderr } = await runToEnd(process.execPath, [main, 'apply', 'datadog', out], {
      cwd: folder,
      env,
    })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('@datadog/datadog-api-client is not installed')
    const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      optionalDependencies: Record<string, string>
    }
    const version = optionalDependencies['@datadog/datadog-api-client']
    expect(stderr).toContain(`npm install --save-exact @datadog/datadog-api-client@${version};`)
    expect(stderr).toContain('1 problem')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
