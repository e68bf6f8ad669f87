import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { toStatsdEvent } from '../../../src/adapters/statsd/event.ts'
import { StatsdSink } from '../../../src/adapters/statsd/sink.ts'
import type { StatsdConfig } from '../../../src/adapters/statsd/sink.ts'
import type { Notice } from '../../../src/model/notice.ts'
import { count } from '../../../src/telemetry/samples.ts'
import { MemoryLog } from '../../engine/memory.ts'

const AT_MS = Date.UTC(2025, 5, 1, 12)
/** Below an Ethernet frame of 1500 bytes with IP and UDP headers. */
const MAX_PACKET_BYTES = 1432

function noticeOf(more: Partial<Notice> = {}): Notice {
  return {
    title: 'Breached: positive of ads',
    text: 'An ad has a price.\n15 of 100 events failed.',
    aggregationKey: 'ads/positive',
    alertType: 'error',
    tags: { team: 't', contract: 'ads' },
    fields: {},
    ...more,
  }
}

/** Datagrams that a sink sends, one after the other. */
async function receive(more: Partial<StatsdConfig> = {}) {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const address = { protocol: 'udp', host: '127.0.0.1', port: socket.address().port } as const
  const sink = new StatsdSink(
    { address, datadog: true, globalTags: { env: 'test' }, ...more },
    new MemoryLog(),
  )
  onTestFinished(async () => {
    await sink.close()
    socket.close()
  })
  return { sink, next: async () => ((await once(socket, 'message')) as [Buffer])[0].toString('latin1') }
}

test('an event has its lengths, time, key, alert type and tags', async () => {
  const { sink, next } = await receive()
  const datagram = next()
  await sink.announce(noticeOf(), AT_MS)
  expect(await datagram).toMatch(
    /^_e\{25,44\}:Breached: positive of ads\|An ad has a price\.\\n15 of 100 events failed\.\|d:1748779200\|k:ads\/positive\|t:error\|#env:test,team:t,contract:ads\|.*card:low\n?$/,
  )
})

test('lengths are those of the bytes that are sent, whatever the text', async () => {
  const { sink, next } = await receive()
  const datagram = next()
  await sink.announce(
    noticeOf({ title: 'Prix «à débattre» – 5 €', text: 'Größe\n\n漢字 😀 | pipes|' }),
    AT_MS,
  )
  const event = await datagram
  const [, titleBytes, textBytes] = /^_e\{(\d+),(\d+)\}:/.exec(event) ?? []
  const title = event.slice(event.indexOf(':') + 1).slice(0, Number(titleBytes))
  expect(title).toBe('Prix ?? d?battre? ? 5 ?')
  const rest = event.slice(event.indexOf(title) + title.length)
  expect(rest.slice(1, 1 + Number(textBytes))).toBe(String.raw`Gr??e\n\n?? ? | pipes|`)
  expect(rest.slice(1 + Number(textBytes))).toMatch(/^\|d:/)
})

test('a long event is shortened so that no datagram is cut, and not below what it is about', async () => {
  const tags = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`tag${index}`, 'v'.repeat(20)]))
  const { sink, next } = await receive({ globalTags: tags })
  const datagram = next()
  await sink.announce(noticeOf({ text: 'long line\n'.repeat(500) }), AT_MS)
  const event = await datagram
  expect(event.length).toBeLessThanOrEqual(MAX_PACKET_BYTES)
  expect(event).toContain('Breached: positive of ads|long line')
  expect(event).toMatch(/\.\.\.\|d:\d+\|k:ads\/positive\|t:error\|#/)
  expect(event).toContain('contract:ads')
})

test('an event shares no datagram with lines that were sent before', async () => {
  const { sink, next } = await receive()
  const first = next()
  await sink.send([count('dq.offset_gap', { domain: 'ads', topic: 'a' }, 7)])
  expect(await first).toContain('dq.offset_gap:7|c')
  const second = next()
  await sink.announce(noticeOf(), AT_MS)
  expect(await second).toMatch(/^_e\{/)
})

test('a receiver that can’t be found is a fault, so that the event is kept', async () => {
  const sink = new StatsdSink(
    {
      address: { protocol: 'udp', host: 'no-such-host.invalid', port: 8125 },
      datadog: true,
      globalTags: {},
    },
    new MemoryLog(),
  )
  await expect(sink.announce(noticeOf(), AT_MS)).rejects.toThrow('no-such-host')
  await sink.close()
})

test('keys of aggregation stay whole words of the protocol', () => {
  const { options } = toStatsdEvent(noticeOf({ aggregationKey: `a|b c\n${'x'.repeat(200)}` }), AT_MS, 1000)
  expect(options.aggregation_key).toMatch(/^a_b_c_x+\.\.\.$/)
  expect(options.aggregation_key).toHaveLength(100)
})
