import { createSocket, type Socket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import { isMalformed, parseLine, type MalformedLine, type StatsdLine } from './parse-line.ts'

/** Asked of the kernel, which may give less: a burst that overflows it is lost without a trace. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024

export type Tags = Readonly<Record<string, string>>

/** Takes DogStatsD datagrams and keeps what they said. Names and tags select series: those that have all of `tags` and perhaps more. */
export interface UdpReceiver {
  readonly port: number
  /** Every well-formed line, in order of arrival. */
  readonly lines: readonly StatsdLine[]
  readonly malformed: readonly MalformedLine[]
  datagrams(): number
  maxDatagramBytes(): number
  /** Sum of the counts, each divided by its sample rate. */
  count(name: string, tags?: Tags): number
  /** The value that came last in any of the series. */
  gauge(name: string, tags?: Tags): number | undefined
  /** All values of timers, histograms and distributions, in order of arrival. */
  values(name: string, tags?: Tags): number[]
  /** Resolves as soon as `isEnough` holds, asked at once and after each datagram. Rejects, with what came, after the time-out. */
  until(isEnough: () => boolean, timeoutMs?: number): Promise<void>
  /** Forgets everything that came so far. */
  clear(): void
  stop(): Promise<void>
}

/** Starts a receiver on a free port of the loopback address, or on the given one. */
export async function startUdpReceiver(port = 0): Promise<UdpReceiver> {
  const socket = createSocket('udp4')
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  return toReceiver(socket)
}

interface Received {
  readonly lines: StatsdLine[]
  readonly malformed: MalformedLine[]
  datagrams: number
  maxDatagramBytes: number
}

function toReceiver(socket: Socket): UdpReceiver {
  const received: Received = { lines: [], malformed: [], datagrams: 0, maxDatagramBytes: 0 }
  const arrivals = new EventEmitter()
  socket.on('message', (datagram) => {
    take(received, datagram)
    arrivals.emit('datagram')
  })
  return {
    ...reading(received),
    port: socket.address().port,
    until: (isEnough, timeoutMs = 10_000) =>
      untilEnough(arrivals, isEnough, timeoutMs, () => describe(received)),
    stop: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}

function take(received: Received, datagram: Buffer): void {
  received.datagrams += 1
  received.maxDatagramBytes = Math.max(received.maxDatagramBytes, datagram.length)
  // A line feed may end the last line too.
  for (const line of datagram.toString('utf8').replace(/\n$/, '').split('\n')) {
    const parsed = parseLine(line)
    if (isMalformed(parsed)) received.malformed.push(parsed)
    else received.lines.push(parsed)
  }
}

function reading(received: Received): Omit<UdpReceiver, 'port' | 'until' | 'stop'> {
  const select = (name: string, types: readonly string[], tags: Tags = {}) =>
    received.lines.filter((line) => line.name === name && types.includes(line.type) && hasTags(line, tags))
  return {
    lines: received.lines,
    malformed: received.malformed,
    datagrams: () => received.datagrams,
    maxDatagramBytes: () => received.maxDatagramBytes,
    count: (name, tags) =>
      select(name, ['c'], tags).reduce((sum, line) => sum + (line.values[0] ?? 0) / line.sampleRate, 0),
    gauge: (name, tags) => select(name, ['g'], tags).at(-1)?.values[0],
    values: (name, tags) => select(name, ['ms', 'h', 'd'], tags).flatMap((line) => line.values),
    clear: () => {
      received.lines.length = 0
      received.malformed.length = 0
      received.datagrams = 0
      received.maxDatagramBytes = 0
    },
  }
}

function hasTags(line: StatsdLine, tags: Tags): boolean {
  return Object.entries(tags).every(([key, value]) => line.tags[key] === value)
}

function untilEnough(
  arrivals: EventEmitter,
  isEnough: () => boolean,
  timeoutMs: number,
  describeReceived: () => string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      arrivals.off('datagram', look)
      finish()
    }
    const look = () => {
      try {
        if (isEnough()) settle(resolve)
      } catch (error) {
        settle(() => reject(error))
      }
    }
    const timer = setTimeout(
      () => settle(() => reject(new Error(`not enough came in ${timeoutMs} ms: ${describeReceived()}`))),
      timeoutMs,
    )
    arrivals.on('datagram', look)
    look()
  })
}

function describe(received: Received): string {
  const names = [...new Set(received.lines.map((line) => line.name))].join(', ')
  return `${received.datagrams} datagrams, ${received.malformed.length} malformed lines, metrics: ${names || 'none'}`
}
