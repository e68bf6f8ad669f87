import type { Clock } from '../ports/clock.ts'
import type { BatchControl, RecordBatch } from '../ports/source.ts'
import type { TopicJudge } from './judge-record.ts'
import { advance, observeAsked, observeEnd } from './partitions.ts'
import type { PartitionState } from './partitions.ts'

/**
 * How long judging may hold the event loop before timers, sockets and heartbeats have their turn. By time and not by count: a slow
 * rule must not starve the heartbeat (kafkajs issues 1083 and 1396).
 */
const SLICE_MS = 8

/** How far a batch was judged. */
export interface Consumed {
  readonly judged: number
  /** The schema that the registry has to be asked for before the next record can be judged, if that is why it stopped there. */
  readonly neededSchema?: number
}

/**
 * Judges a batch in order, in slices. Stops early, between two records, when the batch is stale or no rules watch its topic any more; lets a heartbeat's rejection pass, for
 * it tells the client to re-join.
 */
export async function consumeBatch(
  batch: RecordBatch,
  state: PartitionState,
  judgeNow: () => TopicJudge | undefined,
  control: BatchControl,
  clock: Clock,
): Promise<Consumed> {
  observeAsked(state, batch.askedBeforeMs)
  let judged = 0
  let judge = judgeNow()
  let opensSlice = true
  let nowMs = clock.nowMs()
  let sliceEndMs = clock.monotonicMs() + SLICE_MS
  for (const record of batch.records) {
    if (judge === undefined) return { judged }
    const arrivalMs = state.arrivals.of(record, state.lastZeroMs, nowMs)
    const needed = judge.judge(record, nowMs, opensSlice, arrivalMs)
    if (needed !== undefined) {
      if (judged > 0) control.advance(state.position)
      return { judged, neededSchema: needed }
    }
    judged++
    state.arrivals.lastMs = arrivalMs
    state.judgedAtMs = nowMs
    opensSlice = false
    advance(state, record.offset + 1)
    // Records of very old producers have no timestamp, which Kafka writes as −1.
    if (record.timestampMs >= 0) state.lastJudgedMs = record.timestampMs
    if (clock.monotonicMs() < sliceEndMs) continue
    control.advance(state.position)
    await clock.yieldToLoop()
    if (control.isStale()) return { judged }
    await control.heartbeat()
    // Once more, for the heartbeat took its time: what comes next may be somebody else's to judge.
    if (control.isStale()) return { judged }
    // Rules may have been replaced while others had their turn.
    judge = judgeNow()
    opensSlice = true
    nowMs = clock.nowMs()
    sliceEndMs = clock.monotonicMs() + SLICE_MS
  }
  advance(state, batch.nextOffset)
  control.advance(state.position)
  observeEnd(state, batch.endOffset, clock)
  await control.heartbeat()
  return { judged }
}
