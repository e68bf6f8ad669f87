import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHttpServer } from '../../../src/adapters/http/server.ts'
import type { HttpServer, Probes } from '../../../src/adapters/http/server.ts'

let server: HttpServer
let health: ReturnType<Probes['health']>
let metrics: Probes['metrics']

beforeEach(async () => {
  health = { live: true, ready: true, reason: 'ok' }
  metrics = () => Promise.resolve({ body: 'dq_events_total 1\n', contentType: 'text/plain; version=0.0.4' })
  server = await startHttpServer(
    { host: '127.0.0.1', port: 0 },
    { health: () => health, metrics: () => metrics() },
  )
})

afterEach(() => server.close())

const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)

test.each([
  ['/healthz', { live: true, ready: false }, 200],
  ['/healthz', { live: false, ready: false }, 503],
  ['/readyz', { live: true, ready: true }, 200],
  ['/readyz', { live: true, ready: false }, 503],
])('%s with %j answers %i, with the reason', async (path, state, status) => {
  health = { ...state, reason: 'because' }
  const response = await get(path)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ status: status === 200 ? 'ok' : 'unavailable', reason: 'because' })
})

test('both tell which rules judge; stale ones are no reason for a restart', async () => {
  const rules = { hash: 'abc', state: 'stale since 2026-01-01T00:00:00.000Z' }
  const telling = await startHttpServer(
    { host: '127.0.0.1', port: 0 },
    { health: () => health, metrics, rules: () => rules },
  )
  for (const path of ['healthz', 'readyz']) {
    const response = await fetch(`http://127.0.0.1:${telling.port}/${path}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok', reason: 'ok', rules })
  }
  await telling.close()
})

test('/metrics answers with what it is given', async () => {
  const response = await get('/metrics')
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  expect(await response.text()).toBe('dq_events_total 1\n')
})

test('/metrics that can’t be had is a failure of this request alone', async () => {
  metrics = () => Promise.reject(new Error('no'))
  expect((await get('/metrics')).status).toBe(500)
  expect((await get('/healthz')).status).toBe(200)
})

test('anything else is not there', async () => {
  expect((await get('/')).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST' })).status).toBe(404)
})

test('a port that is in use is told', async () => {
  const again = startHttpServer({ host: '127.0.0.1', port: server.port }, { health: () => health, metrics })
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('closes at once, though a client keeps its connection', async () => {
  await (await get('/healthz')).text()
  await server.close()
  await expect(get('/healthz')).rejects.toThrow()
  server = await startHttpServer({ host: '127.0.0.1', port: 0 }, { health: () => health, metrics })
})

test('a probe may ask for the head alone, and add what it likes behind the path', async () => {
  const head = await fetch(`http://127.0.0.1:${server.port}/readyz`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect((await get('/healthz?verbose=1')).status).toBe(200)
})
