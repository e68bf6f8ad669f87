import type { CompiledContract, CompiledRule, CompiledStreamRule } from '../evaluate/compiled.ts'
import type { Evaluation } from '../model/status.ts'
import type { Level } from './hysteresis.ts'
import type { RestoredStatus } from './restored-status.ts'
import type { Subject } from './subject.ts'
import type { WindowFacts } from './rule-status.ts'

/** Whether a rule says the same as one of a rule set before. */
export type IsSameRule = (
  now: CompiledRule | CompiledStreamRule,
  before: CompiledRule | CompiledStreamRule,
) => boolean

/** What is known of a topic when its statuses are judged. */
export interface TopicFacts {
  readonly nowMs: number
  /** Up to when everything that arrived has been judged; undefined if that is not known. */
  readonly watermarkMs: number | undefined
  /** There are records that wait to be judged for longer than a flush. */
  readonly isBehind: boolean
  /** The brokers tell where the topic's partitions end. */
  readonly isReachable: boolean
  /** Nothing was ever written to the topic, as far as its log shows. */
  readonly isEmpty: boolean
  readonly newestArrivalMs: number | undefined
  /** True while all that is known of the newest arrival is what its producer says. */
  readonly isNewestClaimed?: boolean
}

/** The facts of one judgement of all statuses of a topic. */
export interface StatusFacts extends TopicFacts {
  /** How a window stands that goes back so far, and has been filled since a moment. */
  window(overMs: number, sinceMs: number): WindowFacts
}

/** A rule or a promise that has a status. */
export interface Watch {
  readonly contract: CompiledContract
  readonly subject: Subject
  /** The tag of a rule; undefined for a promise. */
  readonly ruleTag: string | undefined
  /** False while there is nothing to say of it: no gauge is sent. */
  readonly isShown: boolean
  judge(facts: StatusFacts): Evaluation
}

/** The level that a restored status continues with; undefined if nothing was restored. */
export function levelOf(restored: RestoredStatus | undefined): Level | undefined {
  return restored?.status === 'not_applied' ? 'ok' : restored?.status
}
