import { beforeEach, describe, expect, test } from 'vitest'
import { PrometheusSink } from '../../src/adapters/prometheus/sink.ts'
import type { Notice } from '../../src/model/notice.ts'
import type { Announcer } from '../../src/ports/announcer.ts'
import { assigned, batchOf, MemoryControl, TOPIC } from './memory.ts'
import { FLUSH_MS, RunningEngine } from './running.ts'
import { topicOf, topicsOf } from './topics.ts'

const ENDLESS = 'deep = true ? ($f := function($x) { 1 + $f($x) }; $f(1) > 0) : n > 0'
const DEEP = { n: 1, deep: true }
const OTHER_TOPIC = 'ads.ad-removed.v1'

/** The same topic with a bound of its own, which all of its verdicts show. */
const above = (bound: number, id = 'bound') => topicOf([{ id, assert: `n > ${bound}` }])

let running: RunningEngine

beforeEach(() => {
  running = new RunningEngine([above(0)])
  running.engine.rules.begin('aaa', true)
})

const many = (count: number, n: number) => Array.from({ length: count }, () => ({ n }))
const pass = (durationMs: number) => running.clock.pass(durationMs)
const stale = () => running.sink.gauge('dq.rules.stale')
const verdicts = (result: string, rule = 'bound') => running.verdicts(rule, result)

/** Judges numbers as one batch that takes so long that others have their turn between any two of them. */
async function consumeSlowly(numbers: readonly number[], whenHad: (judged: number) => void): Promise<void> {
  const { clock, source } = running
  const control = new MemoryControl()
  control.heartbeat = () => {
    whenHad(control.advances.at(-1) ?? 0)
    return Promise.resolve()
  }
  clock.lookMs = 8
  await source.handler.onBatch(
    batchOf(
      0,
      numbers.map((n) => ({ n })),
    ),
    control,
  )
  clock.lookMs = 0
}

describe('rules that are replaced', () => {
  test('judge from the next event on, in the middle of a batch: each event once, by one of the two', async () => {
    let swappedAt: number | undefined
    await consumeSlowly(Array(20).fill(5), (judged) => {
      if (judged < 7 || swappedAt !== undefined) return
      swappedAt = judged
      running.engine.rules.replace({ topics: [above(9)], hash: 'bbb' })
    })
    await pass(FLUSH_MS)
    expect(swappedAt).toBeGreaterThanOrEqual(7)
    expect({ old: verdicts('pass'), new: verdicts('fail') }).toEqual({
      old: swappedAt,
      new: 20 - (swappedAt ?? 0),
    })
    expect(running.sink.total('dq.events')).toBe(20)
    expect(running.source.commits.at(-1)).toMatchObject([{ topic: TOPIC, partition: 0, offset: 20 }])
  })

  test('leave what they counted to be sent under their own names, once', async () => {
    await running.consume({ n: 1 }, { n: 2 })
    running.engine.rules.replace({ topics: [topicOf([{ id: 'other', assert: 'n > 1' }])], hash: 'bbb' })
    await running.consume({ n: 1 }, { n: 2 }, { n: 3 })
    await pass(2 * FLUSH_MS)
    expect({ bound: verdicts('pass'), other: verdicts('pass', 'other') }).toEqual({ bound: 2, other: 2 })
    expect(verdicts('fail', 'other')).toBe(1)
  })

  test('several times between two flushes lose nothing', async () => {
    for (let round = 0; round < 50; round++) {
      await running.consume({ n: 1 })
      running.engine.rules.replace({ topics: [above(round % 2)], hash: String(round) })
    }
    await pass(FLUSH_MS)
    expect(verdicts('pass') + verdicts('fail')).toBe(50)
    expect(running.sink.total('dq.rules.reload', { result: 'ok' })).toBe(51)
  })

  test('while a flush is on its way lose nothing', async () => {
    await running.consume({ n: 1 })
    running.sink.hold()
    const passed = pass(FLUSH_MS)
    await running.consume({ n: 2 })
    running.engine.rules.replace({ topics: [above(9)], hash: 'bbb' })
    await running.consume({ n: 3 })
    running.sink.release()
    await passed
    await pass(FLUSH_MS)
    expect({ pass: verdicts('pass'), fail: verdicts('fail') }).toEqual({ pass: 2, fail: 1 })
  })

  test('while the sink takes nothing lose nothing, and nothing is committed before', async () => {
    running.sink.fault = new Error('away')
    await running.consume({ n: 1 })
    running.engine.rules.replace({ topics: [above(9)], hash: 'bbb' })
    await pass(FLUSH_MS)
    await running.consume({ n: 1 })
    await pass(FLUSH_MS)
    expect(running.source.commits).toEqual([])
    running.sink.fault = undefined
    await pass(FLUSH_MS)
    expect({ pass: verdicts('pass'), fail: verdicts('fail') }).toEqual({ pass: 1, fail: 1 })
    expect(running.source.commits.at(-1)).toMatchObject([{ topic: TOPIC, partition: 0, offset: 2 }])
  })

  test('need no re-join where the topics are the same, and one where they are not', () => {
    running.engine.rules.replace({ topics: [above(9)], hash: 'bbb' })
    expect(running.source.subscriptions).toEqual([])
    const both = [above(9), ...topicsOf({ id: 'b', topic: OTHER_TOPIC })]
    running.engine.rules.replace({ topics: both, hash: 'ccc' })
    running.engine.rules.replace({ topics: both.toReversed(), hash: 'ccc' })
    expect(running.source.subscriptions).toEqual([[TOPIC, OTHER_TOPIC]])
  })

  test('tell which contracts are others', () => {
    const next = topicsOf(
      { id: 'ads.ad-published', description: 'Another.' },
      { id: 'new', topic: OTHER_TOPIC },
    )
    expect(running.engine.rules.replace({ topics: next, hash: 'bbb' })).toEqual({
      added: ['new'],
      changed: ['ads.ad-published'],
      removed: [],
    })
    expect(running.engine.rules.replace({ topics: next.slice(1), hash: 'ccc' })).toMatchObject({
      changed: [],
      removed: ['ads.ad-published'],
    })
  })
})

describe('new rules', () => {
  const told: Notice[] = []
  const announcer = (name: string): Announcer => ({
    name,
    announce: (notice) => Promise.resolve(void told.push(notice)),
  })

  beforeEach(() => {
    told.length = 0
    running = new RunningEngine([above(0)], { announcers: [announcer('log'), announcer('memory')] })
    running.engine.rules.begin('aaa', true)
  })

  test('are told as one event, with both hashes and what is not as before', async () => {
    running.engine.rules.replace({
      topics: [above(9), ...topicsOf({ id: 'b', topic: OTHER_TOPIC })],
      hash: 'bbb',
    })
    await pass(FLUSH_MS)
    expect(told).toMatchObject([
      {
        title: 'Rules of ads: aaa -> bbb loaded',
        text: '1 contract changed (ads.ad-published)\n1 contract added (b)',
        aggregationKey: 'assay-rules/ads',
        alertType: 'info',
        tags: { domain: 'ads' },
      },
    ])
  })

  test('are told by the leader of the group alone', async () => {
    running.source.handler.onAssigned([assigned()], false)
    running.engine.rules.replace({ topics: [above(9)], hash: 'bbb' })
    await pass(FLUSH_MS)
    expect(told).toEqual([])
  })
})

describe('a topic that no rule watches any more', () => {
  const without = topicsOf({ id: 'b', topic: OTHER_TOPIC })

  test('is given up between two events, with what was judged sent and committed', async () => {
    await consumeSlowly(Array(20).fill(5), (judged) => {
      if (judged === 10) running.engine.rules.replace({ topics: without, hash: 'bbb' })
    })
    await running.source.handler.beforeRejoin()
    expect(verdicts('pass')).toBe(10)
    expect(running.source.commits.at(-1)).toMatchObject([{ topic: TOPIC, partition: 0, offset: 10 }])
  })

  test('is not judged if it is delivered still', async () => {
    running.engine.rules.replace({ topics: without, hash: 'bbb' })
    await running.consume({ n: 1 })
    await pass(FLUSH_MS)
    expect(running.sink.total('dq.events', { result: 'pass' })).toBe(0)
    expect(running.sink.total('dq.heartbeat')).toBe(0)
  })
})

describe('state', () => {
  const endless = { id: 'endless', assert: ENDLESS }

  beforeEach(async () => {
    running = new RunningEngine([topicOf([endless, { id: 'bound', assert: 'n > 0' }])])
    await running.consume(DEEP, DEEP, DEEP, DEEP, DEEP, DEEP)
    expect(running.engine.suspendedRules()).toHaveLength(1)
  })

  test('of a rule that says the same survives, wherever it stands now', async () => {
    running.engine.rules.replace({
      topics: [topicOf([{ id: 'first', assert: 'n < 0' }, { id: 'bound', assert: 'n > 5' }, endless])],
      hash: 'bbb',
    })
    expect(running.engine.suspendedRules()).toMatchObject([{ rule: 'endless' }])
    await running.consume(DEEP)
    await pass(30_000)
    await running.consume({ n: 6 })
    expect(running.engine.suspendedRules()).toEqual([])
    await pass(FLUSH_MS)
    expect(running.verdicts('endless', 'error')).toBe(7)
    expect(running.verdicts('endless', 'pass')).toBe(1)
  })

  test('of a rule that says something else begins anew', () => {
    running.engine.rules.replace({ topics: [topicOf([{ ...endless, missing: 'skip' }])], hash: 'bbb' })
    expect(running.engine.suspendedRules()).toEqual([])
  })

  test('of a status survives: what was announced of a rule that says the same is not said again', async () => {
    const notices: string[] = []
    const announcer = {
      name: 'memory',
      announce: ({ title }: Notice) => {
        if (!title.startsWith('Rules of')) notices.push(title)
        return Promise.resolve()
      },
    }
    const kept = { id: 'kept', assert: 'n > 0', tolerance: { fail: '10%', over: '5m', minimumEvents: 10 } }
    running = new RunningEngine([topicOf([kept, { id: 'other', assert: 'n > 0' }])], {
      announcers: [announcer],
    })
    await running.consume(...many(50, 0))
    await pass(FLUSH_MS)
    const status = () => running.sink.gauge('dq.rule.status', { rule: 'kept' })
    expect({ status: status(), notices: notices.length }).toEqual({ status: 2, notices: 1 })
    running.engine.rules.replace({ topics: [topicOf([{ id: 'other', assert: 'n > 1' }, kept])], hash: 'bbb' })
    await pass(FLUSH_MS)
    expect({ status: status(), notices: notices.length }).toEqual({ status: 2, notices: 1 })
    // 50 fails of 350 are too many still, and would not be if those of before were forgotten.
    await running.consume(...many(300, 9))
    await pass(6 * FLUSH_MS)
    expect({ status: status(), notices: notices.length }).toEqual({ status: 2, notices: 1 })
  })

  test('of a topic survives: how it grows, and what its events were recognised as', async () => {
    const { source, sink, engine } = running
    source.endsAnswer = () => Promise.resolve([{ topic: TOPIC, partition: 0, low: 0, end: 6 }])
    await pass(FLUSH_MS)
    engine.rules.replace({ topics: [above(0)], hash: 'bbb' })
    await pass(FLUSH_MS)
    expect(sink.gauge('dq.topic.event_age')).toBe(FLUSH_MS / 1000)
    expect(engine.recognised()).toEqual({ [TOPIC]: { json: 6 } })
  })
})

describe('series of rules that are gone', () => {
  const prometheus = new PrometheusSink({})
  const linesOf = async (text: string) =>
    (await prometheus.scrape()).body.split('\n').filter((line) => line.includes(text))

  test('are shown once more with their last counts, and end', async () => {
    running = new RunningEngine([above(0), ...topicsOf({ id: 'gone', topic: OTHER_TOPIC })], {}, [prometheus])
    running.source.handler.onAssigned([assigned(), assigned({ topic: OTHER_TOPIC })], true)
    await running.consume({ n: 1 })
    await pass(FLUSH_MS)
    expect(await linesOf('contract="gone"')).not.toEqual([])
    await running.consume({ n: 1 })
    running.engine.rules.replace({ topics: [above(0, 'renamed')], hash: 'bbb' })
    await running.consume({ n: 1 })
    await pass(FLUSH_MS)
    expect(await linesOf('rule="bound"')).toContainEqual(expect.stringMatching(/result="pass"\} 2$/))
    expect(await linesOf('rule="bound"')).toEqual([])
    expect(await linesOf('contract="gone"')).toEqual([])
    expect(await linesOf(OTHER_TOPIC)).toEqual([])
    expect(await linesOf('rule="renamed"')).toContainEqual(expect.stringMatching(/result="pass"\} 1$/))
  })
})

describe('rule files that can’t be used', () => {
  test('are counted and shown until they are mended, and change nothing else', async () => {
    await pass(FLUSH_MS)
    expect(stale()).toBe(0)
    running.engine.rules.refuse(2, 'rules/a:1:1: wrong [X]')
    const sinceMs = running.clock.nowMs()
    await pass(FLUSH_MS)
    running.engine.rules.refuse(1, 'rules/a:2:1: wrong [X]')
    await running.consume({ n: 1 })
    await pass(FLUSH_MS)
    expect(stale()).toBe(1)
    expect(verdicts('pass')).toBe(1)
    expect(running.sink.total('dq.rules.reload', { result: 'error' })).toBe(2)
    expect(running.engine.health().live).toBe(true)
    expect(running.engine.rules.describe()).toMatchObject({
      hash: 'aaa',
      contracts: 1,
      state: `stale since ${new Date(sinceMs).toISOString()}`,
      problems: 1,
      firstProblem: 'rules/a:2:1: wrong [X]',
    })
    running.engine.rules.confirm()
    await pass(FLUSH_MS)
    expect(stale()).toBe(0)
    expect(running.engine.rules.describe()).toMatchObject({ hash: 'aaa', state: 'ok' })
  })

  test('are no news where files are not watched', async () => {
    running.engine.rules.begin('aaa', false)
    await pass(FLUSH_MS)
    expect(stale()).toBeUndefined()
  })
})
