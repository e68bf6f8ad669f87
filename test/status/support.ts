import { createHash } from 'node:crypto'
import { EventContext } from '../../src/evaluate/context.ts'
import { EventJudge } from '../../src/evaluate/event-judge.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { KafkaRecord } from '../../src/model/record.ts'
import { ViolationSampler } from '../../src/status/violation-sampler.ts'
import { NOW_MS, recordOf } from '../evaluate/support.ts'

/** Chance that is the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A hash without a key, for what it gives away does no harm here. */
export function testHash(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 12)
}

/** A sampler with the judge that it looks at. */
export class SampledTopic {
  readonly sampler: ViolationSampler
  readonly #judge: EventJudge

  constructor(topic: CompiledTopic) {
    this.#judge = new EventJudge(topic.contracts)
    this.sampler = new ViolationSampler(topic, this.#judge, testHash, seededRandom(1))
  }

  judge(event: unknown, record: Partial<KafkaRecord> = {}): void {
    const context = new EventContext(recordOf(record), NOW_MS)
    this.#judge.judge(event, context)
    this.sampler.afterEvent(event, context)
  }
}
