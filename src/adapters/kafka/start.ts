import type { StartPolicy } from './config.ts'

/** What is known of a partition when it is assigned. */
export interface StartFacts {
  readonly committed: number | undefined
  /** Whether the group has committed anything in this topic: then a partition without a commit is a new one. */
  readonly topicIsKnown: boolean
  readonly low: number
  readonly end: number
  readonly from: StartPolicy
}

/** Where to start, and what was lost on the way. */
export interface Start {
  readonly offset: number
  /** Records that retention removed before they were judged. */
  readonly gap: number
  /** Whether to commit the start at once, so that what arrives before the first flush is judged even if this process dies. */
  readonly commitsAtOnce: boolean
}

/**
 * The start policy (design page, *Counting and committing*): `from` applies only where the group has no commit. An offset that is out of
 * range and a partition that came later start at the earliest, because jumping to the end would skip records without a trace.
 */
export function startOf({ committed, topicIsKnown, low, end, from }: StartFacts): Start {
  if (committed !== undefined) {
    if (committed < low) return { offset: low, gap: low - committed, commitsAtOnce: false }
    // Past the end: the topic was made anew, and how much was lost can't be told.
    return { offset: committed > end ? low : committed, gap: 0, commitsAtOnce: false }
  }
  if (topicIsKnown) return { offset: low, gap: low, commitsAtOnce: false }
  return from === 'earliest'
    ? { offset: low, gap: 0, commitsAtOnce: false }
    : { offset: end, gap: 0, commitsAtOnce: true }
}
