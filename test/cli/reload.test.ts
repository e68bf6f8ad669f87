import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RuleFolder } from '../../src/cli/rule-folder.ts'
import { Fault } from '../../src/errors/fault.ts'
import { FLUSH_MS } from '../engine/running.ts'
import { INTERVAL_MS, Reloading, SILENT_WATCH } from './reloading.ts'
import { Files } from './support.ts'

const ABOVE = (bound: number) => [{ id: 'bound', assert: `n > ${bound}` }]
const FORMS = { id: 'form', schema: './schemas/n.json' }
const POLICY = (bound: number) =>
  `apiVersion: assay/v1\noverrides:\n  rules:\n    - { id: of_all, assert: n > ${bound} }\n`
const STREAM = [{ id: 'flows', freshness: { within: '5m' } }]

let files: Files

beforeEach(() => {
  files = new Files()
  files.writeContract('a', ABOVE(0))
})

afterEach(() => files.remove())

const start = (...more: Parameters<typeof Reloading.start> extends [string, ...infer More] ? More : never) =>
  Reloading.start(files.at('rules'), ...more)

async function verdictOf(reloading: Reloading, n: unknown, rule = 'bound'): Promise<string> {
  const { running } = reloading
  const before = ['pass', 'fail'].map((result) => running.verdicts(rule, result))
  await running.consume({ n })
  await running.clock.pass(FLUSH_MS)
  return ['pass', 'fail']
    .filter((result, index) => running.verdicts(rule, result) > (before[index] ?? 0))
    .join()
}

/** A generation of a mounted ConfigMap: files below a dated folder, to which `..data` leads. */
function mount(generation: string, bound: number): void {
  const contract = files.writeContract('a', ABOVE(bound))
  mkdirSync(files.at(`mount/..${generation}/ads`), { recursive: true })
  renameSync(contract, files.at(`mount/..${generation}/ads/a.contract.yaml`))
  symlinkSync(`..${generation}`, files.at('mount/..data_tmp'))
  renameSync(files.at('mount/..data_tmp'), files.at('mount/..data'))
}

const hashOf = async (more = {}) => (await start(more)).hash

describe('a changed rule file', () => {
  test('is taken over, with a hash of its own, and what changed is told', async () => {
    const reloading = await start()
    const first = reloading.hash
    expect(await verdictOf(reloading, 5)).toBe('pass')
    files.writeContract('a', ABOVE(9))
    await reloading.look()
    expect(await verdictOf(reloading, 5)).toBe('fail')
    expect(reloading.hash).toMatch(/^[0-9a-f]{12}$/)
    expect(reloading.changes).toEqual([
      { from: first, to: reloading.hash, added: [], changed: ['ads.ad-published'], removed: [] },
    ])
  })

  test('that only says the same in other words is no change of a contract', async () => {
    const reloading = await start()
    files.write(
      'rules/a.contract.yaml',
      `# reviewed\n${JSON.stringify({ apiVersion: 'assay/v1', id: 'ads.ad-published', version: '1.0.0', topic: 'ads.ad-published.v1', domain: 'ads', owner: 'team-search', rules: ABOVE(0) })}\n`,
    )
    await reloading.look()
    expect(reloading.changes).toMatchObject([{ added: [], changed: [], removed: [] }])
    expect(reloading.changes[0]?.from).not.toBe(reloading.hash)
  })

  test('that is being written is waited for', async () => {
    const reloading = await start()
    const { clock } = reloading.running
    files.write('rules/a.contract.yaml', '{"apiVersion": "assay/v1"')
    const looked = reloading.reload.look()
    await clock.pass(200)
    files.writeContract('a', ABOVE(9))
    await clock.pass(250)
    expect(reloading.changes).toEqual([])
    await clock.pass(250)
    await looked
    expect(reloading.changes).toHaveLength(1)
    expect(reloading.errors()).toEqual([])
  })

  test('that never comes to rest is left to a later look', async () => {
    const reloading = await start()
    let looks = 0
    const folder = {
      look: () =>
        Promise.resolve({
          found: { files: ['a'], policies: [], tests: [], without: [], misnamed: [] },
          texts: new Map(),
          digest: String(looks++),
        }),
      load: () => {
        throw new Error('nothing must be loaded')
      },
    }
    const restless = await start({}, { folder })
    await restless.look()
    expect(looks).toBeGreaterThan(20)
    expect(reloading.errors()).toEqual([])
  })

  test('that changes while it is read is read again', async () => {
    files.write('rules/schemas/n.json', '{ "properties": { "n": { "minimum": 1 } } }')
    const folder = new RuleFolder(files.at('rules'), 'auto', {
      monotonicMs: () => 0,
      yieldToLoop: () => Promise.resolve(),
    })
    let loads = 0
    const reloading = await start(
      {},
      {
        folder: {
          look: () => folder.look(),
          load: async (texts) => {
            const loaded = await folder.load(texts)
            // The schema is new to the rules, so that nobody has looked at it before.
            if (loads++ === 0)
              files.write('rules/schemas/n.json', '{ "properties": { "n": { "minimum": 7 } } }')
            return loaded
          },
        },
      },
    )
    files.writeContract('a', [FORMS])
    await reloading.look()
    expect(loads).toBe(2)
    expect(reloading.changes).toHaveLength(1)
    expect(await verdictOf(reloading, 5, 'form')).toBe('fail')
  })

  test('is found by the next look where the system tells nothing, and at once where it does', async () => {
    const { promise: changed, resolve: hint } = Promise.withResolvers<boolean>()
    let watches = 0
    const reloading = await start(
      {},
      { watch: () => (watches++ === 1 ? { changed, close: () => {} } : SILENT_WATCH) },
    )
    const { clock } = reloading.running
    const over = reloading.reload.run()
    await clock.pass(500)
    files.writeContract('a', ABOVE(9))
    await clock.pass(INTERVAL_MS + 500)
    expect(reloading.changes).toHaveLength(1)
    files.writeContract('a', ABOVE(8))
    hint(true)
    await clock.pass(0)
    await clock.pass(2_000)
    expect(reloading.changes).toHaveLength(2)
    reloading.reload.stop()
    await over
  })

  test('is found though the system refuses to watch, which is told once', async () => {
    const refused = new Fault('WATCH_FAILED', 'no more watches', 'Raise the limit.')
    let watches = 0
    const watch = () => {
      if (watches++ % 2 === 0) throw refused
      return { changed: Promise.reject(refused), close: () => {} }
    }
    const reloading = await start({}, { watch })
    const over = reloading.reload.run()
    files.writeContract('a', ABOVE(9))
    for (let round = 0; round < 4; round++) await reloading.running.clock.pass(INTERVAL_MS)
    expect(reloading.changes).toHaveLength(1)
    expect(reloading.running.lines(/does not tell of changed rule files/)).toHaveLength(1)
    reloading.reload.stop()
    await over
  })

  test('is not taken over once the process stops', async () => {
    const reloading = await start()
    files.writeContract('a', ABOVE(9))
    const looked = reloading.reload.look()
    reloading.reload.stop()
    await reloading.running.clock.pass(INTERVAL_MS)
    await looked
    expect(reloading.changes).toEqual([])
  })
})

describe('what a rule refers to', () => {
  beforeEach(() => {
    files.write('rules/schemas/n.json', '{ "properties": { "n": { "$ref": "n/least.json" } } }')
    files.write('rules/schemas/n/least.json', '{ "minimum": 1 }')
    files.writeContract('a', [FORMS])
  })

  test('is watched too: a schema of a schema', async () => {
    const reloading = await start()
    expect(await verdictOf(reloading, 5, 'form')).toBe('pass')
    files.write('rules/schemas/n/least.json', '{ "minimum": 7 }')
    await reloading.look()
    expect(await verdictOf(reloading, 5, 'form')).toBe('fail')
    expect(reloading.changes).toMatchObject([{ changed: ['ads.ad-published'] }])
  })

  test('may be missing, and is taken over when it comes', async () => {
    const reloading = await start()
    rmSync(files.at('rules/schemas/n/least.json'))
    await reloading.look()
    expect(reloading.errors()).toHaveLength(1)
    files.write('rules/schemas/n/least.json', '{ "minimum": 7 }')
    await reloading.look()
    expect(await verdictOf(reloading, 5, 'form')).toBe('fail')
    expect(reloading.running.engine.rules.stale).toBeUndefined()
  })

  test('is a policy: the rules that it lays over contracts are taken over', async () => {
    files.write('rules/assay.policy.yaml', POLICY(0))
    const reloading = await start()
    expect(await verdictOf(reloading, 5, 'of_all')).toBe('pass')
    files.write('rules/assay.policy.yaml', POLICY(9))
    await reloading.look()
    expect(await verdictOf(reloading, 5, 'of_all')).toBe('fail')
  })
})

describe('rule files that can’t be used', () => {
  test('leave the last good rules at work, with one line of the log for all problems, once', async () => {
    const reloading = await start()
    const good = reloading.hash
    files.writeContract('a', [
      { id: 'wrong', assert: 'n >' },
      { id: 'worse', severty: 'error', assert: 'n' },
    ])
    await reloading.look()
    await reloading.look()
    expect(await verdictOf(reloading, 5)).toBe('pass')
    expect(reloading.errors()).toHaveLength(1)
    expect(reloading.errors()[0]).toMatchObject({
      message: 'The rule files can’t be used: the rules before go on',
      fields: {
        rules: good,
        count: 2,
        problems: ['EXPRESSION_INVALID', 'CONTRACT_UNKNOWN_KEY'].map((code) =>
          expect.stringMatching(new RegExp(`a\\.contract\\.yaml:1:\\d+: .*\\[${code}\\]$`)),
        ),
      },
    })
    expect(reloading.running.sink.gauge('dq.rules.stale')).toBe(1)
    expect(reloading.running.engine.rules.describe()).toMatchObject({
      hash: good,
      problems: 2,
      state: expect.stringMatching(/^stale since 2025-/),
      firstProblem: expect.stringContaining('a.contract.yaml:1:'),
    })
  })

  test.each([
    ['another domain', () => files.writeContract('a', ABOVE(9), { domain: 'bids' }), 'DOMAIN_CHANGED'],
    [
      'a second domain',
      () => files.writeContract('b', ABOVE(9), { id: 'b', domain: 'bids', topic: 'bids.v1' }),
      'DOMAIN_UNCLEAR',
    ],
    ['an id twice', () => files.writeContract('b', ABOVE(9)), 'CONTRACT_DUPLICATE_ID'],
    ['no contract', () => rmSync(files.at('rules/a.contract.yaml')), 'RULES_NOT_FOUND'],
    [
      'a format that needs a registry',
      () => files.writeContract('a', ABOVE(9), { format: 'avro' }),
      'REGISTRY_MISSING',
    ],
    [
      'a rule over the stream, with partitions spread',
      () => files.writeContract('a', STREAM),
      'STREAM_RULE_NEEDS_TOPIC',
    ],
    [
      'a wrong policy',
      () => files.write('rules/assay.policy.yaml', 'apiVersion: assay/v2\n'),
      'CONTRACT_UNKNOWN_VALUE',
    ],
  ])('%s', async (_, spoil, code) => {
    const reloading = await start({ assign: 'partition' })
    spoil()
    await reloading.look()
    expect(reloading.errors()).toHaveLength(1)
    expect(JSON.stringify(reloading.errors())).toContain(`[${code}]`)
    expect(reloading.changes).toEqual([])
    expect(await verdictOf(reloading, 5)).toBe('pass')
    expect(reloading.running.source.subscriptions).toEqual([])
  })

  test('may be mended, by what ran before or by something new', async () => {
    const reloading = await start()
    const good = reloading.hash
    const isStale = () => reloading.running.engine.rules.stale !== undefined
    files.writeContract('a', [{ id: 'wrong', assert: 'n >' }])
    await reloading.look()
    expect(isStale()).toBe(true)
    files.writeContract('a', ABOVE(0))
    await reloading.look()
    expect({ isStale: isStale(), hash: reloading.hash }).toEqual({ isStale: false, hash: good })
    files.writeContract('a', [{ id: 'wrong', assert: 'n >' }])
    await reloading.look()
    expect(reloading.errors()).toHaveLength(2)
    files.writeContract('a', ABOVE(9))
    await reloading.look()
    expect(isStale()).toBe(false)
    expect(reloading.hash).not.toBe(good)
    await reloading.running.clock.pass(FLUSH_MS)
    expect(reloading.running.sink.total('dq.rules.reload', { result: 'error' })).toBe(2)
    expect(reloading.running.sink.total('dq.rules.reload', { result: 'ok' })).toBe(3)
  })

  test('and anything that goes wrong on the way: told once, tried again at each look', async () => {
    const folder = new RuleFolder(files.at('rules'), 'auto', {
      monotonicMs: () => 0,
      yieldToLoop: () => Promise.resolve(),
    })
    let failures = 3
    const load: RuleFolder['load'] = (texts) =>
      failures-- > 0 ? Promise.reject(new Error('no more memory')) : folder.load(texts)
    const reloading = await start({}, { folder: { look: () => folder.look(), load } })
    const over = reloading.reload.run()
    files.writeContract('a', ABOVE(9))
    await reloading.running.clock.pass(3 * INTERVAL_MS)
    expect(reloading.errors()).toMatchObject([{ fields: { error: 'no more memory' } }])
    expect(reloading.running.engine.rules.stale?.first).toBe('no more memory')
    await reloading.running.clock.pass(4 * INTERVAL_MS)
    expect(reloading.running.engine.rules.stale).toBeUndefined()
    expect(reloading.changes).toHaveLength(1)
    reloading.reload.stop()
    await over
  })

  test('may be gone for a moment', async () => {
    const reloading = await start()
    renameSync(files.at('rules'), files.at('aside'))
    const looked = reloading.reload.look()
    await reloading.running.clock.pass(3_000)
    mkdirSync(files.at('rules'))
    await reloading.running.clock.pass(3_000)
    rmSync(files.at('rules'), { recursive: true })
    renameSync(files.at('aside'), files.at('rules'))
    await reloading.running.clock.pass(30_000)
    await looked
    expect(reloading.errors()).toEqual([])
  })
})

describe('links', () => {
  test('of a ConfigMap are replaced', async () => {
    mount('2026_01', 0)
    symlinkSync('..data/ads', files.at('mount/ads'))
    const reloading = await Reloading.start(files.at('mount'))
    expect(await verdictOf(reloading, 5)).toBe('pass')
    mount('2026_02', 9)
    rmSync(files.at('mount/..2026_01'), { recursive: true })
    await reloading.look()
    expect(await verdictOf(reloading, 5)).toBe('fail')
    expect(reloading.changes).toHaveLength(1)
  })
})

describe('the hash of a rule set', () => {
  test('does not depend on where the files lie, nor in which order', async () => {
    files.writeContract('b', ABOVE(1), { id: 'b' })
    const before = await hashOf()
    for (const name of ['a', 'b'])
      renameSync(files.at(`rules/${name}.contract.yaml`), files.at(`rules/z${name}.contract.yaml`))
    renameSync(files.at('rules/za.contract.yaml'), files.at('rules/zz.contract.yaml'))
    expect(await hashOf()).toBe(before)
    renameSync(files.at('rules'), files.at('elsewhere'))
    expect((await Reloading.start(files.at('elsewhere'))).hash).toBe(before)
  })

  test('is of the domain that is served', async () => {
    files.writeContract('b', ABOVE(1), { id: 'b', domain: 'bids', topic: 'bids.v1' })
    const before = await hashOf({ domain: 'ads' })
    files.writeContract('b', ABOVE(2), { id: 'b', domain: 'bids', topic: 'bids.v1' })
    expect(await hashOf({ domain: 'ads' })).toBe(before)
    expect(await hashOf({ domain: 'bids' })).not.toBe(before)
  })

  test('tells two schemas that change places', async () => {
    files.writeContract('a', [FORMS, { id: 'other', schema: './schemas/m.json' }])
    const texts = ['{ "minimum": 1 }', '{ "minimum": 2 }'] as const
    files.write('rules/schemas/n.json', texts[0])
    files.write('rules/schemas/m.json', texts[1])
    const before = await hashOf()
    writeFileSync(files.at('rules/schemas/n.json'), texts[1])
    writeFileSync(files.at('rules/schemas/m.json'), texts[0])
    expect(await hashOf()).not.toBe(before)
  })
})
