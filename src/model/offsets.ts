/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** A place in a partition's log. */
export interface PartitionOffset extends TopicPartition {
  readonly offset: number
}

/** The readable range of a partition's log: `low` is its first offset, `end` the next one to be written (with open transactions the last stable offset). */
export interface PartitionEnds extends TopicPartition {
  readonly low: number
  readonly end: number
}

/** How late our verdicts are in one partition. Absent values are unknown, never 0. */
export interface PartitionLag extends TopicPartition {
  readonly offsets: number | undefined
  readonly seconds: number | undefined
}
