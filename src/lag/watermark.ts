/** How far the records of one partition have been judged. Absent values are unknown. */
export interface PartitionProgress {
  /** When its lag was last seen to be 0. */
  readonly lastZeroMs: number | undefined
  /** The arrival of its last judged record. */
  readonly lastArrivalMs: number | undefined
}

/**
 * The moment up to which everything that arrived in a topic has been judged: that of the partition that is furthest behind. A partition
 * without new records has lag 0 whenever its end is asked for, so it holds nothing back; while the brokers don't answer, the moment stands
 * still. Undefined while nothing is known of a partition, or there is none.
 */
export function watermarkMs(partitions: readonly PartitionProgress[]): number | undefined {
  if (partitions.length === 0) return undefined
  const earliestMs = Math.min(...partitions.map(judgedUntilMs))
  return earliestMs === -Infinity ? undefined : earliestMs
}

function judgedUntilMs({ lastZeroMs, lastArrivalMs }: PartitionProgress): number {
  return Math.max(lastZeroMs ?? -Infinity, lastArrivalMs ?? -Infinity)
}
