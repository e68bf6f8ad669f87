import { describe, expect, test } from 'vitest'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { JudgedEvent } from '../../src/model/judged-event.ts'
import type { Sample } from '../../src/model/sample.ts'
import { EVENT_RESULTS, VERDICTS } from '../../src/model/verdict.ts'
import type { EventResult, VerdictKind } from '../../src/model/verdict.ts'
import { ruleTags } from '../../src/telemetry/tags.ts'
import { TopicTotals } from '../../src/telemetry/totals.ts'
import { topicOf } from '../engine/topics.ts'

const TAGS = {
  domain: 'ads',
  team: 'team-search',
  contract: 'ads.ad-published',
  topic: 'ads.ad-published.v1',
}

const TOPIC = topicOf([
  { id: 'one', assert: 'true' },
  { id: 'two', assert: 'true', severity: 'warning' },
])

function totalsOf(topic: CompiledTopic, maxSeries = 1000): TopicTotals {
  return new TopicTotals(topic, 'ads', ruleTags(topic.contracts, maxSeries))
}

/** What is sent once of faults that did not happen, and of changes that did not come. */
const NO_FAULTS = {
  'dq.status.changes breached': 0,
  'dq.expression.differences one': 0,
  'dq.records.rejected not_json': 0,
  'dq.timestamps.ignored unreadable': 0,
  'dq.schema.changes': 0,
  'dq.numbers.rounded': 0,
  'dq.offset_gap': 0,
}

/** An event of a topic with one contract. */
function judgedAs(result: EventResult, ...verdicts: readonly VerdictKind[]): JudgedEvent {
  return {
    verdicts: Uint8Array.from(verdicts, (verdict) => VERDICTS.indexOf(verdict)),
    results: Uint8Array.of(EVENT_RESULTS.indexOf(result)),
    firstRules: [0],
    fails: 0,
    errors: 0,
    verdict: () => {
      throw new Error('totals need no reasons')
    },
  }
}

/** Counts as `tag values except the contract's: value`. */
function countsOf(samples: readonly Sample[]): Record<string, number> {
  return Object.fromEntries(
    samples.flatMap((sample) => {
      if (sample.type !== 'count') return []
      const own = Object.entries(sample.tags)
        .filter(([tag]) => !(tag in TAGS))
        .map(([, value]) => value)
      return [[[sample.name, ...own].join(' '), sample.value]]
    }),
  )
}

describe('totals', () => {
  test('are exactly what was counted', () => {
    const totals = totalsOf(TOPIC)
    totals.countEvent(judgedAs('pass', 'pass', 'pass'))
    totals.countEvent(judgedAs('pass', 'pass', 'skip'))
    totals.countEvent(judgedAs('fail', 'fail', 'error'))
    totals.countEvent(judgedAs('warn', 'pass', 'fail'))
    totals.countEvent(judgedAs('error', 'error', 'pass'))
    totals.countTombstone()
    totals.countRejected('not_json')
    totals.countRejected('not_json')
    totals.countRejected('oversized')
    totals.countRoundedNumbers(3)
    totals.countGap(10)
    totals.countGap(5)
    expect(countsOf(totals.drain(false))).toEqual({
      'dq.events pass': 2,
      'dq.events warn': 1,
      'dq.events fail': 1,
      'dq.events error': 1,
      'dq.events undecodable': 3,
      'dq.events tombstone': 1,
      'dq.rule.evaluations one error pass': 3,
      'dq.rule.evaluations one error fail': 1,
      'dq.rule.evaluations one error error': 1,
      'dq.rule.evaluations two warning pass': 2,
      'dq.rule.evaluations two warning fail': 1,
      'dq.rule.evaluations two warning error': 1,
      'dq.rule.evaluations two warning skip': 1,
      'dq.records.rejected not_json': 2,
      'dq.records.rejected oversized': 1,
      'dq.numbers.rounded': 3,
      'dq.offset_gap': 15,
    })
  })

  test('are zero afterwards: nothing is sent twice', () => {
    const totals = totalsOf(TOPIC)
    totals.countEvent(judgedAs('fail', 'fail', 'fail'))
    totals.countDuration(0.1)
    totals.countRejected('not_json')
    totals.countRoundedNumbers(1)
    totals.countGap(1)
    totals.drain(false)
    expect(totals.drain(false)).toEqual([])
  })

  test('stay exact when they are large', () => {
    const totals = totalsOf(TOPIC)
    for (let event = 0; event < 1_000_000; event++) totals.countEvent(judgedAs('pass', 'pass', 'pass'))
    expect(countsOf(totals.drain(false))['dq.events pass']).toBe(1_000_000)
  })

  test('carry the contract’s tags, in the order of the catalogue', () => {
    const totals = totalsOf(TOPIC)
    totals.countEvent(judgedAs('pass', 'pass', 'pass'))
    const [events, rule] = totals.drain(false)
    expect(Object.entries(events?.tags ?? {})).toEqual(Object.entries({ ...TAGS, result: 'pass' }))
    expect(Object.entries(rule?.tags ?? {})).toEqual(
      Object.entries({ ...TAGS, rule: 'one', severity: 'error', result: 'pass' }),
    )
  })
})

test('rules in the shadow are counted under a name of their own', () => {
  const totals = totalsOf(
    topicOf([
      { id: 'one', assert: 'true' },
      { id: 'tried', assert: 'true', mode: 'shadow' },
    ]),
  )
  totals.countEvent(judgedAs('pass', 'pass', 'fail'))
  totals.countEvent(judgedAs('pass', 'pass', 'skip'))
  expect(countsOf(totals.drain(true))).toEqual({
    ...NO_FAULTS,
    'dq.events pass': 2,
    'dq.events fail': 0,
    'dq.rule.evaluations one error pass': 2,
    'dq.rule.evaluations one error fail': 0,
    'dq.shadow.evaluations tried error fail': 1,
    'dq.shadow.evaluations tried error skip': 1,
  })
})

describe('a 0', () => {
  const ZERO = {
    ...NO_FAULTS,
    'dq.events fail': 0,
    'dq.rule.evaluations one error fail': 0,
    'dq.rule.evaluations two warning fail': 0,
  }

  test('is sent of every fault when the topic is first owned, and not again', () => {
    const totals = totalsOf(TOPIC)
    expect(countsOf(totals.drain(true))).toEqual(ZERO)
    expect(totals.drain(true)).toEqual([])
  })

  test('is not sent of a topic that is not owned, but once it is', () => {
    const totals = totalsOf(TOPIC)
    expect(totals.drain(false)).toEqual([])
    expect(countsOf(totals.drain(true))).toEqual(ZERO)
  })

  test('stands beside what was counted, and does not hide a fail', () => {
    const totals = totalsOf(TOPIC)
    totals.countEvent(judgedAs('fail', 'fail', 'pass'))
    expect(countsOf(totals.drain(true))).toEqual({
      ...ZERO,
      'dq.events fail': 1,
      'dq.rule.evaluations one error fail': 1,
      'dq.rule.evaluations two warning pass': 1,
      'dq.rule.evaluations two warning fail': 0,
    })
  })
})

describe('durations', () => {
  test('are wanted up to a bound for each flush', () => {
    const totals = totalsOf(TOPIC)
    for (let event = 0; event < 1000; event++) if (totals.wantsDuration) totals.countDuration(event)
    const sample = totals.drain(false).find(({ name }) => name === 'dq.evaluate.duration')
    expect(sample?.tags).toEqual(TAGS)
    expect(sample?.type === 'distribution' && sample.values).toEqual(
      Array.from({ length: 100 }, (_, event) => event),
    )
    expect(totals.wantsDuration).toBe(true)
  })

  test('that were handed over don’t change afterwards', () => {
    const totals = totalsOf(TOPIC)
    totals.countDuration(1)
    const [sample] = totals.drain(false)
    totals.countDuration(2)
    expect(sample?.type === 'distribution' && sample.values).toEqual([1])
  })
})

describe('rule tags', () => {
  const three = topicOf([
    { id: 'one', assert: 'true' },
    { id: 'two', assert: 'true' },
    { id: 'three', assert: 'true' },
  ])

  test.each([
    ['all fit', 12, ['one', 'two', 'three'], 0],
    ['one series is missing', 11, ['one', 'two', 'other'], 4],
    ['only one rule fits', 4, ['one', 'other', 'other'], 8],
    ['none fits', 1, ['other', 'other', 'other'], 12],
  ])('share `other` beyond the bound: %s', (_, maxSeries, tags, foldedSeries) => {
    const { byContract, foldedSeries: folded } = ruleTags(three.contracts, maxSeries)
    expect([...byContract.values()]).toEqual([tags])
    expect(folded).toBe(foldedSeries)
  })

  test('fold in the order of the contracts', () => {
    const contracts = [
      ...three.contracts,
      ...topicOf([{ id: 'four', assert: 'true' }], { id: 'b' }).contracts,
    ]
    expect([...ruleTags(contracts, 12).byContract.values()]).toEqual([['one', 'two', 'three'], ['other']])
  })

  test('folded rules are still counted, all of them', () => {
    const totals = totalsOf(three, 4)
    totals.countEvent(judgedAs('fail', 'pass', 'fail', 'fail'))
    const folded = totals.drain(false).filter(({ tags }) => tags.rule === 'other')
    expect(folded.reduce((sum, sample) => sum + (sample.type === 'count' ? sample.value : 0), 0)).toBe(2)
  })

  test('are given to rules over the stream too, and fold with the others', () => {
    const topic = topicOf([
      { id: 'one', assert: 'true' },
      { id: 'flows', freshness: { within: '5m' } },
    ])
    expect([...ruleTags(topic.contracts, 8).ofStream.values()]).toEqual([['flows']])
    expect([...ruleTags(topic.contracts, 4).ofStream.values()]).toEqual([['other']])
  })

  test('are normalised', () => {
    expect([
      ...ruleTags(topicOf([{ id: 'with_digits_2', assert: 'true' }]).contracts, 4).byContract.values(),
    ]).toEqual([['with_digits_2']])
  })
})
