import { startHttpServer } from '../../src/adapters/http/server.ts'
import type { HttpServer } from '../../src/adapters/http/server.ts'
import { PrometheusSink } from '../../src/adapters/prometheus/sink.ts'
import { statusTexts } from '../../src/cli/status-page.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { PartitionEnds } from '../../src/model/offsets.ts'
import { assigned, MemoryControl, recordAt } from '../engine/memory.ts'
import { FLUSH_MS, RunningEngine } from '../engine/running.ts'
import { seededRandom, testHash } from '../status/support.ts'

/** An engine on ports in memory, with its page, its API and its metrics on a real server. */
export class ServedEngine {
  readonly running: RunningEngine
  server: HttpServer
  readonly #serve: (port: number) => Promise<HttpServer>
  readonly #offsets = new Map<string, number>()

  private constructor(
    running: RunningEngine,
    server: HttpServer,
    serve: (port: number) => Promise<HttpServer>,
  ) {
    this.running = running
    this.server = server
    this.#serve = serve
  }

  /** Every topic has one partition here, but for those that belong to others. */
  static async start(
    topics: readonly CompiledTopic[],
    elsewhere: readonly string[] = [],
  ): Promise<ServedEngine> {
    const prometheus = new PrometheusSink({})
    const status = { instance: 'test-1', version: '0.0.0', hash: testHash, random: seededRandom(1) }
    const running = new RunningEngine(topics, { status }, [prometheus])
    running.engine.rules.begin('abcd1234', false)
    const { reports } = running.engine
    if (reports === undefined) throw new Error('there are no reports')
    const probes = { health: () => running.engine.health(), metrics: () => prometheus.scrape() }
    const texts = statusTexts(reports, '0.0.0')
    const serve = (port: number) => startHttpServer({ host: '127.0.0.1', port }, probes, texts)
    const served = new ServedEngine(running, await serve(0), serve)
    served.#assign(topics.map(({ topic }) => topic).filter((topic) => !elsewhere.includes(topic)))
    return served
  }

  /** Is there again at the same address, after `close`. */
  async reopen(): Promise<void> {
    this.server = await this.#serve(this.server.port)
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`
  }

  /** Judges events, or records that can't be read if they are texts. */
  async feed(topic: string, events: readonly unknown[]): Promise<void> {
    const from = this.#offsets.get(topic) ?? 0
    const end = from + events.length
    const timestampMs = this.running.clock.nowMs()
    const records = events.map((event, index) =>
      recordAt(from + index, event, { topic, timestampMs, key: Buffer.from(`key-${index}`) }),
    )
    this.#offsets.set(topic, end)
    const batch = { topic, partition: 0, records, nextOffset: end, endOffset: end }
    await this.running.source.handler.onBatch(batch, new MemoryControl())
  }

  /** Time passes until the next totals are sent. */
  flush(times = 1): Promise<void> {
    return this.running.clock.pass(FLUSH_MS * times)
  }

  async get(path: string): Promise<unknown> {
    return (await fetch(`${this.url}${path}`)).json()
  }

  /** A count of the metrics, by name and labels as they stand there. */
  async metric(name: string, ...labels: readonly string[]): Promise<number | undefined> {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    const line = text
      .split('\n')
      .find((each) => each.startsWith(`${name}{`) && labels.every((label) => each.includes(label)))
    return line === undefined ? undefined : Number(line.split(' ').at(-1))
  }

  close(): Promise<void> {
    return this.server.close()
  }

  #assign(topics: readonly string[]): void {
    for (const topic of topics) this.#offsets.set(topic, 0)
    this.running.source.endsAnswer = () =>
      Promise.resolve(
        topics.map((topic): PartitionEnds => ({
          topic,
          partition: 0,
          low: 0,
          end: this.#offsets.get(topic) ?? 0,
        })),
      )
    this.running.source.handler.onAssigned(
      topics.map((topic) => assigned({ topic })),
      true,
    )
  }
}
