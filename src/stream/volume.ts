import type { VolumeCheck } from '../model/contract.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Evaluation, Status, StatusReason } from '../model/status.ts'
import { overlapsExempt } from './calendar.ts'

/** What became of a window, or of several in a row that were not judged for the same reason. */
export interface WindowEvaluation extends Evaluation {
  /** `skip` for a window that was not judged: it says nothing about the stream. */
  readonly verdict: 'pass' | 'fail' | 'skip'
  readonly fromMs: number
  readonly toMs: number
  /** How many windows; more than 1 only for those that were not judged. */
  readonly windows: number
}

/** How often windows are closed, if nobody says. */
const USUAL_FLUSH_INTERVAL_MS = 10_000
/** To be behind by less than this share of a window, or by less than some seconds, changes no count by much. */
const HARMLESS_SHARE = 0.1
const HARMLESS_MS = 5000

/**
 * Counts events in windows of time, which follow one another without gaps and begin at multiples of their length since 1970, and judges
 * each of them once, when all that arrived before its end and its lateness has been judged. Not judged are windows that were not seen
 * whole: those that had begun when counting started, those that we were still behind at when they should have been closed, and those of
 * arrivals in which we were behind, for then only the producers' clocks tell which window an event belongs to. With times out of events,
 * clocks may be off by as much as events may be late, so the first window begins that much later.
 *
 * Memory is bounded by time: a window is kept from its first event until it is closed or given up.
 */
export class VolumeWindows {
  readonly #check: VolumeCheck
  readonly #maxDelayMs: number
  /** The first window that can be seen whole, and the first that is open. Windows are numbered from 1970 on. */
  #firstWhole: number
  #firstOpen: number
  /** Up to when all is known to be judged, and the first window since which we were not behind. */
  #watermarkMs: number
  #firstSure = -Infinity
  #isBehind = false
  readonly #counts = new Map<number, number>()

  /**
   * @param startMs since when all events have been counted
   * @param flushIntervalMs how often `close` is called: more than two of these late, or more than the lateness, and a window is given up
   */
  constructor(check: VolumeCheck, startMs: number, flushIntervalMs = USUAL_FLUSH_INTERVAL_MS) {
    this.#check = check
    this.#maxDelayMs = Math.max(check.latenessMs, 2 * flushIntervalMs)
    this.#watermarkMs = startMs
    this.#firstOpen = Math.floor(startMs / check.overMs)
    this.#firstWhole = this.#firstWholeSince(startMs)
  }

  /** Takes back that windows were seen whole that had begun before a moment. */
  startAt(startMs: number): void {
    this.#firstWhole = Math.max(this.#firstWhole, this.#firstWholeSince(startMs))
  }

  /**
   * Counts one event. Late is one whose window is closed.
   *
   * @param timeMs its arrival, or the time in it if that is not in the future
   */
  count(timeMs: number): 'counted' | 'late' {
    const window = Math.floor(timeMs / this.#check.overMs)
    if (!(window >= this.#firstOpen)) return 'late'
    this.#counts.set(window, (this.#counts.get(window) ?? 0) + 1)
    return 'counted'
  }

  /**
   * Judges the windows that are over, in their order. To be called at each flush: after a longer time than two of them it can't be told whether
   * we were behind.
   *
   * @param watermarkMs up to when everything that arrived has been judged; undefined if that is not known
   */
  close(watermarkMs: number | undefined, nowMs: number): readonly WindowEvaluation[] {
    const { overMs, latenessMs } = this.#check
    this.#watermarkMs = Math.min(watermarkMs ?? this.#watermarkMs, nowMs)
    this.#noticeLag(nowMs)
    const over = watermarkMs === undefined ? -Infinity : Math.floor((this.#watermarkMs - latenessMs) / overMs)
    const givenUp = Math.ceil((nowMs - latenessMs - this.#maxDelayMs) / overMs) - 1
    return [
      ...this.#drop(Math.min(this.#firstWhole, Math.max(over, givenUp)), 'warming_up', 'warming_up'),
      ...this.#drop(Math.max(givenUp, Math.min(this.#firstSure, over)), 'unknown', 'behind'),
      ...this.#judge(over),
    ]
  }

  #firstWholeSince(startMs: number): number {
    const { field, latenessMs, overMs } = this.#check
    return Math.ceil((field === undefined ? startMs : startMs + latenessMs) / overMs)
  }

  /** While we are behind, and until the tick after that, no window up to the present one is sure. Times in events stay what they are. */
  #noticeLag(nowMs: number): void {
    const { field, overMs } = this.#check
    const wasBehind = this.#isBehind
    this.#isBehind = nowMs - this.#watermarkMs > Math.max(HARMLESS_MS, HARMLESS_SHARE * overMs)
    if ((this.#isBehind || wasBehind) && field === undefined) this.#firstSure = Math.floor(nowMs / overMs) + 1
  }

  /** Forgets the open windows before a certain one: one evaluation for all of them, however many. */
  #drop(end: number, status: Status, reason: StatusReason): WindowEvaluation[] {
    const first = this.#firstOpen
    if (end <= first) return []
    for (const window of this.#counts.keys()) if (window < end) this.#counts.delete(window)
    this.#firstOpen = end
    return [
      this.#evaluation(first, end, { verdict: 'skip', status, reason, events: undefined, bound: undefined }),
    ]
  }

  #judge(end: number): WindowEvaluation[] {
    const evaluations: WindowEvaluation[] = []
    for (; this.#firstOpen < end; this.#firstOpen++) {
      const window = this.#firstOpen
      const events = this.#counts.get(window) ?? 0
      this.#counts.delete(window)
      evaluations.push(this.#evaluation(window, window + 1, this.#outcomeOf(window, events)))
    }
    return evaluations
  }

  #outcomeOf(window: number, events: number): Outcome {
    const { overMs, min, max, except } = this.#check
    if (overlapsExempt(except, window * overMs, (window + 1) * overMs))
      return { verdict: 'skip', status: 'ok', reason: 'exempt', events, bound: undefined }
    if (min !== undefined && events < min)
      return { verdict: 'fail', status: 'breached', reason: 'too_few_events', events, bound: min }
    if (max !== undefined && events > max)
      return { verdict: 'fail', status: 'breached', reason: 'too_many_events', events, bound: max }
    return { verdict: 'pass', status: 'ok', reason: 'within_bounds', events, bound: undefined }
  }

  #evaluation(first: number, end: number, outcome: Outcome): WindowEvaluation {
    const { overMs } = this.#check
    const { verdict, status, reason, events, bound } = outcome
    return {
      verdict,
      status,
      reason,
      measure: { ...NO_MEASURE, events, bound, overMs },
      fromMs: first * overMs,
      toMs: end * overMs,
      windows: end - first,
    }
  }
}

interface Outcome extends Pick<WindowEvaluation, 'verdict' | 'status' | 'reason'> {
  readonly events: number | undefined
  readonly bound: number | undefined
}
