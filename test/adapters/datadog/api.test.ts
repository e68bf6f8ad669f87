import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/clock.ts'
import { DatadogHttpApi } from '../../../src/adapters/datadog/api.ts'
import { runToEnd } from '../../../tools/child-process/run-to-end.ts'
import { ApiServer } from '../../generate/datadog/api-server.ts'

const ROOT = join(import.meta.dirname, '../../..')
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
  const clock = { ...systemClock, monotonicMs: () => sleptMs.reduce((sum, each) => sum + each, 0), sleep }
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
  test.each([
    ['Retry-After', { 'retry-after': '7', 'x-ratelimit-reset': '3' }, [7000]],
    ['the reset of the limit', { 'x-ratelimit-reset': '3' }, [3000]],
    ['a little, and longer each time, where nothing is told', {}, [500]],
    ['a little, where what is told is no number', { 'retry-after': 'tomorrow' }, [500]],
  ])('too many requests: %s is waited for', async (_, headers, expected) => {
    firstAnswers({ status: 429, headers })
    expect(await api().list('monitor', [])).toEqual([])
    expect(sleptMs).toEqual(expected)
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

  test('a limit of hours is told, not waited for', async () => {
    firstAnswers({ status: 429, headers: { 'retry-after': '7200' } })
    await expect(api().list('monitor', [])).rejects.toMatchObject({ code: 'DATADOG_REFUSED' })
    expect(sleptMs).toEqual([])
  })

  test('after six attempts it is given up', async () => {
    server.trouble = () => ({ status: 429, body: {}, headers: {} })
    await expect(api().list('monitor', [])).rejects.toMatchObject({ code: 'DATADOG_REFUSED' })
    expect(sleptMs).toEqual([500, 1000, 2000, 4000, 8000])
  })
})

describe('faults of the server', () => {
  test('a question is asked again', async () => {
    firstAnswers({ status: 503 }, { status: 500 })
    expect(await api().list('monitor', [])).toEqual([])
    expect(server.requests).toHaveLength(3)
  })

  test('what makes something is sent once: its answer may have been lost, and then it would be made twice', async () => {
    firstAnswers({ status: 503 })
    await expect(api().create('monitor', { type: 'query alert', query: 'x > 1' }, '')).rejects.toMatchObject({
      code: 'DATADOG_REFUSED',
    })
    expect(server.requests).toHaveLength(1)
  })

  test('an answer that is no JSON is no crash', async () => {
    server.trouble = () => ({ status: 502, body: undefined })
    await expect(api().list('slo', [])).rejects.toMatchObject({ code: 'DATADOG_REFUSED' })
  })
})

test('all pages are read', async () => {
  for (let id = 0; id < 250; id++)
    server.stores.monitor.set(String(id), { id, type: 'query alert', query: 'x', tags: ['managed-by:assay'] })
  expect(await api().list('monitor', [])).toHaveLength(250)
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
    expect(stderr).toContain('npm install --save-exact @datadog/datadog-api-client@1.64.0')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
