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
