import { expect, test } from 'vitest'
import { Arrivals } from '../../src/engine/arrivals.ts'
import { Lateness } from '../../src/engine/lateness.ts'
import { recordAt, START_MS } from './memory.ts'

const HOUR_MS = 3_600_000

const record = (offset: number, timestampMs: number) => recordAt(offset, {}, { timestampMs })

test('what stands behind a look at the end came after it, whatever its timestamp says', () => {
  const arrivals = new Arrivals(10, START_MS, new Lateness())
  const nowMs = START_MS + 600_000
  expect(arrivals.of(record(9, START_MS - HOUR_MS), undefined, nowMs)).toBe(START_MS - HOUR_MS)
  expect(arrivals.of(record(10, START_MS - HOUR_MS), undefined, nowMs)).toBe(START_MS)
  expect(arrivals.of(record(11, START_MS + 5_000), undefined, nowMs)).toBe(START_MS + 5_000)
})

test('what came between two looks is known to within them, also in the midst of a backlog', () => {
  const arrivals = new Arrivals(10, START_MS, new Lateness())
  arrivals.observeEnd(20, START_MS + 60_000)
  arrivals.observeEnd(30, START_MS + 120_000)
  const nowMs = START_MS + HOUR_MS
  expect(arrivals.of(record(15, 0), undefined, nowMs)).toBe(START_MS)
  // A clock that is ahead does not move records of the backlog to the present.
  expect(arrivals.of(record(16, nowMs + 1000), undefined, nowMs)).toBe(START_MS)
  expect(arrivals.of(record(17, START_MS + 80_000), undefined, nowMs)).toBe(START_MS + 60_000)
  expect(arrivals.of(record(29, 0), undefined, nowMs)).toBe(START_MS + 60_000)
  expect(arrivals.of(record(30, 0), undefined, nowMs)).toBe(START_MS + 120_000)
})

test('an end that went back is a new log', () => {
  const arrivals = new Arrivals(10, START_MS, new Lateness())
  arrivals.observeEnd(2, START_MS + 60_000)
  expect(arrivals.of(record(2, 0), undefined, START_MS + HOUR_MS)).toBe(START_MS + 60_000)
})

test('timestamps are held against arrivals only where these are known from elsewhere', () => {
  const lateness = new Lateness()
  const arrivals = new Arrivals(10, START_MS, lateness)
  arrivals.of(record(3, START_MS - HOUR_MS), undefined, START_MS)
  expect(lateness.share).toBeUndefined()
  arrivals.of(record(10, START_MS - HOUR_MS), undefined, START_MS)
  expect(lateness.share).toBe(1)
  arrivals.of(record(11, -1), undefined, START_MS)
  expect(lateness.share).toBe(1)
})

test('a few late timestamps are an accident, more are a clock that can’t be relied on', () => {
  const lateness = new Lateness()
  expect(lateness.isTrusted).toBe(true)
  for (let index = 0; index < 1000; index++) lateness.count(index % 200 === 0 ? HOUR_MS : 20)
  expect(lateness.isTrusted).toBe(true)
  for (let index = 0; index < 1000; index++) lateness.count(index % 20 === 0 ? HOUR_MS : 20)
  expect(lateness.isTrusted).toBe(false)
})

test('what an earlier owner knew holds until it is outweighed; a mended producer is believed again', () => {
  const lateness = new Lateness()
  lateness.restore(1)
  expect(lateness.isTrusted).toBe(false)
  for (let index = 0; index < 200_000; index++) lateness.count(0)
  expect(lateness.isTrusted).toBe(true)
})

test('after a pause, useless timestamps leave it open when records came', () => {
  const arrivals = new Arrivals(0, START_MS, new Lateness())
  const late = record(1, START_MS - HOUR_MS)
  arrivals.of(late, START_MS + 60_000, START_MS + 61_000)
  expect(arrivals.uncertainUntilMs).toBeUndefined()
  arrivals.of(record(2, START_MS + 65_000), START_MS + 61_000, START_MS + 70_000)
  expect(arrivals.uncertainUntilMs).toBeUndefined()
  arrivals.of(record(3, START_MS - HOUR_MS), START_MS + 70_000, START_MS + 80_000)
  expect(arrivals.uncertainUntilMs).toBe(START_MS + 80_000)
  arrivals.of(record(4, START_MS + 10 * HOUR_MS), START_MS + 81_000, START_MS + 90_000)
  expect(arrivals.uncertainUntilMs).toBe(START_MS + 90_000)
})
