import { describe, expect, test } from 'vitest'
import {
  eventAgeSeconds,
  forgetEnds,
  observeEnds,
  resumeGrowth,
  seedGrowth,
  UNKNOWN_GROWTH,
} from '../../src/lag/event-age.ts'
import type { TopicGrowth } from '../../src/lag/event-age.ts'

const NOW_MS = Date.UTC(2025, 5, 1, 12)

const endsOf = (...ends: readonly number[]) =>
  ends.map((end, partition) => ({ topic: 'a', partition, low: 0, end }))

/** Growth after ends were seen every ten seconds, the last time at `NOW_MS`. */
function seen(...observations: readonly (readonly number[])[]): TopicGrowth {
  return observations.reduce(
    (growth, ends, index) =>
      observeEnds(growth, endsOf(...ends), NOW_MS - (observations.length - 1 - index) * 10_000),
    UNKNOWN_GROWTH,
  )
}

const ageOf = (growth: TopicGrowth) => eventAgeSeconds(growth, NOW_MS)

describe('the age of events', () => {
  test.each([
    ['is unknown at first', UNKNOWN_GROWTH, undefined],
    ['is unknown when ends were seen once', seen([5]), undefined],
    ['is unknown while nothing grows', seen([5], [5], [5]), undefined],
    ['is 0 when the end has just advanced', seen([5], [6]), 0],
    ['grows on our clock', seen([5], [6], [6], [6]), 20],
    ['follows the partition that grew last', seen([5, 5], [6, 5], [6, 6], [6, 6]), 10],
    ['is not made younger by a partition that is seen for the first time', seen([5], [6], [6, 9]), 10],
    ['is known of a new partition once that grows', seen([5], [5, 0], [5, 1]), 0],
    ['is not made younger by an end that went back', seen([5], [6], [2]), 10],
    ['is 0 when an end that went back advances again', seen([5], [2], [3]), 0],
    ['is not made older by partitions that were not seen this time', seen([5, 5], [6, 6], []), 10],
  ])('%s', (_, growth, age) => {
    expect(ageOf(growth)).toBe(age)
  })

  test('never goes below 0 when our clock is set back', () => {
    expect(eventAgeSeconds(seen([5], [6]), NOW_MS - 60_000)).toBe(0)
  })
})

describe('a seed', () => {
  test.each([
    ['is the timestamp of the last record', UNKNOWN_GROWTH, NOW_MS - 60_000, 60],
    ['gives way to growth that was seen later', seen([5], [6]), NOW_MS - 60_000, 0],
    ['goes before growth that was seen earlier', seen([5], [6], [6], [6]), NOW_MS - 5_000, 5],
    [
      'from the future is taken for now: a producer’s clock may be ahead',
      UNKNOWN_GROWTH,
      NOW_MS + 3_600_000,
      0,
    ],
  ])('%s', (_, growth, lastTimestampMs, age) => {
    expect(ageOf(seedGrowth(growth, lastTimestampMs, NOW_MS))).toBe(age)
  })

  test('is the newest of several partitions', () => {
    const growth = [60_000, 20_000, 40_000].reduce(
      (so, agoMs) => seedGrowth(so, NOW_MS - agoMs, NOW_MS),
      UNKNOWN_GROWTH,
    )
    expect(ageOf(growth)).toBe(20)
  })

  test('gives way to growth', () => {
    const seeded = seedGrowth(seen([5]), NOW_MS - 60_000, NOW_MS)
    expect(ageOf(observeEnds(seeded, endsOf(5), NOW_MS))).toBe(60)
    expect(ageOf(observeEnds(seeded, endsOf(6), NOW_MS))).toBe(0)
  })
})

test('ends that are forgotten tell nothing of what grew meanwhile, and the age is kept', () => {
  const back = forgetEnds(seen([5], [6], [6]))
  expect(ageOf(observeEnds(back, endsOf(9), NOW_MS))).toBe(10)
  expect(ageOf(observeEnds(observeEnds(back, endsOf(9), NOW_MS), endsOf(10), NOW_MS))).toBe(0)
})

test('what was known before is left as it is', () => {
  const before = seen([5])
  observeEnds(before, endsOf(6), NOW_MS)
  expect(before).toEqual(seen([5]))
})

describe('what is known of the newest arrival', () => {
  test('is a claim while only a timestamp tells, until growth is seen', () => {
    const seeded = seedGrowth(seen([5]), NOW_MS - 7_200_000, NOW_MS)
    expect(seeded).toMatchObject({ advancedAtMs: NOW_MS - 7_200_000, isClaimed: true })
    expect(observeEnds(seeded, endsOf(5), NOW_MS).isClaimed).toBe(true)
    expect(observeEnds(seeded, endsOf(6), NOW_MS)).toMatchObject({ advancedAtMs: NOW_MS, isClaimed: false })
  })

  test.each([
    ['holds if the topic has not grown since', false, false, 60_000, false],
    ['is older than what came since, of which timestamps tell', true, true, 20_000, false],
    ['that they can’t be relied on makes it a claim', true, false, 20_000, true],
  ])('by an earlier owner %s', (_, hasGrown, isTrusted, ageMs, isClaimed) => {
    const seeded = seedGrowth(seen([5]), NOW_MS - 20_000, NOW_MS)
    const resumed = resumeGrowth(seeded, { advancedAtMs: NOW_MS - 60_000, hasGrown, isTrusted })
    expect(resumed).toMatchObject({ advancedAtMs: NOW_MS - ageMs, isClaimed })
  })

  test('is never older than what an earlier owner saw', () => {
    const seeded = seedGrowth(seen([5]), NOW_MS - 7_200_000, NOW_MS)
    const known = { advancedAtMs: NOW_MS - 60_000, hasGrown: true, isTrusted: true }
    expect(resumeGrowth(seeded, known).advancedAtMs).toBe(NOW_MS - 60_000)
  })
})
