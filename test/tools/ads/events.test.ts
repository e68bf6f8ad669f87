import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { AD_FAULTS } from '../../../tools/ads/ad-faults.ts'
import {
  generateAds,
  generatePayments,
  type GeneratedRecord,
  type GeneratorOptions,
} from '../../../tools/ads/events.ts'
import { PAYMENT_FAULTS } from '../../../tools/ads/payment-faults.ts'
import { SPOILED } from '../../../tools/ads/undecodable.ts'

const baseTimeMs = Date.parse('2026-03-02T08:00:00.000Z')
const generators = [
  { name: 'ads', generate: generateAds, faults: Object.keys(AD_FAULTS) },
  { name: 'payments', generate: generatePayments, faults: Object.keys(PAYMENT_FAULTS) },
]

function digest(records: Iterable<GeneratedRecord>): string {
  const hash = createHash('sha256')
  for (const { key, value, timestampMs, fault } of records) {
    hash.update(JSON.stringify([key, timestampMs, fault, value === null])).update(value ?? '')
  }
  return hash.digest('hex')
}

function faultCounts(records: Iterable<GeneratedRecord>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { fault = 'good' } of records) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  return counts
}

test.each(generators)('$name: the same options make the same bytes, others make others', ({ generate }) => {
  const options: GeneratorOptions = { seed: 1, count: 3000, baseTimeMs }
  const same = digest(generate(options))
  expect(digest(generate(options))).toBe(same)
  expect(digest(generate({ ...options, seed: 2 }))).not.toBe(same)
  expect(digest(generate({ ...options, baseTimeMs: baseTimeMs + 1 }))).not.toBe(same)
})

test.each(generators)(
  '$name: one in fifty is broken, and every fault takes its turn',
  ({ generate, faults }) => {
    const counts = faultCounts(generate({ seed: 1, count: 100_000, baseTimeMs }))
    // 2000 are due to be broken; 100 of those are due to be undecodable, of which 50 are due to be tombstones.
    expect(counts.get('good')).toBe(98_000)
    expect(counts.get('tombstone')).toBe(50)
    const broken = faults.map((fault) => counts.get(fault) ?? 0)
    expect(broken.reduce((sum, count) => sum + count, 0)).toBe(1900)
    expect(Math.max(...broken) - Math.min(...broken)).toBeLessThanOrEqual(1)
    const spoiled = Object.keys(SPOILED).map((fault) => counts.get(fault) ?? 0)
    expect(spoiled.reduce((sum, count) => sum + count, 0)).toBe(50)
    expect(Math.min(...spoiled)).toBeGreaterThan(0)
  },
)

test.each(generators)('$name: nothing is planted where nothing is asked for', ({ generate }) => {
  const none = { brokenEvery: 0, undecodableEvery: 0, tombstoneEvery: 0 }
  expect([...faultCounts(generate({ seed: 1, count: 5000, baseTimeMs, ...none }))]).toEqual([['good', 5000]])
})

test.each(generators)(
  '$name: time rises by the interval and ends one interval before the base',
  ({ generate }) => {
    const records = [...generate({ seed: 1, count: 10, baseTimeMs, intervalMs: 1000 })]
    expect(records.map(({ timestampMs }) => (baseTimeMs - timestampMs) / 1000)).toEqual([
      10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ])
    const times = records.map(({ value }) => Date.parse(JSON.parse(String(value)).occurred_at))
    expect(times).toEqual(records.map(({ timestampMs }) => timestampMs))
  },
)

test('an ad is about 550 bytes', () => {
  const sizes = [...generateAds({ seed: 1, count: 5000, baseTimeMs })].map(({ value }) => value?.length ?? 0)
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  expect(mean).toBeGreaterThan(500)
  expect(mean).toBeLessThan(600)
})
