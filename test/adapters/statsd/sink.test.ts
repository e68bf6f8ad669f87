import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StatsdSink } from '../../../src/adapters/statsd/sink.ts'
import type { StatsdConfig } from '../../../src/adapters/statsd/sink.ts'
import { count, distribution, gauge } from '../../../src/telemetry/samples.ts'
import { startUdpReceiver } from '../../../tools/statsd-receiver/start-udp-receiver.ts'
import type { UdpReceiver } from '../../../tools/statsd-receiver/start-udp-receiver.ts'
import { MemoryLog } from '../../engine/memory.ts'

const TOPIC = { domain: 'ads', topic: 'a' }
const CONTRACT = { domain: 'ads', team: 't', contract: 'c', topic: 'a' }
/** Below an Ethernet frame of 1500 bytes with IP and UDP headers. */
const MAX_PACKET_BYTES = 1432

let receiver: UdpReceiver
let sink: StatsdSink

const open = (more: Partial<StatsdConfig> = {}) => {
  const address = { protocol: 'udp', host: '127.0.0.1', port: receiver.port } as const
  sink = new StatsdSink(
    { address, datadog: false, globalTags: { env: 'test', service: 'assay-ads' }, ...more },
    new MemoryLog(),
  )
  return sink
}

beforeEach(async () => {
  receiver = await startUdpReceiver()
  open()
})

afterEach(async () => {
  await sink.close()
  await receiver.stop()
})

test('counts, gauges and distributions arrive with their tags and the global ones, unsampled', async () => {
  await sink.send([
    count('dq.offset_gap', TOPIC, 7),
    count('dq.events', { ...CONTRACT, result: 'fail' }, 0),
    gauge('dq.topic.missing', TOPIC, 1),
    distribution('dq.evaluate.duration', CONTRACT, [0.25, 0.5]),
  ])
  await receiver.until(() => receiver.values('dq.evaluate.duration').length === 2)
  expect(receiver.malformed).toEqual([])
  expect(receiver.count('dq.offset_gap', { ...TOPIC, env: 'test', service: 'assay-ads' })).toBe(7)
  expect(receiver.lines.find(({ name }) => name === 'dq.events')?.values).toEqual([0])
  expect(receiver.gauge('dq.topic.missing', TOPIC)).toBe(1)
  expect(receiver.values('dq.evaluate.duration', CONTRACT)).toEqual([0.25, 0.5])
  expect(receiver.lines.every(({ sampleRate }) => sampleRate === 1)).toBe(true)
})

test('many samples arrive all, in packets that no network has to cut', async () => {
  const samples = Array.from({ length: 5000 }, (_, index) =>
    count('dq.offset_gap', { domain: 'ads', topic: `topic-${index}` }, 1),
  )
  await sink.send(samples)
  await receiver.until(() => receiver.lines.length === samples.length)
  expect(receiver.count('dq.offset_gap')).toBe(5000)
  expect(receiver.maxDatagramBytes()).toBeLessThanOrEqual(MAX_PACKET_BYTES)
  expect(receiver.datagrams()).toBeLessThan(samples.length / 5)
})

test('large counts stay exact', async () => {
  await sink.send([count('dq.offset_gap', TOPIC, Number.MAX_SAFE_INTEGER)])
  await receiver.until(() => receiver.lines.length === 1)
  expect(receiver.count('dq.offset_gap')).toBe(Number.MAX_SAFE_INTEGER)
})

test('nothing to send is sent at once', async () => {
  await sink.send([])
  expect(receiver.datagrams()).toBe(0)
})

describe('without a Datadog Agent', () => {
  test('no line has fields that only an Agent reads', async () => {
    await sink.send([count('dq.offset_gap', TOPIC, 1)])
    await receiver.until(() => receiver.datagrams() > 0)
    expect(receiver.malformed).toEqual([])
  })

  test('nobody’s DD_ variables become tags unasked', async () => {
    const before = process.env.DD_ENTITY_ID
    process.env.DD_ENTITY_ID = 'pod-uid'
    try {
      await sink.close()
      await open().send([count('dq.offset_gap', TOPIC, 1)])
      await receiver.until(() => receiver.lines.length === 1)
      expect(receiver.lines[0]?.tags).toEqual({ ...TOPIC, env: 'test', service: 'assay-ads' })
    } finally {
      if (before === undefined) delete process.env.DD_ENTITY_ID
      else process.env.DD_ENTITY_ID = before
    }
  })
})

describe('a receiver that can’t be reached', () => {
  test('by name makes the send reject, and a later one too', async () => {
    await sink.close()
    open({ address: { protocol: 'udp', host: 'receiver.invalid', port: 8125 } })
    await expect(sink.send([count('dq.offset_gap', TOPIC, 1)])).rejects.toThrow(/receiver\.invalid/)
    await expect(sink.send([count('dq.offset_gap', TOPIC, 1)])).rejects.toThrow(/receiver\.invalid/)
  })

  test('makes a send of many packets reject', async () => {
    await sink.close()
    open({ address: { protocol: 'udp', host: 'receiver.invalid', port: 8125 } })
    const samples = Array.from({ length: 1000 }, (_, index) =>
      count('dq.offset_gap', { domain: 'ads', topic: `t${index}` }, 1),
    )
    await expect(sink.send(samples)).rejects.toThrow()
  })

  test('because nobody listens is not seen over UDP, and a receiver that comes back gets what is sent then', async () => {
    const { port } = receiver
    await receiver.stop()
    await sink.send([count('dq.offset_gap', TOPIC, 1)])
    receiver = await startUdpReceiver(port)
    await sink.send([count('dq.offset_gap', TOPIC, 2)])
    await receiver.until(() => receiver.count('dq.offset_gap') === 2)
  })
})

test('a Unix socket loses nothing silently: without the native package it is refused at the start, and without a receiver the send rejects', async () => {
  await sink.close()
  const address = { protocol: 'uds', path: '/nowhere/dsd.socket' } as const
  if (hasUnixSockets()) {
    await expect(open({ address }).send([count('dq.offset_gap', TOPIC, 1)])).rejects.toThrow()
  } else {
    expect(() => open({ address })).toThrow(
      expect.objectContaining({ code: 'STATSD_UNIX_SOCKET_UNAVAILABLE' }),
    )
  }
})

function hasUnixSockets(): boolean {
  try {
    createRequire(createRequire(import.meta.url).resolve('hot-shots'))('unix-dgram')
    return true
  } catch {
    return false
  }
}
