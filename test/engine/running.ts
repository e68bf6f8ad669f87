import { DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { EngineOptions } from '../../src/engine/engine.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { Sink } from '../../src/ports/sink.ts'
import {
  assigned,
  batchOf,
  ManualClock,
  MemoryControl,
  MemoryLog,
  MemorySink,
  MemorySource,
} from './memory.ts'

export const FLUSH_MS = 10_000

/** An engine that has one partition, with everything it touches in the hands of the test. */
export class RunningEngine {
  readonly clock = new ManualClock()
  readonly source = new MemorySource()
  readonly sink = new MemorySink()
  readonly log = new MemoryLog()
  readonly engine: Engine
  #offset = 0

  constructor(
    topics: readonly CompiledTopic[],
    more: Partial<EngineOptions> = {},
    sinks: readonly Sink[] = [],
  ) {
    this.engine = new Engine(topics, this.source, [this.sink, ...sinks], this.clock, this.log, {
      domain: 'ads',
      group: 'assay-ads',
      flushIntervalMs: FLUSH_MS,
      stallTimeoutMs: 3_600_000,
      maxSeries: 1000,
      limits: DEFAULT_DECODE_LIMITS,
      shadowSample: undefined,
      announcers: [],
      rebuild: { records: 1000, timeoutMs: 30_000 },
      ...more,
    })
    void this.engine.run()
    this.source.handler.onConnection(true)
    this.source.handler.onAssigned([assigned()], true)
  }

  /** Lets it judge events as one batch. */
  async consume(...events: readonly unknown[]): Promise<void> {
    await this.source.handler.onBatch(batchOf(this.#offset, events), new MemoryControl())
    this.#offset += events.length
  }

  verdicts(rule: string, result: string): number {
    return this.sink.total('dq.rule.evaluations', { rule, result })
  }

  lines(message: RegExp): MemoryLog['lines'] {
    return this.log.lines.filter((line) => message.test(line.message))
  }
}
