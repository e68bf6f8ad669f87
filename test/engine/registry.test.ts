import { beforeEach, expect, test } from 'vitest'
import { DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { SchemaAnswer } from '../../src/ports/schema-provider.ts'
import {
  assigned,
  batchOf,
  ManualClock,
  MemoryControl,
  MemoryLog,
  MemorySink,
  MemorySource,
  settled,
  TOPIC,
} from './memory.ts'
import { POSITIVE, topicOf } from './topics.ts'

const FLUSH_MS = 1_000
const STALL_MS = 60_000
const N = { type: 'record', name: 'R', fields: [{ name: 'n', type: 'int' }] }
const FOUND: SchemaAnswer = {
  kind: 'schema',
  schema: { kind: 'avro', text: JSON.stringify(N), references: [] },
}
const DOWN: SchemaAnswer = { kind: 'unavailable', detail: 'status 500' }

let clock: ManualClock
let source: MemorySource
let sink: MemorySink
let log: MemoryLog
let engine: Engine
let control: MemoryControl
let asked: number[]
let answer: SchemaAnswer

beforeEach(async () => {
  clock = new ManualClock()
  source = new MemorySource()
  sink = new MemorySink()
  log = new MemoryLog()
  control = new MemoryControl()
  asked = []
  answer = DOWN
  const provider = {
    ask: (id: number) => {
      asked.push(id)
      return Promise.resolve(answer)
    },
    close: () => {},
  }
  engine = new Engine([topicOf([POSITIVE])], source, [sink], clock, log, {
    domain: 'ads',
    group: 'assay-ads',
    flushIntervalMs: FLUSH_MS,
    stallTimeoutMs: STALL_MS,
    maxSeries: 1000,
    limits: DEFAULT_DECODE_LIMITS,
    shadowSample: undefined,
    announcers: [],
    rebuild: { records: 1000, timeoutMs: 30_000 },
    schemas: { provider, unknownTtlMs: 60_000, random: () => 0 },
  })
  void engine.run()
  source.handler.onConnection(true)
  source.handler.onAssigned([assigned()], true)
})

/** JSON where a number is given, else a frame. */
function batch(from: number, values: readonly (object | Uint8Array)[]) {
  const made = batchOf(
    from,
    values.map(() => ({})),
  )
  const records = made.records.map((record, index) => {
    const value = values[index]
    return { ...record, value: value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value)) }
  })
  return { ...made, records }
}

const framed = (id: number, n: number) => Buffer.from([0, 0, 0, 0, id, n * 2])
const pass = (tags = {}) => sink.total('dq.events', { result: 'pass', ...tags })

test('a batch whose schemas can be had is judged in one go', async () => {
  answer = FOUND
  await source.handler.onBatch(batch(0, [framed(1, 1), framed(2, 2), framed(1, 3), { n: 4 }]), control)
  await clock.pass(FLUSH_MS)
  expect(asked).toEqual([1, 2])
  expect(pass()).toBe(4)
  expect(control.paused).toBe(false)
  expect(sink.total('dq.records.recognised', { format: 'avro' })).toBe(3)
  expect(sink.total('dq.records.recognised', { format: 'json' })).toBe(1)
  expect(engine.recognised()).toEqual({ [TOPIC]: { avro: 3, json: 1 } })
  expect(sink.total('dq.schema.changes')).toBe(1)
  expect(sink.total('dq.registry.requests', { result: 'schema' })).toBe(2)
  expect(log.lines.find(({ message }) => message.startsWith('Events name a schema'))?.fields).toMatchObject({
    topic: TOPIC,
    offset: 1,
    schemaId: 2,
  })
})

test('without an answer the partition waits in front of the record: nothing of it is counted or committed, and it is no stall', async () => {
  source.endsAnswer = () => Promise.resolve([{ topic: TOPIC, partition: 0, low: 0, end: 3 }])
  await source.handler.onBatch(batch(0, [{ n: 1 }, framed(1, 1), { n: 2 }]), control)
  expect(control.paused).toBe(true)
  expect(control.advances).toEqual([1])
  await clock.pass(5 * STALL_MS)
  expect(pass()).toBe(1)
  expect(sink.total('dq.events', { result: 'undecodable' })).toBe(0)
  expect(source.commits.flat().every(({ offset }) => offset === 1)).toBe(true)
  expect(source.reconnects).toEqual([])
  expect(sink.gauge('dq.registry.unavailable')).toBe(1)
  expect(sink.gauge('dq.consumer.lag_offsets')).toBe(2)
  expect(engine.health()).toEqual({
    live: true,
    ready: false,
    reason: 'registry_unavailable (waiting partitions: 1)',
  })

  answer = FOUND
  await clock.pass(10_000)
  expect(control.paused).toBe(false)
  expect(engine.health()).toMatchObject({ ready: true, reason: 'ok' })
  await source.handler.onBatch(batch(1, [framed(1, 1), { n: 2 }]), control)
  await clock.pass(FLUSH_MS)
  expect(pass()).toBe(3)
  expect(sink.gauge('dq.registry.unavailable')).toBe(0)
  expect(source.commits.at(-1)).toMatchObject([{ offset: 3 }])
  // A stall of its own still counts, from the time at which it begins.
  expect(source.reconnects).toEqual([])
})

test('an id that the registry does not know is undecodable, counted, and asked for once', async () => {
  answer = { kind: 'unknown', detail: 'the registry does not know schema 7' }
  await source.handler.onBatch(
    batch(
      0,
      Array.from({ length: 50 }, () => framed(7, 1)),
    ),
    control,
  )
  await clock.pass(FLUSH_MS)
  expect(asked).toEqual([7])
  expect(sink.total('dq.records.rejected', { reason: 'schema_unknown' })).toBe(50)
  expect(control.paused).toBe(false)
})

test('a new assignment forgets what waited', async () => {
  await source.handler.onBatch(batch(0, [framed(1, 1)]), control)
  source.handler.onAssigned([assigned()], true)
  expect(engine.health()).toMatchObject({ ready: true })
  await settled()
})
