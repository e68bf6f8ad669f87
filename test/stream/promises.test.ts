import { describe, expect, test } from 'vitest'
import { promiseBound, PromiseStatus } from '../../src/stream/promise-status.ts'
import { topicOf } from '../engine/topics.ts'
import { HOUR_MS, MINUTE_MS, Play, SECOND_MS } from './play.ts'

const FACTS = { nowMs: 0, isWhole: true, isRebuilding: false, blind: undefined } as const

/** How a promise stands that sees these shares, the same in its newest part unless given. */
function standing(objective: number, windowMs: number | undefined, bad: number, lastBad = bad / 10) {
  const status = new PromiseStatus(promiseBound(objective, windowMs))
  return status.judge({ bad, all: 10_000, lastBad, lastAll: 1000 }, FACTS)
}

const judge = (bad: number, all: number, facts: object, windowMs?: number) =>
  new PromiseStatus(promiseBound(99.9, windowMs)).judge(
    { bad, all, lastBad: bad, lastAll: all },
    { ...FACTS, ...facts },
  )
const promising = (head: object = {}) =>
  topicOf([{ id: 'positive', assert: 'n > 0' }], {
    promises: { validity: { objective: 90, window: '30m' } },
    ...head,
  })

const count = (head: object, result: 'undecodable' | 'tombstone') => {
  const play = new Play(promising(head)).flow(10 * MINUTE_MS, SECOND_MS, () => ({ n: 1 }))
  for (let n = 0; n < 300; n++) play.stream.countRecord(result, play.nowMs)
  return play.tick().statusOf('promise validity')
}

describe('a promise over a window that this process sees', () => {
  test.each([
    [0, 'ok', 1],
    [75, 'ok', 0.25],
    [76, 'warning', 0.24],
    [100, 'warning', 0],
    [101, 'breached', -0.01],
  ])('with %i bad events of ten thousand, one per cent allowed, is %2$s', (bad, status, left) => {
    const found = standing(99, HOUR_MS, bad)
    expect(found.status).toBe(status)
    expect(found.measure.budgetLeft).toBeCloseTo(left)
  })
})

describe('a promise over a longer window', () => {
  test.each([
    [99.9, 59, 'ok'],
    [99.9, 61, 'warning'],
    [99.9, 145, 'breached'],
    [99, 599, 'ok'],
    [99, 601, 'warning'],
    [99, 1441, 'breached'],
    // A budget of ten per cent can't burn 14.4 times as fast.
    [90, 3200, 'ok'],
    [90, 3300, 'warning'],
    [90, 5600, 'breached'],
    [50, 7000, 'warning'],
    [50, 7600, 'breached'],
  ])('of %d per cent, with %i bad events of ten thousand, is %s', (objective, bad, status) => {
    const found = standing(objective, undefined, bad)
    expect(found.status).toBe(status)
    expect(found.measure.budgetLeft).toBeUndefined()
  })

  test('is no alarm for what is over already', () => {
    expect(standing(99.9, undefined, 1000, 0).status).toBe('ok')
  })
})

describe('few events', () => {
  test.each([
    ['are warming up at the start', 1, 99, { isWhole: false }, 'warming_up', undefined],
    ['say nothing of a long window', 1, 99, {}, 'unknown', undefined],
    ['without a bad one are well', 0, 5, {}, 'ok', undefined],
    ['are all there is of a short window', 1, 99, {}, 'breached', HOUR_MS],
    ['may be more, while we are behind', 0, 5, { blind: 'behind' }, 'unknown', HOUR_MS],
    [
      'no more than many, while the past is read again',
      9,
      999,
      { isRebuilding: true },
      'warming_up',
      HOUR_MS,
    ],
  ])('%s', (_, bad, all, facts, status, windowMs) => {
    expect(judge(bad, all, facts, windowMs).status).toBe(status)
  })
})

describe('validity', () => {
  test.each([
    ['undecodable records are bad', {}, 'undecodable', 300, 'breached'],
    ['tombstones are neither', {}, 'tombstone', 0, 'ok'],
    ['tombstones are bad where they fail', { tombstones: 'fail' }, 'tombstone', 300, 'breached'],
  ] as const)('%s', (_, head, result, bad, status) => {
    expect(count(head, result)).toMatchObject({ status, measure: { bad, judged: 600 + bad } })
  })

  test('is kept again once the bad events have left its window', () => {
    const play = new Play(promising()).flow(30 * MINUTE_MS, SECOND_MS, () => ({ n: 1 }))
    play.flow(5 * MINUTE_MS, SECOND_MS, () => ({ n: 0 })).flow(HOUR_MS, SECOND_MS, () => ({ n: 1 }))
    expect(play.announced('promise validity').at(-1)).toBe('ok')
    expect(play.announced('promise validity')).toContain('breached')
  })
})

describe('freshness', () => {
  const topic = topicOf([{ id: 'flows', freshness: { within: '5m' } }], {
    promises: { freshness: { rule: 'flows', objective: 99 } },
  })

  test('is breached when the topic was silent for too much of the last hour, and is still', () => {
    const play = new Play(topic).flow(HOUR_MS, MINUTE_MS, () => ({})).pass(10 * MINUTE_MS)
    expect(play.announced('promise freshness')).toEqual(['warning'])
    play.pass(10 * MINUTE_MS)
    expect(play.announced('promise freshness')).toEqual(['warning', 'breached'])
    play.flow(2 * HOUR_MS, MINUTE_MS, () => ({}))
    expect(play.announced('promise freshness').at(-1)).toBe('ok')
  })

  test('is not judged by looks that tell nothing', () => {
    const play = new Play(topic)
    play.facts = { isReachable: false }
    play.pass(2 * HOUR_MS)
    expect(play.statusOf('promise freshness')).toMatchObject({ status: 'unknown', measure: { judged: 0 } })
    expect(play.changes).toEqual([])
  })
})
