import { beforeEach, describe, expect, test } from 'vitest'
import { DomainTotals } from '../../src/engine/domain-totals.ts'
import { Flusher } from '../../src/engine/flush.ts'
import { Outboxes } from '../../src/engine/outboxes.ts'
import { advance, PartitionTable } from '../../src/engine/partitions.ts'
import type { PartitionState } from '../../src/engine/partitions.ts'
import { count, gauge } from '../../src/telemetry/samples.ts'
import { assigned, MemoryLog, MemorySink, MemorySource, settled, START_MS, TOPIC } from './memory.ts'

const TAGS = { domain: 'ads', topic: TOPIC }
const FAULT = new Error('no such host')

let table: PartitionTable
let source: MemorySource
let first: MemorySink
let second: MemorySink
let totals: DomainTotals
let log: MemoryLog
let flusher: Flusher
let judged: number

beforeEach(() => {
  table = new PartitionTable()
  table.assign([assigned({ committed: 0 })], START_MS)
  source = new MemorySource()
  first = new MemorySink('first')
  second = new MemorySink('second')
  totals = new DomainTotals('ads')
  log = new MemoryLog()
  judged = 0
  const drain = () => {
    const samples = [...(judged > 0 ? [count('dq.numbers.rounded', TAGS, judged)] : []), ...totals.drain()]
    judged = 0
    return samples
  }
  flusher = new Flusher([first, second], table, source, totals, drain, new Outboxes([], log), undefined, log)
})

function partition(): PartitionState {
  const state = table.get(TOPIC, 0)
  if (state === undefined) throw new Error('no partition')
  return state
}

/** Judges `records` more of the partition: one unit of the count each. */
function judge(records: number): void {
  judged += records
  advance(partition(), partition().position + records)
}

const committed = () => source.commits.map((offsets) => offsets.map(({ offset }) => offset))
const sent = (sink: MemorySink) => sink.total('dq.numbers.rounded')

test('totals are sent to every sink, then their offsets are committed', async () => {
  judge(3)
  expect(await flusher.flush([])).toBe(true)
  expect([sent(first), sent(second)]).toEqual([3, 3])
  expect(committed()).toEqual([[3]])
})

test('what is committed is not committed again', async () => {
  judge(3)
  await flusher.flush([])
  expect(await flusher.flush([])).toBe(true)
  expect(committed()).toEqual([[3]])
})

test('gauges go along', async () => {
  await flusher.flush([gauge('dq.topic.missing', TAGS, 1)])
  expect(first.gauge('dq.topic.missing')).toBe(1)
})

test('nothing is committed before the last sink has sent', async () => {
  second.hold()
  judge(3)
  const flushed = flusher.flush([])
  await settled()
  expect(sent(first)).toBe(3)
  expect(committed()).toEqual([])
  second.release()
  expect(await flushed).toBe(true)
  expect(committed()).toEqual([[3]])
})

test('records that are judged while a sink is sending are not committed with it', async () => {
  second.hold()
  judge(3)
  const flushed = flusher.flush([])
  await settled()
  judge(4)
  second.release()
  await flushed
  expect(committed()).toEqual([[3]])
  expect(partition()).toMatchObject({ position: 7, movedSinceFlush: true })
  await flusher.flush([])
  expect(committed()).toEqual([[3], [7]])
  expect([sent(first), sent(second)]).toEqual([7, 7])
})

test('flushes never overlap, and the one asked for last knows of all', async () => {
  first.hold()
  judge(1)
  const flushes = [flusher.flush([]), flusher.flush([]), flusher.flush([])]
  await settled()
  judge(2)
  first.release()
  expect(await Promise.all(flushes)).toEqual([true, true, true])
  expect([first.mostAtWork, second.mostAtWork]).toEqual([1, 1])
  expect(committed()).toEqual([[1], [3]])
  expect(sent(first)).toBe(3)
})

describe('a sink in error', () => {
  beforeEach(() => {
    second.fault = FAULT
  })

  test('stops commits, and the other sinks go on', async () => {
    judge(3)
    expect(await flusher.flush([])).toBe(false)
    expect(committed()).toEqual([])
    expect(sent(first)).toBe(3)
  })

  test('gets every total exactly once when it is back, and then all is committed at once', async () => {
    for (const records of [1, 2, 3]) {
      judge(records)
      await flusher.flush([])
    }
    second.fault = undefined
    judge(4)
    expect(await flusher.flush([])).toBe(true)
    expect([sent(first), sent(second)]).toEqual([10, 10])
    expect(second.taken).toHaveLength(1)
    expect(second.samples('dq.numbers.rounded')).toHaveLength(1)
    expect(committed()).toEqual([[10]])
  })

  test('gets back what it has missed also if nothing new came', async () => {
    judge(3)
    await flusher.flush([])
    second.fault = undefined
    expect(await flusher.flush([])).toBe(true)
    expect(sent(second)).toBe(3)
    expect(committed()).toEqual([[3]])
  })

  test('is counted with each flush and logged when it begins and ends', async () => {
    for (let flush = 0; flush < 3; flush++) await flusher.flush([])
    second.fault = undefined
    await flusher.flush([])
    await flusher.flush([])
    expect(first.total('dq.metrics.send_failures')).toBe(3)
    expect(second.total('dq.metrics.send_failures')).toBe(3)
    expect(log.lines.map(({ level, fields }) => [level, fields?.sink])).toEqual([
      ['error', 'second'],
      ['info', 'second'],
    ])
  })
})

describe('a commit that the brokers don’t take', () => {
  test('is counted, goes with the next flush, and sends no total twice', async () => {
    source.commitFault = new Error('coordinator not available')
    judge(3)
    expect(await flusher.flush([])).toBe(false)
    source.commitFault = undefined
    judge(1)
    expect(await flusher.flush([])).toBe(true)
    expect(committed()).toEqual([[4]])
    expect(sent(first)).toBe(4)
    expect(first.total('dq.commit.failures')).toBe(1)
    expect(log.lines.map(({ level }) => level)).toEqual(['warn'])
  })
})

describe('an assignment that changes while totals are being sent', () => {
  test('makes the old offsets void: they belong to whoever owns the partition now', async () => {
    first.hold()
    judge(3)
    const flushed = flusher.flush([])
    await settled()
    table.assign([assigned({ offset: 1, committed: 1 })], START_MS)
    first.release()
    expect(await flushed).toBe(false)
    expect(committed()).toEqual([])
    expect(table.pending().offsets).toEqual([])
  })

  test('leaves the totals sent', async () => {
    first.hold()
    judge(3)
    const flushed = flusher.flush([])
    await settled()
    table.assign([], START_MS)
    first.release()
    await flushed
    await flusher.flush([])
    expect(sent(first)).toBe(3)
  })
})
