import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ApiServer } from '../generate/datadog/api-server.ts'
import { EVERY_KIND } from '../generate/support.ts'
import { assay, Files } from './support.ts'

const KEYS = { DD_API_KEY: 'key-a', DD_APP_KEY: 'key-b' }
/** One contract, for every request takes its time. */
const STOCK = join(EVERY_KIND, 'warehouse')
const BROKEN = 'contracts/warehouse.stock/broken_rule.monitor.json'

let files: Files
let server: ApiServer
let url: string

/** What Datadog has once the usual contract is applied. */
let stores: ApiServer['stores']

beforeAll(async () => {
  files = new Files()
  server = new ApiServer()
  url = await server.start()
  await generate()
  await apply('--yes')
  stores = server.snapshot()
  await server.stop()
  files.remove()
})

beforeEach(async () => {
  files = new Files()
  server = new ApiServer()
  url = await server.start()
  await generate()
})

afterEach(async () => {
  await server.stop()
  files.remove()
})

function generate(...flags: readonly string[]) {
  return assay(['generate', 'datadog', STOCK, '--out', files.at('out'), ...flags])
}

function apply(...flags: readonly string[]) {
  return assay(['apply', 'datadog', files.at('out'), '--api-url', url, ...flags], KEYS)
}

/** The last line that begins so. */
function sumOf(out: string, start: 'Plan' | 'Applied'): string | undefined {
  return out.split('\n').find((line) => line.startsWith(`${start}:`))
}

/** Changes a file in a way that its check allows. */
function change(path: string, from: string, to: string): void {
  const file = join(files.at('out'), path)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

test('shows the plan, and asks for --yes before anything is touched', async () => {
  const { exitCode, out, err } = await apply()
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(out).toContain('create monitor contract:warehouse.stock dq_check:validity\n')
  expect(sumOf(out, 'Plan')).toBe('Plan: 56 to create, 31 to change, 0 unchanged, 0 orphaned')
  expect(server.writes).toEqual([])
})

test('all kinds of rules are applied', async () => {
  await assay(['generate', 'datadog', EVERY_KIND, '--out', files.at('out')])
  const { exitCode, out, err } = await apply('--yes')
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(sumOf(out, 'Applied')).toBe('Applied: 102 created, 31 changed, 0 removed')
})

test('applied again, nothing is left to do, and nothing is sent', async () => {
  server.restore(stores)
  const { out } = await apply('--yes')
  expect(sumOf(out, 'Plan')).toBe('Plan: 0 to create, 0 to change, 87 unchanged, 0 orphaned')
  expect(server.writes).toEqual([])
})

test('monitors of objectives are made with the ids of these', () => {
  server.restore(stores)
  const [id] = [...server.stores.slo.values()]
    .filter(({ name }) => name === 'warehouse.stock: valid events')
    .map((slo) => slo.id)
  const queries = [...server.stores.monitor.values()].map(({ query }) => String(query))
  expect(queries).toContain(
    `burn_rate("${String(id)}").over("90d").long_window("1h").short_window("5m") > 4.5`,
  )
  expect(queries.filter((query) => query.includes('slo:'))).toEqual([])
})

test('what was changed here, and what was changed there, is changed back to what the files say', async () => {
  server.restore(stores)
  change(BROKEN, '"priority": 4', '"priority": 5')
  const board = [...server.stores.dashboard.values()][0] ?? {}
  board.title = 'changed by hand'
  const { out } = await apply('--yes')
  expect(out).toContain('change monitor contract:warehouse.stock dq_check:broken_rule\n')
  expect(sumOf(out, 'Plan')).toBe('Plan: 0 to create, 2 to change, 85 unchanged, 0 orphaned')
  expect(board.title).not.toBe(server.stores.dashboard.get(String(board.id))?.title)
})

test('a monitor of another type is made anew, for its type can’t be changed', async () => {
  server.restore(stores)
  const monitor = [...server.stores.monitor.values()].find(({ tags }) =>
    (tags as string[]).includes('dq_check:broken_rule'),
  )
  Object.assign(monitor ?? {}, { type: 'event alert' })
  const { out, exitCode } = await apply('--yes')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/made anew monitor \S+ dq_check:broken_rule/)
})

describe('what no file asks for any more', () => {
  beforeEach(() => {
    server.restore(stores)
    server.stores.monitor.set('7', {
      id: 7,
      name: 'by hand',
      type: 'query alert',
      query: 'x',
      tags: ['team:x'],
    })
    const lost = { name: 'of a contract that is gone', type: 'query alert', query: 'x', options: {} }
    const tags = ['managed-by:assay', 'dq_check:validity']
    server.stores.monitor.set('8', {
      ...lost,
      id: 8,
      tags: [...tags, 'contract:warehouse.gone', 'domain:warehouse'],
    })
    server.stores.monitor.set('9', { ...lost, id: 9, tags: [...tags, 'contract:shop.orders', 'domain:shop'] })
  })

  test('is told and left alone', async () => {
    const { out } = await apply('--yes')
    expect(out).toContain('orphaned: monitor contract:warehouse.gone dq_check:validity\n')
    expect(sumOf(out, 'Plan')).toContain('1 orphaned (--prune removes them)')
    expect(server.stores.monitor.has('8')).toBe(true)
  })

  test('is removed with --prune; what is by hand, or of a domain that the folder says nothing of, is not', async () => {
    const before = server.stores.monitor.size
    const { out } = await apply('--yes', '--prune')
    expect(sumOf(out, 'Applied')).toBe('Applied: 0 created, 0 changed, 1 removed')
    expect([server.stores.monitor.has('7'), server.stores.monitor.has('9')]).toEqual([true, true])
    expect(server.stores.monitor.size).toBe(before - 1)
  })

  test('objectives go after the monitors that refer to them', async () => {
    rmSync(files.at('out'), { recursive: true })
    const contract = files.writeContract('other', [{ id: 'a', assert: 'true = a' }], {
      domain: 'warehouse',
      topic: 'warehouse.x',
      id: 'warehouse.x',
    })
    await assay(['generate', 'datadog', contract, '--out', files.at('out')])
    const { exitCode, err } = await apply('--yes', '--prune')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(server.stores.slo.size).toBe(0)
  })
})

test('environments stand beside one another', async () => {
  server.restore(stores)
  const before = server.stores.monitor.size
  await generate('--env', 'staging')
  const { out } = await apply('--yes', '--prune')
  expect(sumOf(out, 'Applied')).toMatch(/, 0 changed, 0 removed$/)
  expect(server.stores.monitor.size).toBe(2 * before)
})

describe('faults on the way', () => {
  test.each(['hang up', 'lose the answer'] as const)(
    '%s in the middle: the next run goes on, and nothing is made twice',
    async (trouble) => {
      let writes = 0
      server.trouble = (_, method) => (method === 'POST' && ++writes === 35 ? trouble : undefined)
      const broken = await apply('--yes')
      expect(broken.exitCode).toBe(4)
      expect(broken.err).toMatch(/can’t be reached.*DATADOG_UNREACHABLE/)
      const { out, exitCode } = await apply('--yes')
      expect(exitCode).toBe(0)
      expect(sumOf(out, 'Applied')).toMatch(/0 removed$/)
      expect(sumOf((await apply()).out, 'Plan')).toBe(
        'Plan: 0 to create, 0 to change, 87 unchanged, 0 orphaned',
      )
    },
  )

  test('too many requests are sent again when the answer says', async () => {
    server.trouble = (request) =>
      request % 10 === 0
        ? { status: 429, body: { errors: ['slow down'] }, headers: { 'retry-after': '0' } }
        : undefined
    const { exitCode, out } = await apply('--yes')
    expect(exitCode).toBe(0)
    expect(sumOf(out, 'Applied')).toBe('Applied: 56 created, 31 changed, 0 removed')
  })

  test('a refusal ends it with what Datadog said', async () => {
    server.trouble = (_, method, path) =>
      method === 'POST' && path === '/api/v1/monitor'
        ? { status: 400, body: { errors: ['The value provided is bad'] } }
        : undefined
    const { exitCode, out, err } = await apply('--yes')
    expect(exitCode).toBe(4)
    expect(out).toContain('created slo')
    expect(err).toContain(
      'Datadog refused createMonitor (400): {"errors":["The value provided is bad"]} [DATADOG_REFUSED]',
    )
  })

  test('metrics that Datadog has not seen are postponed', async () => {
    server.unseen.add('dq.rules.suspended')
    const { exitCode, out } = await apply('--yes')
    expect(exitCode).toBe(0)
    expect(out).toContain('postponed (Datadog has not seen the metric yet) tags dq.rules.suspended')
    expect(sumOf(out, 'Applied')).toContain('2 postponed')
  })

  test('wrong keys are told, and keys are never printed', async () => {
    const secrets = { DD_API_KEY: 'very-secret-api', DD_APP_KEY: 'very-secret-app' }
    server.trouble = () => ({ status: 403, body: { errors: ['no, very-secret-api is not known'] } })
    const { exitCode, out, err } = await assay(
      ['apply', 'datadog', files.at('out'), '--api-url', url],
      secrets,
    )
    expect(exitCode).toBe(4)
    expect(err).toContain('(403)')
    expect(err).toContain('Check DD_API_KEY')
    expect(out + err).not.toContain('very-secret')
  })

  test('nobody is there', async () => {
    await server.stop()
    const { exitCode, err } = await apply()
    expect({ exitCode, err: err.replaceAll(/\d{2,}/g, '') }).toMatchObject({ exitCode: 4 })
    expect(err).toContain('DATADOG_UNREACHABLE')
    server = new ApiServer()
    await server.start()
  }, 60_000)
})

describe('refused before the first request', () => {
  afterEach(() => expect(server.requests).toEqual([]))

  test.each([
    ['no keys', {}, 'DD_API_KEY is not set [CONFIG_MISSING]'],
    ['no application key', { DD_API_KEY: 'a' }, 'DD_APP_KEY is not set [CONFIG_MISSING]'],
    ['a blank key', { ...KEYS, DD_APP_KEY: ' ' }, 'DD_APP_KEY is not set [CONFIG_MISSING]'],
    ['a site that is an address', { ...KEYS, DD_SITE: 'https://datadoghq.eu' }, 'DD_SITE must be a site'],
  ])('%s', async (_, env, says) => {
    const { exitCode, err } = await assay(['apply', 'datadog', files.at('out')], env)
    expect(err).toContain(says)
    expect(exitCode).toBe(2)
  })

  test('a folder that Datadog would refuse', async () => {
    change(BROKEN, '"critical": 10', '"critical": 11')
    const { exitCode, err } = await apply('--yes')
    expect(exitCode).toBe(2)
    expect(err).toContain(
      `${BROKEN} /options/thresholds/critical: is 11, and the query says 10 [GENERATED_FAULTY]`,
    )
  })

  test('a folder without generated files', async () => {
    const { exitCode, err } = await assay(['apply', 'datadog', files.at('nothing'), '--api-url', url], KEYS)
    expect(exitCode).toBe(2)
    expect(err).toContain('no generated files are there')
  })

  test('an address that is none', async () => {
    const { exitCode, err } = await assay(['apply', 'datadog', files.at('out'), '--api-url', 'datadog'], KEYS)
    expect(exitCode).toBe(2)
    expect(err).toContain('--api-url must be an http or https address')
  })
})
