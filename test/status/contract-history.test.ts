import { expect, test } from 'vitest'
import type { EventCounts, VerdictCounts } from '../../src/model/status-report.ts'
import { ContractHistory, TREND_BUCKETS } from '../../src/status/contract-history.ts'
import { compiledContract } from '../evaluate/support.ts'

function counts(good: number, bad: number, fails: readonly number[]) {
  const events: EventCounts = { pass: good, warn: 0, fail: bad, error: 7, undecodable: 0, tombstone: 9 }
  const verdicts = (place: number): VerdictCounts => ({
    pass: good,
    fail: fails[place] ?? 0,
    error: 0,
    skip: 0,
  })
  return { events, verdicts }
}

const ONE = compiledContract([{ id: 'a', assert: 'n > 0' }])
const TWO = compiledContract([
  { id: 'b', assert: 'n > 1' },
  { id: 'a', assert: 'n > 2' },
])

test('each interval holds what grew in it; what is neither good nor bad is left out', () => {
  const history = new ContractHistory(ONE)
  expect([history.trend, history.passRate]).toEqual([{ good: [], bad: [] }, undefined])
  history.push(counts(10, 1, [1]))
  history.push(counts(10, 1, [1]))
  history.push(counts(18, 3, [3]))
  expect(history.trend).toEqual({ good: [10, 0, 8], bad: [1, 0, 2] })
  expect(history.passRate).toBeCloseTo(18 / 21)
  expect(history.recent(0)).toEqual({ pass: 18, fail: 3, error: 0, skip: 0 })
})

test('old intervals are forgotten', () => {
  const history = new ContractHistory(ONE)
  history.push(counts(0, 100, [100]))
  for (let n = 1; n <= TREND_BUCKETS; n++) history.push(counts(n, 100, [100]))
  expect(history.trend.bad).toEqual(Array.from({ length: TREND_BUCKETS }, () => 0))
  expect(history.recent(0)).toEqual({ pass: TREND_BUCKETS, fail: 0, error: 0, skip: 0 })
  expect(history.passRate).toBe(1)
})

test('rules that are replaced go on where they are the same, wherever they stand now', () => {
  const history = new ContractHistory(ONE)
  history.push(counts(10, 2, [2]))
  const next = new ContractHistory(TWO, history)
  expect([next.recent(0).fail, next.recent(1).fail]).toEqual([0, 2])
  next.push(counts(15, 3, [0, 3]))
  expect(next.trend).toEqual({ good: [10, 5], bad: [2, 1] })
  expect([next.recent(0).fail, next.recent(1).fail]).toEqual([0, 3])
})
