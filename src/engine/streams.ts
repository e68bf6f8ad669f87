import { resumeGrowth } from '../lag/event-age.ts'
import type { TopicGrowth } from '../lag/event-age.ts'
import { watermarkMs } from '../lag/watermark.ts'
import type { Notice } from '../model/notice.ts'
import type { PartitionEnds } from '../model/offsets.ts'
import type { Sample } from '../model/sample.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { AssignedPartition, OffsetCommit, Source } from '../ports/source.ts'
import type { TopicFacts } from '../stream/topic-stream.ts'
import type { Notes } from './flush.ts'
import type { PartitionState, PartitionTable, TopicNote } from './partitions.ts'
import { Rebuilder } from './rebuild.ts'
import type { RebuildBounds } from './rebuild.ts'
import type { SchemaDesk } from './schema-desk.ts'
import type { TopicAtWork } from './topic-at-work.ts'

/** What the streams need of the engine. */
export interface StreamsSetting {
  readonly rebuild: RebuildBounds
  readonly flushIntervalMs: number
}

/** What came of one look at all topics. */
export interface StreamsTick {
  readonly samples: readonly Sample[]
  readonly notices: readonly Notice[]
}

/**
 * The topics that are here, as streams: begins them when they are given to this process, looks at them at each flush, and leaves word for
 * whoever owns them next. Only where a member owns whole topics: of a part of a topic nothing could be said.
 */
export class Streams implements Notes {
  readonly #topics: () => ReadonlyMap<string, TopicAtWork>
  readonly #table: PartitionTable
  readonly #flushIntervalMs: number
  readonly #clock: Clock
  readonly #log: Log
  readonly #rebuilder: Rebuilder

  constructor(
    topics: () => ReadonlyMap<string, TopicAtWork>,
    table: PartitionTable,
    source: Pick<Source, 'history'>,
    schemas: SchemaDesk | undefined,
    { rebuild, flushIntervalMs }: StreamsSetting,
    clock: Clock,
    log: Log,
  ) {
    this.#topics = topics
    this.#table = table
    this.#flushIntervalMs = flushIntervalMs
    this.#clock = clock
    this.#log = log
    this.#rebuilder = new Rebuilder(source, schemas, rebuild, clock, log)
  }

  /** Before partitions are taken away or given anew. */
  leave(): void {
    for (const [topic, { watch }] of this.#topics()) watch.leave(this.#table.ofTopic(topic))
  }

  /** The partitions that are ours from now on, all of them. */
  begin(assigned: readonly AssignedPartition[]): void {
    const byTopic = Map.groupBy(assigned, ({ topic }) => topic)
    for (const [name, topic] of this.#topics()) {
      const partitions = byTopic.get(name)
      if (partitions === undefined) this.#rebuilder.cancel(topic)
      else this.#beginTopic(topic, partitions)
    }
  }

  /** Looks at every topic that is here. `ends` are those that were answered now. */
  tick(ends: readonly PartitionEnds[]): StreamsTick {
    const endsByTopic = Map.groupBy(ends, ({ topic }) => topic)
    const nowMs = this.#clock.nowMs()
    const ticks = [...this.#here()].map(([topic, states]) => {
      const uncertain = states.flatMap(({ arrivals }) => arrivals.uncertainUntilMs ?? [])
      if (uncertain.length > 0) topic.watch.stream?.distrust(Math.max(...uncertain))
      return topic.watch.tick(this.#facts(topic, states, endsByTopic.get(topic.compiled.topic) ?? [], nowMs))
    })
    return {
      samples: ticks.flatMap(({ samples }) => samples),
      notices: ticks.flatMap(({ notices }) => notices),
    }
  }

  notes(): ReadonlyMap<string, TopicNote> {
    return new Map(
      [...this.#here()].flatMap(([{ compiled, watch, growth }, states]) => {
        const note = watch.note(seenArrivalMs(growth, states))
        return note === undefined ? [] : [[compiled.topic, note] as const]
      }),
    )
  }

  committed(offsets: readonly OffsetCommit[]): void {
    for (const { topic, note } of offsets) {
      if (note !== undefined) this.#topics().get(topic)?.watch.committed(note)
    }
  }

  /** Their rules were replaced: of their past, nothing more is to be told to them. */
  giveUp(topics: readonly TopicAtWork[]): void {
    for (const topic of topics) this.#rebuilder.cancel(topic)
  }

  stop(): void {
    this.#rebuilder.stop()
  }

  *#here(): Iterable<[TopicAtWork, readonly PartitionState[]]> {
    for (const [name, topic] of this.#topics()) {
      const states = this.#table.ofTopic(name)
      if (states.length > 0) yield [topic, states]
    }
  }

  #beginTopic(topic: TopicAtWork, partitions: readonly AssignedPartition[]): void {
    const beginning = topic.watch.begin(partitions, this.#clock.nowMs())
    if (beginning === 'kept') return
    const { memory } = beginning
    const { isTrusted } = topic.watch.lateness
    if (memory?.newestMs !== undefined) {
      const advancedAtMs = Math.min(memory.newestMs, this.#clock.nowMs())
      const hasGrown = partitions.some(({ end, committed }) => committed === undefined || end > committed)
      topic.growth = resumeGrowth(topic.growth, { advancedAtMs, hasGrown, isTrusted })
    }
    this.#rebuilder.cancel(topic)
    // Without a word from an earlier owner nothing was judged before, or it can't be told when it came.
    if (memory === undefined) return
    if (isTrusted) this.#rebuilder.start(topic, partitions)
    else {
      this.#log.info('Timestamps are far behind arrivals: windows fill as time goes by', {
        topic: topic.compiled.topic,
      })
    }
  }

  #facts(
    { growth }: TopicAtWork,
    states: readonly PartitionState[],
    ends: readonly PartitionEnds[],
    nowMs: number,
  ): TopicFacts {
    const watermark = watermarkMs(
      states.map(({ lastZeroMs, arrivals }) => ({ lastZeroMs, lastArrivalMs: arrivals.lastMs })),
    )
    return {
      nowMs,
      watermarkMs: watermark,
      isBehind: watermark === undefined || nowMs - watermark > 2 * this.#flushIntervalMs,
      isReachable: states.every(({ partition }) => ends.some((found) => found.partition === partition)),
      isEmpty: ends.every(({ end }) => end === 0),
      newestArrivalMs: newestArrivalMs(growth, states),
      isNewestClaimed: growth.isClaimed,
    }
  }
}

/**
 * When the newest record arrived. That the log grew is seen at a flush, up to one of them late; where all is judged, the last judgement
 * tells more exactly.
 */
function newestArrivalMs(
  { advancedAtMs }: TopicGrowth,
  states: readonly PartitionState[],
): number | undefined {
  const isAllJudged = states.every(({ position, end }) => end !== undefined && position >= end)
  const judgedAtMs = Math.max(...states.map((state) => state.judgedAtMs ?? -Infinity))
  return isAllJudged && judgedAtMs !== -Infinity && advancedAtMs !== undefined
    ? Math.min(advancedAtMs, judgedAtMs)
    : advancedAtMs
}

/** The newest arrival that is known by our own clock, for whoever comes next. */
function seenArrivalMs(growth: TopicGrowth, states: readonly PartitionState[]): number | undefined {
  const grownMs = growth.isClaimed ? undefined : newestArrivalMs(growth, states)
  const known = [grownMs, ...states.map(({ arrivals }) => arrivals.lastMs)].filter((ms) => ms !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
