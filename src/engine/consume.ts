import type { Clock } from '../ports/clock.ts'
import type { BatchControl, RecordBatch } from '../ports/source.ts'
import type { TopicJudge } from './judge-record.ts'
import { advance, observeEnd } from './partitions.ts'
import type { PartitionState } from './partitions.ts'

/**
 * How long judging may hold the event loop before timers, sockets and heartbeats have their turn. By time and not by count: a slow
 * rule must not starve the heartbeat (kafkajs issues 1083 and 1396).
 */
const SLICE_MS = 8

/**
 * Judges a batch in order, in slices. Stops early, between two records, when the batch is stale; lets a heartbeat's rejection pass, for
 * it tells the client to re-join.
 *
 * @returns how many records were judged.
 */
export async function consumeBatch(
  batch: RecordBatch,
  state: PartitionState,
  judge: TopicJudge,
  control: BatchControl,
  clock: Clock,
): Promise<number> {
  let judged = 0
  let opensSlice = true
  let nowMs = clock.nowMs()
  let sliceEndMs = clock.monotonicMs() + SLICE_MS
  for (const record of batch.records) {
    judge.judge(record, nowMs, opensSlice)
    judged++
    opensSlice = false
    advance(state, record.offset + 1)
    // Records of very old producers have no timestamp, which Kafka writes as −1.
    if (record.timestampMs >= 0) state.lastJudgedMs = record.timestampMs
    if (clock.monotonicMs() < sliceEndMs) continue
    control.advance(state.position)
    await clock.yieldToLoop()
    if (control.isStale()) return judged
    await control.heartbeat()
    // Once more, for the heartbeat took its time: what comes next may be somebody else's to judge.
    if (control.isStale()) return judged
    opensSlice = true
    nowMs = clock.nowMs()
    sliceEndMs = clock.monotonicMs() + SLICE_MS
  }
  advance(state, batch.nextOffset)
  control.advance(state.position)
  observeEnd(state, batch.endOffset, clock)
  await control.heartbeat()
  return judged
}
