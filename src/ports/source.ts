import type { PartitionEnds, PartitionOffset } from '../model/offsets.ts'
import type { KafkaRecord } from '../model/record.ts'

/** Records of one partition, in order, from one fetch. */
export interface RecordBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly KafkaRecord[]
  /** Where to go on when all of `records` are judged: past trailing control records of transactions, which are no events. */
  readonly nextOffset: number
  /** The end of the log as this fetch saw it. */
  readonly endOffset: number
  /** When the source asked for records of the partition the time before; if it got none, none were there then. */
  readonly askedBeforeMs?: number | undefined
}

/** What the engine may do while it works on a batch. */
export interface BatchControl {
  /** Tells the source that everything below `offset` is judged and need not be fetched again. */
  advance(offset: number): void
  /** Keeps the membership alive. Rejects when the group rebalances: stop the batch and let the rejection pass. */
  heartbeat(): Promise<void>
  /** True once the batch no longer belongs to this member or the source is stopping: stop the batch and return. */
  isStale(): boolean
  /**
   * Delivers no more of the partition, from the next batch on, until the returned function is called; then it goes on where `advance`
   * was last told. Others go on. A new assignment ends it.
   */
  pause(): () => void
}

/** A partition that this member has been given, and where it starts. */
export interface AssignedPartition extends PartitionOffset {
  /** What the group has committed; undefined if nothing. */
  readonly committed: number | undefined
  readonly end: number
  /** Timestamp of the last record in the log; undefined for an empty log or if it can't be had. */
  readonly lastTimestampMs: number | undefined
  /** The note that came with the group's commit, whoever wrote it; undefined if there is none. */
  readonly note: string | undefined
}

/** What the group is to remember of a partition: where to go on and, if there is something to say, a note beside it. */
export interface OffsetCommit extends PartitionOffset {
  readonly note?: string | undefined
}

/** Where the history of a partition begins. */
export interface HistoryPlace {
  readonly partition: number
  readonly offset: number
  /** Whether older records were left out, for there are more than may be read. */
  readonly isCut: boolean
}

/** Records of a partition that were read once more. */
export interface HistoryRecords {
  readonly records: readonly KafkaRecord[]
  /** Where to go on reading. */
  readonly nextOffset: number
}

/** The past of a topic's assigned partitions, read beside the events that come, without being a member of any group. */
export interface History {
  readonly places: readonly HistoryPlace[]
  /** A fetch of records from `offset` on; never none unless `before`, up to which the caller wants to know, is reached. */
  read(partition: number, offset: number, before: number): Promise<HistoryRecords>
  /** Gives its connections up. */
  close(): Promise<void>
}

/** Why a topic of the rules can't be read. */
export type TopicFault = 'missing' | 'denied' | 'unavailable'

/** What a source tells the engine. All calls are made one at a time. */
export interface SourceHandler {
  /** A new generation of the group: the partitions that are ours from now on, all of them. */
  onAssigned(partitions: readonly AssignedPartition[], isLeader: boolean): void
  /** The partitions are no longer ours, and what was judged of them without a commit will be judged again by whoever gets them. */
  onRevoked(): void
  /** Before this member re-joins or leaves: flush and commit what is judged. Never rejects. */
  beforeRejoin(): Promise<void>
  onBatch(batch: RecordBatch, control: BatchControl): Promise<void>
  /** A position that moved past records that carry no events (transaction markers, aborted records). */
  onSkipped(position: PartitionOffset): void
  /** Records that retention or a reset removed before they were judged. */
  onGap(topic: string, records: number): void
  /** The topics of the rules that can't be read at present: all of them. */
  onTopicFaults(faults: ReadonlyMap<string, TopicFault>): void
  /** The connection to the brokers came or went. */
  onConnection(connected: boolean): void
}

/** Where events come from. */
export interface Source {
  /**
   * Consumes until `stop`. Rejects with a Fault when it can't go on (no broker for the configured time, a refused group, a fault of
   * the client that nothing mends); never ends silently.
   */
  run(handler: SourceHandler): Promise<void>
  /** Commits for the present generation of the group. Rejects if the brokers did not take it. */
  commit(offsets: readonly OffsetCommit[]): Promise<void>
  /** The readable range of the assigned partitions; those that can't be had now are left out. */
  ends(): Promise<readonly PartitionEnds[]>
  /**
   * Opens the past of assigned partitions: what was written since `sinceMs`, by the timestamps of its records, and before `offset`, which
   * is where each partition was begun here; of that, the newest `maxRecords`. Rejects if the brokers don't tell.
   */
  history(
    topic: string,
    partitions: readonly PartitionOffset[],
    sinceMs: number,
    maxRecords: number,
  ): Promise<History>
  /**
   * Reads these topics from now on, and no others. If they differ from those before: delivers nothing more, lets the handler flush and
   * commit (`beforeRejoin`), and joins anew.
   */
  subscribe(topics: readonly string[]): void
  /** Drops the present connection and joins anew: the remedy for a silent stall. */
  reconnect(reason: string): void
  /** Delivers no more batches; resolves when none is at work. The membership stays, so that offsets can still be committed. */
  quiesce(): Promise<void>
  /** Leaves the group and disconnects. */
  stop(): Promise<void>
}
