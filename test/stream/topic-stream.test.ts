import { describe, expect, test } from 'vitest'
import type { CompiledRule, CompiledStreamRule } from '../../src/evaluate/compiled.ts'
import type { JudgedEvent } from '../../src/model/judged-event.ts'
import type { Sample } from '../../src/model/sample.ts'
import { EVENT_RESULTS, VERDICTS } from '../../src/model/verdict.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import { EventContext } from '../../src/evaluate/context.ts'
import { TopicStream } from '../../src/stream/topic-stream.ts'
import { VerdictCounts } from '../../src/stream/verdict-counts.ts'
import type { IsSameRule } from '../../src/stream/watch.ts'
import { ruleTags } from '../../src/telemetry/tags.ts'
import { topicOf } from '../engine/topics.ts'
import { contractOf, readFrom, recordOf } from '../evaluate/support.ts'
import { HOUR_MS, MINUTE_MS, nameOf, Play, SECOND_MS, START_MS } from './play.ts'

const TOLERANCE = { fail: '10%', over: '15m', minimumEvents: 100 }
const POSITIVE = { id: 'positive', assert: 'n > 0', tolerance: TOLERANCE }
const POSITIVE_TWIN = { ...POSITIVE, id: 'twin' }
const GOOD = { n: 1 }
const BAD = { n: 0 }
const good = () => GOOD
const bad = () => BAD

/** Samples as `name own tags: value`. */
function valuesOf(samples: readonly Sample[]): Record<string, number> {
  const contract = new Set(['domain', 'team', 'contract', 'topic'])
  return Object.fromEntries(
    samples.map((sample) => {
      const own = Object.entries(sample.tags).flatMap(([tag, value]) => (contract.has(tag) ? [] : [value]))
      return [[sample.name, ...own].join(' '), 'value' in sample ? sample.value : Number.NaN]
    }),
  )
}

const ad = () => ({ kind: 'ad', n: 1 })
const other = () => ({ type: 'ad', n: 1 })
const contentOf = ({ rule }: CompiledRule | CompiledStreamRule) => JSON.stringify({ ...rule, at: undefined })
const told = (play: Play) => play.changes.map(({ subject, status }) => [JSON.stringify(subject), status])
const isSame: IsSameRule = (now, before) => contentOf(now) === contentOf(before)

/** One row of verdicts after the other, of which some come again and again. */
function rowOf(kind: 'all pass' | 'few kinds' | 'all different', event: number, rule: number): number {
  const seed = kind === 'few kinds' ? event % 7 : event
  if (kind === 'all pass' || event % 3 === 0) return 0
  return (seed * 7 + rule * 3 + ((seed * rule) % 5)) % VERDICTS.length
}

describe('verdicts are counted', () => {
  test.each(
    [1, 3, 4, 5, 8, 31, 255, 256, 259, 1030].flatMap((rules) =>
      (['all pass', 'few kinds', 'all different'] as const).map((kind) => [rules, kind] as const),
    ),
  )('exactly, whatever they are: of %i rules, %s', (rules, kind) => {
    const counts = new VerdictCounts(rules)
    const expected = new Float64Array(rules * VERDICTS.length)
    // The verdicts of another judge stand elsewhere, and not always where a word begins.
    for (const offset of [0, 1, 4]) {
      const verdicts = new Uint8Array(new ArrayBuffer(rules + 8), offset, rules)
      for (let event = 0; event < 300; event++) {
        for (let rule = 0; rule < rules; rule++) {
          const verdict = rowOf(kind, event, rule)
          verdicts[rule] = verdict
          const cell = rule * VERDICTS.length + verdict
          expected[cell] = (expected[cell] as number) + 1
        }
        counts.count({ verdicts } as unknown as JudgedEvent)
        if (event % 97 !== 0) continue
        counts.settle()
        expect(counts.totals).toEqual(expected)
      }
    }
    counts.settle()
    expect(counts.totals).toEqual(expected)
  })
})

describe('samples', () => {
  test('are a gauge for each status, in the numbers of the catalogue', () => {
    const topic = topicOf(
      [
        POSITIVE,
        { id: 'flows', freshness: { within: '5m' } },
        { id: 'volume', volume: { over: '1m', min: 1 } },
      ],
      {
        promises: { validity: { objective: 90, window: '1h' }, freshness: { rule: 'flows', objective: 99 } },
      },
    )
    const play = new Play(topic).flow(20 * MINUTE_MS, SECOND_MS, (n) => (n % 2 === 0 ? BAD : GOOD))
    expect(valuesOf(play.samples)).toEqual({
      'dq.rule.status positive error': 2,
      'dq.rule.status flows error': 0,
      'dq.rule.status volume error': 0,
      'dq.promise.status validity': 2,
      'dq.promise.status freshness': 0,
      'dq.promise.budget_left validity': 0,
      'dq.rule.evaluations flows error pass': 1,
      'dq.rule.evaluations volume error pass': 1,
      'dq.volume.events volume': 60,
    })
    expect(play.samples[0]?.tags).toMatchObject({
      domain: 'ads',
      team: 'team-search',
      topic: 'ads.ad-published.v1',
    })
  })

  test('count each change once, and fails of 0 when the series begins', () => {
    const play = new Play(topicOf([POSITIVE, { id: 'flows', freshness: { within: '5m' } }]))
    play.tick()
    expect(valuesOf(play.samples)).toEqual({
      'dq.rule.status positive error': 3,
      'dq.rule.status flows error': 3,
      'dq.rule.evaluations flows error fail': 0,
      'dq.rule.evaluations flows error skip': 1,
    })
    for (let n = 0; n < 100; n++) play.send(BAD)
    expect(valuesOf(play.tick().samples)).toMatchObject({ 'dq.status.changes breached': 1 })
    expect(valuesOf(play.tick().samples)).not.toHaveProperty('dq.status.changes breached')
  })

  test('of rules past the bound of series are those of the worst', () => {
    const topic = topicOf([POSITIVE, { ...POSITIVE, id: 'b', assert: 'n < 0' }, { ...POSITIVE, id: 'c' }])
    const stream = new TopicStream(topic, START_MS, [], { tags: ruleTags(topic.contracts, 4) })
    const context = new EventContext(recordOf(), START_MS)
    const judged = { verdicts: Uint8Array.of(0, 1, 0), results: Uint8Array.of(2), firstRules: [0], errors: 0 }
    for (let n = 0; n < 100; n++) {
      stream.countEvent(judged as unknown as JudgedEvent, GOOD, context, START_MS)
    }
    const facts = { isBehind: false, isReachable: true, isEmpty: false, newestArrivalMs: START_MS }
    const { samples } = stream.tick({ ...facts, nowMs: START_MS, watermarkMs: START_MS })
    const gauges = samples.filter(({ name }) => name === 'dq.rule.status')
    expect(gauges.map((sample) => [sample.tags.rule, 'value' in sample && sample.value])).toEqual([
      ['positive', 0],
      ['other', 0],
      ['other', 2],
    ])
  })

  test('say which times in events were of no use', () => {
    const field = 'at'
    const topic = topicOf([
      { id: 'flows', freshness: { within: '5m', field } },
      { id: 'volume', volume: { over: '1m', min: 1, field, lateness: '1m' } },
    ])
    const play = new Play(topic).pass(10 * MINUTE_MS)
    play
      .send({ at: play.nowMs })
      .send({ at: play.nowMs + 6 * MINUTE_MS })
      .send({ at: '2099-01-01' })
    play
      .send({})
      .send({ at: 'soon' })
      .send({ at: null })
      .send({ at: new Date(START_MS).toISOString() })
    const values = valuesOf(play.tick().samples)
    expect(values).toMatchObject({
      'dq.timestamps.ignored future': 2,
      'dq.timestamps.ignored unreadable': 3,
      'dq.timestamps.ignored late': 1,
      'dq.rule.status flows error': 0,
    })
  })
})

describe('rules over the stream in the shadow', () => {
  test('are counted under their own name, and are no part of statuses, promises and changes', () => {
    const play = new Play(
      topicOf(
        [
          { id: 'flows', freshness: { within: '5m' }, mode: 'shadow' },
          { id: 'volume', volume: { over: '1m', min: 1 }, mode: 'shadow' },
          POSITIVE,
        ],
        { promises: { freshness: { rule: 'flows', objective: 99 } } },
      ),
    ).pass(HOUR_MS)
    expect(play.changes).toEqual([])
    expect(play.stream.statuses().map(({ subject }) => subject.kind === 'rule' && subject.rule)).toEqual([
      'positive',
    ])
    expect(Object.keys(valuesOf(play.samples)).filter((name) => !name.startsWith('dq.rule.status'))).toEqual([
      'dq.shadow.evaluations flows error fail',
      'dq.shadow.evaluations volume error fail',
    ])
  })
})

test('of several contracts on one topic each has its own statuses, by its own rules', () => {
  const contracts = [
    contractOf(
      [
        { id: 'counted', assert: 'n > 0' },
        { ...POSITIVE, assert: 'true' },
      ],
      { id: 'a', owner: 'team-a' },
    ),
    contractOf([{ id: 'counted', assert: 'n > 0' }, { ...POSITIVE, assert: 'false' }, POSITIVE_TWIN], {
      id: 'b',
      owner: 'team-b',
      promises: { validity: { objective: 99, window: '1h' } },
    }),
  ]
  const [topic] = compileContracts(contracts, readFrom({})).topics
  if (topic === undefined) throw new Error('no topic was made')
  const play = new Play(topic).flow(20 * MINUTE_MS, SECOND_MS, good)
  expect(play.stream.statuses().map((each) => [each.contract, nameOf(each), each.status])).toEqual([
    ['a', 'positive', 'ok'],
    ['b', 'counted', 'ok'],
    ['b', 'positive', 'breached'],
    ['b', 'twin', 'ok'],
    ['b', 'promise validity', 'breached'],
  ])
  expect(play.changes.map(({ contract }) => contract)).toEqual(['b', 'b'])
  expect(play.samples.map(({ tags }) => tags.team)).toContain('team-a')
})

describe('a rule that no longer applies', () => {
  const WHEN = { id: 'ads_only', when: 'kind = "ad"', assert: 'n > 0' }

  test.each([
    ['with tolerance', { tolerance: TOLERANCE }],
    ['that is only counted', {}],
    ['that may skip what is missing', { when: undefined, assert: '$contains(kind, "ad")', missing: 'skip' }],
  ])('%s is not applied once its window has none, and ok again with the first', (_, more) => {
    const play = new Play(topicOf([{ ...WHEN, ...more }])).flow(HOUR_MS, SECOND_MS, ad)
    play.flow(16 * MINUTE_MS, SECOND_MS, other)
    expect(play.statusOf('ads_only')).toMatchObject({ status: 'not_applied', reason: 'never_applies' })
    play.pass(8 * HOUR_MS)
    expect(play.statusOf('ads_only').status).toBe('not_applied')
    play.send(ad()).tick()
    expect(play.announced('ads_only')).toEqual(['not_applied', 'ok'])
  })

  test('shows no status while it is only counted and applies', () => {
    const play = new Play(topicOf([WHEN])).flow(HOUR_MS, SECOND_MS, ad)
    expect(play.stream.statuses()).toEqual([])
  })

  test.each([
    ['never applied', other, 2 * HOUR_MS, SECOND_MS],
    ['sees few events', other, 90 * MINUTE_MS, MINUTE_MS],
    ['sees none', other, 2 * HOUR_MS, 2 * HOUR_MS],
  ])('is not said of one that %s', (title, event, forMs, everyMs) => {
    const play = new Play(topicOf([WHEN]))
    if (title !== 'never applied') play.flow(10 * MINUTE_MS, MINUTE_MS, ad)
    play.flow(forMs, everyMs, event)
    expect(play.changes).toEqual([])
  })

  test('is still known after a restart, and not told twice', () => {
    const topic = topicOf([{ ...WHEN, tolerance: TOLERANCE }])
    const before = new Play(topic).flow(HOUR_MS, SECOND_MS, ad).flow(HOUR_MS, SECOND_MS, other)
    const after = new Play(topic, before.nowMs, before.stream.toRestore()).flow(HOUR_MS, SECOND_MS, other)
    expect(after.changes).toEqual([])
    expect(after.statusOf('ads_only').status).toBe('not_applied')
    after.send(ad()).tick()
    expect(after.announced('ads_only')).toEqual(['ok'])
  })
})

describe('what is read again', () => {
  const VOLUME = { id: 'volume', volume: { over: '5m', min: 10 } }
  const topic = topicOf([POSITIVE, VOLUME])

  /** A stream that began an hour after the events that it reads again. */
  function rebuilding(coveredMs: number | undefined): Play {
    const play = new Play(topic)
    const fromMs = START_MS - HOUR_MS
    play.stream.beginRebuild(fromMs)
    for (let atMs = fromMs; atMs < START_MS; atMs += 2 * SECOND_MS) {
      play.send(atMs < START_MS - 20 * MINUTE_MS ? GOOD : BAD, atMs).tick()
    }
    expect(play.statusOf('positive').status).toBe('warming_up')
    play.stream.endRebuild(coveredMs)
    return play.tick()
  }

  test('fills the windows, so that statuses are right at once; its windows of volume are not counted again', () => {
    const play = rebuilding(START_MS - HOUR_MS)
    expect(play.statusOf('positive')).toMatchObject({
      status: 'breached',
      measure: { judged: expect.any(Number) },
    })
    expect(play.statusOf('volume')).toMatchObject({ status: 'ok', measure: { events: 150 } })
    expect(valuesOf(play.samples)).not.toHaveProperty('dq.rule.evaluations volume error pass')
    play.flow(10 * MINUTE_MS, SECOND_MS, good)
    expect(play.announced('volume')).toEqual([])
  })

  test('that was cut short leaves windows out that began before', () => {
    const play = rebuilding(START_MS - 7 * MINUTE_MS)
    expect(play.statusOf('volume')).toMatchObject({ status: 'ok', measure: { events: 150 } })
    expect(rebuilding(START_MS - MINUTE_MS).statusOf('volume').status).toBe('warming_up')
    expect(rebuilding(undefined).statusOf('volume').status).toBe('warming_up')
  })
})

describe('a new rule set', () => {
  const HEAD = { promises: { validity: { objective: 99, window: '1h' } } }
  const VOLUME = { id: 'volume', volume: { over: '5m', min: 10 } }
  const FLOWS = { id: 'flows', freshness: { within: '5m', field: 'at' } }

  function swap(before: Play, rules: readonly object[], head = HEAD): Play {
    const after = new Play(topicOf(rules as never, head), before.nowMs, before.stream.toRestore())
    after.stream.inherit(before.stream, isSame)
    after.facts = { isEmpty: false, newestArrivalMs: before.nowMs }
    return after
  }

  test('leaves rules that are the same in their windows and statuses, wherever they stand now', () => {
    const before = new Play(topicOf([POSITIVE, VOLUME, FLOWS], HEAD))
    before.flow(HOUR_MS, SECOND_MS, () => ({ n: 0, at: before.nowMs }))
    const sinceMs = before.statusOf('positive').sinceMs
    const extra = { id: 'extra', assert: 'n > 0', tolerance: { ...TOLERANCE, over: '20m' } }
    const after = swap(before, [extra, FLOWS, VOLUME, { ...POSITIVE, id: 'twin' }, POSITIVE]).tick()
    expect(after.changes).toEqual([])
    expect(after.statusOf('positive')).toMatchObject({
      status: 'breached',
      sinceMs,
      measure: { judged: 901 },
    })
    expect(after.statusOf('promise validity')).toMatchObject({ status: 'breached' })
    expect(after.statusOf('volume').status).toBe('ok')
    expect(after.statusOf('flows').status).toBe('ok')
    expect(after.statusOf('twin').status).toBe('warming_up')
    expect(after.statusOf('extra').status).toBe('warming_up')
    after.flow(7 * MINUTE_MS, SECOND_MS, () => ({ n: 0, at: after.nowMs }))
    expect(told(after).map(([subject]) => subject)).toEqual([
      expect.stringContaining('extra'),
      expect.stringContaining('twin'),
    ])
  })

  test('begins a changed rule anew, and still tells of its end what was told of its breach', () => {
    const before = new Play(topicOf([POSITIVE])).flow(HOUR_MS, SECOND_MS, bad)
    const after = swap(before, [{ ...POSITIVE, assert: 'n >= 0' }], {} as never).tick()
    expect(after.statusOf('positive').status).toBe('warming_up')
    after.flow(10 * MINUTE_MS, SECOND_MS, bad)
    expect(after.announced('positive')).toEqual(['ok'])
  })

  test('five hundred times leaves nothing of the earlier ones', () => {
    let play = new Play(topicOf([POSITIVE, VOLUME, FLOWS], HEAD))
    play.flow(20 * MINUTE_MS, SECOND_MS, () => ({ n: 0, at: play.nowMs }))
    for (let swaps = 0; swaps < 500; swaps++) {
      play = swap(play, [VOLUME, POSITIVE, FLOWS]).send({ n: 0, at: play.nowMs }).pass(SECOND_MS)
    }
    expect(play.tick().statusOf('positive')).toMatchObject({ status: 'breached' })
    expect(play.changes).toEqual([])
  })
})

describe('memory', () => {
  test('is the same after ten thousand ticks', () => {
    const play = new Play(
      topicOf([
        POSITIVE,
        { id: 'flows', freshness: { within: '5m' } },
        { id: 'volume', volume: { over: '5m', min: 1 } },
      ]),
    )
    play.flow(3 * HOUR_MS, 10 * SECOND_MS, good)
    play.changes.length = 0
    const collect = globalThis.gc ?? (() => {})
    collect()
    const before = process.memoryUsage()
    play.flow(28 * HOUR_MS, 10 * SECOND_MS, (n) => (n % 100 === 0 ? BAD : GOOD))
    collect()
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1_000_000)
    expect(play.changes.length).toBeLessThan(10)
  })

  test('and time of a topic with four thousand rules are bounded', () => {
    const rules = Array.from({ length: 4000 }, (_, index) => ({
      id: `rule_${index}`,
      assert: 'n > 0',
      tolerance: { ...TOLERANCE, over: `${5 + (index % 3)}m` },
    }))
    const topic = topicOf(rules)
    const before = process.memoryUsage().arrayBuffers
    const stream = new TopicStream(topic, START_MS)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(12_000_000)
    const context = new EventContext(recordOf(), START_MS)
    const verdicts = new Uint8Array(4000)
    const judged = {
      verdicts,
      results: Uint8Array.of(EVENT_RESULTS.indexOf('pass')),
      firstRules: [0],
      errors: 0,
    } as unknown as JudgedEvent
    for (let event = 0; event < 2000; event++) {
      verdicts[3999] = event % 2
      stream.countEvent(judged, GOOD, context, START_MS + event * 500)
    }
    const nowMs = START_MS + 1_000_000
    const facts = { isBehind: false, isReachable: true, isEmpty: false, newestArrivalMs: nowMs }
    const { changes, samples } = stream.tick({ ...facts, nowMs, watermarkMs: nowMs })
    expect(changes.map(({ subject }) => subject.kind === 'rule' && subject.rule)).toEqual(['rule_3999'])
    expect(samples).toHaveLength(4001)
  })
})

test('a window that could not be judged ends no breach of volume, and is no proof that all is well', () => {
  const rules = [{ id: 'volume', volume: { over: '5m', min: 100 } }]
  const breached = new Play(topicOf(rules)).pass(20 * MINUTE_MS)
  const well = new Play(topicOf(rules)).flow(20 * MINUTE_MS, SECOND_MS, good)
  for (const play of [breached, well]) {
    play.facts = { isBehind: true, watermarkMs: play.nowMs }
    play.pass(20 * MINUTE_MS)
  }
  expect(breached.statusOf('volume')).toMatchObject({ status: 'breached', reason: 'behind' })
  expect(well.statusOf('volume')).toMatchObject({ status: 'unknown', reason: 'behind' })
  expect(valuesOf(well.samples)).not.toHaveProperty('dq.volume.events volume')
  breached.facts = {}
  breached.flow(20 * MINUTE_MS, SECOND_MS, good)
  expect(breached.announced('volume')).toEqual(['breached', 'ok'])
})
