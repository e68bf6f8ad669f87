import { createRequire } from 'node:module'
import { StatsD } from 'hot-shots'
import type { ClientOptions } from 'hot-shots'
import { Fault } from '../../errors/fault.ts'
import type { Notice } from '../../model/notice.ts'
import type { Sample } from '../../model/sample.ts'
import type { Announcer } from '../../ports/announcer.ts'
import type { Log } from '../../ports/log.ts'
import type { Sink } from '../../ports/sink.ts'
import { toStatsdEvent } from './event.ts'

/** Where the StatsD receiver is. */
export type StatsdAddress =
  | { readonly protocol: 'udp'; readonly host: string; readonly port: number }
  | { readonly protocol: 'uds'; readonly path: string }

/** How to talk to the StatsD receiver. */
export interface StatsdConfig {
  readonly address: StatsdAddress
  /**
   * Whether the receiver is a Datadog Agent: then origin fields (`c:`, `e:`, `card:`) and the client's own telemetry are sent. Never
   * guessed: statsd_exporter, OpenTelemetry and Telegraf refuse lines with such fields.
   */
  readonly datadog: boolean
  /** Tags on every metric, as name and value. */
  readonly globalTags: Readonly<Record<string, string>>
}

/** Below the usual MTU of 1500 bytes with IP and UDP headers; a fragmented datagram is lost as a whole. */
const UDP_PACKET_BYTES = 1432
/** What the Agent reads of one datagram from a Unix socket. */
const UDS_PACKET_BYTES = 8192
/** What the client itself adds to a line for an Agent: container, external data, cardinality. */
const ORIGIN_BYTES = 300
/** Lines handed over before waiting for the socket: about 20 packets, well inside a receiver's buffer. */
const LINES_PER_BURST = 200

/** Sends totals and events over DogStatsD through hot-shots, and knows whether they left the socket. */
export class StatsdSink implements Sink, Announcer {
  readonly name = 'statsd'
  readonly #client: StatsD
  readonly #maxPacketBytes: number
  readonly #globalTags: StatsdConfig['globalTags']
  #lastError: Error | undefined

  /** @throws Fault if the address needs a part that is not installed */
  constructor({ address, datadog, globalTags }: StatsdConfig, log: Log) {
    if (address.protocol === 'uds') requireUnixSockets(address.path)
    this.#maxPacketBytes = address.protocol === 'uds' ? UDS_PACKET_BYTES : UDP_PACKET_BYTES
    this.#globalTags = globalTags
    this.#client = new StatsD({
      ...target(address),
      datadog,
      includeDatadogTelemetry: datadog,
      includeDataDogTags: false,
      ...(datadog ? { cardinality: 'low' as const } : {}),
      globalTags: { ...globalTags },
      maxBufferSize: this.#maxPacketBytes,
      errorHandler: (error) => {
        this.#lastError = error
        log.debug('The StatsD socket reported an error', { error: error.message })
      },
    })
  }

  /**
   * Resolves when the last packet's send callback was seen. Over UDP that means that the packets left this host; whether the receiver
   * took them can't be seen from here.
   */
  async send(samples: readonly Sample[]): Promise<void> {
    this.#lastError = undefined
    let lines = 0
    for (const sample of samples) {
      lines += this.#write(sample)
      if (lines < LINES_PER_BURST) continue
      await this.#flush()
      lines = 0
    }
    await this.#flush()
  }

  /** As an event, which only a Datadog Agent understands. */
  async announce(notice: Notice, atMs: number): Promise<void> {
    this.#lastError = undefined
    const tags = { ...notice.tags }
    const tagBytes = JSON.stringify({ ...this.#globalTags, ...tags }).length
    const event = toStatsdEvent(notice, atMs, this.#maxPacketBytes - ORIGIN_BYTES - tagBytes)
    this.#client.event(event.title, event.text, event.options, tags)
    await this.#flush()
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#client.close(() => resolve())
    })
  }

  #write(sample: Sample): number {
    const tags = { ...sample.tags }
    switch (sample.type) {
      case 'count':
        this.#client.increment(sample.name, sample.value, tags)
        return 1
      case 'gauge':
        this.#client.gauge(sample.name, sample.value, tags)
        return 1
      case 'distribution':
        for (const value of sample.values) this.#client.distribution(sample.name, value, tags)
        return sample.values.length
    }
  }

  async #flush(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#client.flush((error?: Error | null) => (error ? reject(error) : resolve()))
    })
    // A packet that was sent because the buffer was full reports to the error handler alone.
    if (this.#lastError !== undefined) throw this.#lastError
  }
}

function target(address: StatsdAddress): ClientOptions {
  return address.protocol === 'uds'
    ? { protocol: 'uds', path: address.path }
    : { protocol: 'udp', host: address.host, port: address.port, cacheDns: true }
}

/** Node has no Unix datagram sockets; without the optional native package hot-shots would lose every metric silently. */
function requireUnixSockets(path: string): void {
  try {
    createRequire(createRequire(import.meta.url).resolve('hot-shots'))('unix-dgram')
  } catch (error) {
    throw new Fault(
      'STATSD_UNIX_SOCKET_UNAVAILABLE',
      `the StatsD address unix://${path} needs the native package unix-dgram, which is not installed or was built for another Node`,
      'Use the image of the Dockerfile, which builds it, or send over UDP: --statsd HOST:PORT.',
      { cause: error },
    )
  }
}
