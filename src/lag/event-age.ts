import type { PartitionEnds } from '../model/offsets.ts'

/**
 * What is known of a topic's growth. The producer's silence is measured on our clock, since its own timestamps may be wrong by hours:
 * from the moment at which we saw the end of any of its partitions advance, and before the first such moment from the timestamp of the
 * topic's last record.
 */
export interface TopicGrowth {
  readonly ends: ReadonlyMap<number, number>
  readonly advancedAtMs: number | undefined
  /** Whether that moment is only what the topic's producers say, whose clocks may be wrong by hours. */
  readonly isClaimed: boolean
}

/** Nothing known yet. */
export const UNKNOWN_GROWTH: TopicGrowth = { ends: new Map(), advancedAtMs: undefined, isClaimed: false }

/**
 * Takes in where a topic's partitions end now. A partition that is seen for the first time tells nothing about when it grew; an end
 * that went back (the topic was made anew) counts as growth only when it next advances.
 */
export function observeEnds(growth: TopicGrowth, ends: readonly PartitionEnds[], nowMs: number): TopicGrowth {
  const advanced = ends.some(({ partition, end }) => {
    const before = growth.ends.get(partition)
    return before !== undefined && end > before
  })
  const known = new Map(growth.ends)
  for (const { partition, end } of ends) known.set(partition, end)
  return advanced ? { ends: known, advancedAtMs: nowMs, isClaimed: false } : { ...growth, ends: known }
}

/** Forgets where the partitions end, when others may have read the topic meanwhile: that it grew then doesn't say when. */
export function forgetEnds(growth: TopicGrowth): TopicGrowth {
  return { ...growth, ends: new Map() }
}

/** Seeds the age with the newest timestamp of the topic's last records, until growth has been seen. Never later than now. */
export function seedGrowth(growth: TopicGrowth, lastTimestampMs: number, nowMs: number): TopicGrowth {
  if (growth.advancedAtMs !== undefined && growth.advancedAtMs >= lastTimestampMs) return growth
  return { ...growth, advancedAtMs: Math.min(lastTimestampMs, nowMs), isClaimed: true }
}

/** What an earlier owner of a topic saw of it. */
export interface KnownGrowth {
  /** When it saw the topic advance last. */
  readonly advancedAtMs: number
  /** Whether the topic has grown since. */
  readonly hasGrown: boolean
  /** Whether the topic's timestamps were near enough to its records' arrivals. */
  readonly isTrusted: boolean
}

/** Takes in what an earlier owner saw. What came after that is known by its timestamps alone. */
export function resumeGrowth(growth: TopicGrowth, known: KnownGrowth): TopicGrowth {
  if (!known.hasGrown) return { ...growth, advancedAtMs: known.advancedAtMs, isClaimed: false }
  const advancedAtMs = Math.max(known.advancedAtMs, growth.advancedAtMs ?? 0)
  return { ...growth, advancedAtMs, isClaimed: !known.isTrusted }
}

/** Seconds since the producer last wrote; undefined while that is unknown. */
export function eventAgeSeconds(growth: TopicGrowth, nowMs: number): number | undefined {
  return growth.advancedAtMs === undefined ? undefined : Math.max(0, nowMs - growth.advancedAtMs) / 1000
}
