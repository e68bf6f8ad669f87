import { beforeEach, describe, expect, test } from 'vitest'
import { SchemaDesk } from '../../src/engine/schema-desk.ts'
import type { SchemaAnswer, SchemaProvider } from '../../src/ports/schema-provider.ts'
import { ManualClock, MemoryLog, settled } from './memory.ts'

const FOUND: SchemaAnswer = { kind: 'schema', schema: { kind: 'avro', text: '"int"', references: [] } }
const UNKNOWN: SchemaAnswer = { kind: 'unknown', detail: 'the registry does not know it' }
const DOWN: SchemaAnswer = { kind: 'unavailable', detail: 'ECONNREFUSED' }

let clock: ManualClock
let log: MemoryLog
let asked: number[]
let counts: Record<string, number>
let answerTo: (id: number) => Promise<SchemaAnswer>
let desk: SchemaDesk

beforeEach(() => {
  clock = new ManualClock()
  log = new MemoryLog()
  asked = []
  counts = {}
  answerTo = () => Promise.resolve(FOUND)
  const provider: SchemaProvider = {
    ask: (id) => {
      asked.push(id)
      return answerTo(id)
    },
    close: () => {},
  }
  const tally = {
    countRegistryRequest: (result: string) => {
      counts[result] = (counts[result] ?? 0) + 1
    },
  }
  desk = new SchemaDesk({ provider, unknownTtlMs: 60_000, random: () => 0 }, tally, clock, log)
})

describe('what is known', () => {
  test('is asked for once, however many want it', async () => {
    await Promise.all([desk.resolve([5]), desk.resolve([5, 6]), desk.whenKnown(5)])
    await desk.resolve(desk.missing([5, 6]))
    expect(asked).toEqual([5, 6])
    expect(desk.find(5)).toBe(FOUND)
    expect(desk.find(7)).toBeUndefined()
    expect(clock.alarms).toBe(0)
  })

  test('an unknown id is asked for again when its time is over', async () => {
    answerTo = () => Promise.resolve(UNKNOWN)
    for (let record = 0; record < 50; record++) await desk.resolve(desk.missing([9]))
    expect(asked).toEqual([9])
    expect(desk.find(9)).toBe(UNKNOWN)
    await clock.pass(44_000)
    expect(desk.missing([9])).toEqual([])
    await clock.pass(2_000)
    expect(desk.missing([9])).toEqual([9])
    answerTo = () => Promise.resolve(FOUND)
    await desk.resolve([9])
    expect(desk.find(9)).toBe(FOUND)
  })

  test('of a flood of ids, four are asked for at a time, and as unknown no more than 10,000 are kept', async () => {
    let atOnce = 0
    let most = 0
    answerTo = async () => {
      most = Math.max(most, ++atOnce)
      await settled()
      atOnce--
      return UNKNOWN
    }
    await Promise.all(Array.from({ length: 40 }, (_, id) => desk.whenKnown(id)))
    expect(most).toBe(4)
    answerTo = () => Promise.resolve(UNKNOWN)
    await Promise.all(Array.from({ length: 10_100 }, (_, id) => desk.whenKnown(id)))
    expect(desk.find(0)).toBeUndefined()
    expect(desk.find(10_099)).toBe(UNKNOWN)
  })
})

describe('a registry out of reach', () => {
  test('is asked at longer and longer intervals, for one id at a time, and answers all when it is back', async () => {
    answerTo = () => Promise.resolve(DOWN)
    const known = Promise.all([1, 2, 3, 4, 5, 6].map((id) => desk.whenKnown(id)))
    await settled()
    await clock.pass(60_000)
    expect(desk.isUnavailable).toBe(true)
    // Four at first; then after 0.375 s, 0.75 s, 1.5 s, 3 s, 6 s, and every 7.5 s.
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.length).toBeLessThan(18)
    expect(log.lines.filter(({ level }) => level === 'warn').length).toBeLessThanOrEqual(3)
    expect(log.lines[0]?.fields).toMatchObject({ state: 'registry_unavailable', error: 'ECONNREFUSED' })
    answerTo = () => Promise.resolve(FOUND)
    await clock.pass(10_000)
    await known
    expect(desk.isUnavailable).toBe(false)
    expect(log.lines.at(-1)?.message).toBe('The schema registry answers again')
    expect(desk.missing([1, 2, 3, 4, 5, 6])).toEqual([])
  })

  test('keeps a batch for a second at most, and not at all when it is known to be away', async () => {
    answerTo = () => new Promise(() => {})
    let isOver = false
    const wait = async () => {
      await desk.resolve([1])
      isOver = true
    }
    const waiting = wait()
    await clock.pass(900)
    expect(isOver).toBe(false)
    await clock.pass(200)
    await waiting
    expect(isOver).toBe(true)
    expect(clock.alarms).toBe(0)
  })

  test('ends the waits of batches as soon as it fails', async () => {
    answerTo = () => Promise.resolve(DOWN)
    await desk.resolve([1])
    await desk.resolve([2])
    expect(asked).toEqual([1])
  })

  test('one id that it fails on does not keep others from being known', async () => {
    answerTo = (id) => Promise.resolve(id === 1 ? DOWN : FOUND)
    void desk.whenKnown(1)
    await settled()
    await clock.pass(5_000)
    void desk.whenKnown(2)
    await clock.pass(20_000)
    expect(desk.find(2)).toBe(FOUND)
    expect(desk.find(1)).toBeUndefined()
  })

  test('is not asked any more after the stop', async () => {
    answerTo = () => Promise.resolve(DOWN)
    void desk.whenKnown(1)
    await settled()
    desk.stop()
    await clock.pass(60_000)
    expect(asked).toEqual([1])
    expect(clock.alarms).toBe(0)
  })

  test('what came of each question is counted', async () => {
    answerTo = (id) => Promise.resolve(id === 1 ? UNKNOWN : FOUND)
    await desk.resolve([1, 2])
    expect(counts).toEqual({ unknown: 1, schema: 1 })
  })
})
