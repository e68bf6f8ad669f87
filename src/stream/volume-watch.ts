import type { VolumeCheck } from '../model/contract.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Evaluation } from '../model/status.ts'
import type { Sample } from '../model/sample.ts'
import { gauge } from '../telemetry/samples.ts'
import { contractTags } from '../telemetry/tags.ts'
import { StreamCheck } from './stream-check.ts'
import type { StreamRuleParts } from './stream-check.ts'
import { VolumeWindows } from './volume.ts'
import type { WindowEvaluation } from './volume.ts'
import type { StatusFacts, Watch } from './watch.ts'

/** A clock that goes back or on by more between two looks was set. */
const STEP_MS = 60_000

/** Watches how many events come: one judgement a closed window. */
export class VolumeWatch extends StreamCheck implements Watch {
  readonly isShown = true
  readonly #check: VolumeCheck
  #startMs: number
  readonly #flushIntervalMs: number
  /** When it was judged last. */
  #lookMs: number | undefined
  #windows: VolumeWindows
  /** Holds also what is read again, while that goes on. */
  #rebuilt: VolumeWindows | undefined
  #rebuiltSinceMs: number | undefined
  /** Whether the last judged window was within its bounds. */
  #isCalm = false
  /** Events of the last window; undefined if it was not judged. */
  #events: number | undefined
  #last: Evaluation = { status: 'warming_up', reason: 'warming_up', measure: NO_MEASURE }

  constructor(parts: StreamRuleParts, check: VolumeCheck, flushIntervalMs: number) {
    super(parts)
    this.#check = check
    this.#startMs = parts.startMs
    this.#flushIntervalMs = flushIntervalMs
    this.#windows = new VolumeWindows(check, parts.startMs, flushIntervalMs)
  }

  /** @param timeMs the event's arrival, or the time in it. @returns whether the window that it belongs to is closed already. */
  isLate(timeMs: number): boolean {
    this.#rebuilt?.count(timeMs)
    return this.#windows.count(timeMs) === 'late'
  }

  /** Windows that had begun by then are not judged. */
  distrust(untilMs: number): void {
    this.#windows.startAt(untilMs)
    this.#rebuilt?.startAt(untilMs)
  }

  beginRebuild(fromMs: number): void {
    this.#rebuilt = new VolumeWindows(this.#check, fromMs, this.#flushIntervalMs)
  }

  /** @param sinceMs since when all events have been counted; undefined if nothing was gained. */
  endRebuild(sinceMs: number | undefined): void {
    if (sinceMs === undefined || this.#rebuilt === undefined) this.#rebuilt = undefined
    else {
      this.#rebuilt.startAt(sinceMs)
      this.#rebuiltSinceMs = sinceMs
    }
  }

  /** Goes on as the same rule of a rule set before, in the windows that are open. */
  inherit(before: VolumeWatch): void {
    this.inheritCheck(before)
    this.#startMs = before.#startMs
    this.#windows = before.#windows
    this.#rebuilt = before.#rebuilt
    this.#rebuiltSinceMs = before.#rebuiltSinceMs
    this.#isCalm = before.#isCalm
    this.#events = before.#events
    this.#last = before.#last
  }

  judge({ watermarkMs, nowMs }: StatusFacts): Evaluation {
    this.#followClock(nowMs)
    if (this.#rebuiltSinceMs !== undefined) this.#replay(this.#rebuiltSinceMs, watermarkMs ?? 0)
    for (const evaluation of this.#windows.close(watermarkMs, nowMs)) this.#take(evaluation)
    return this.#last
  }

  /** The last judged window's number of events; nothing if the last one was not judged. */
  gauges(): Sample[] {
    const events = this.#events
    if (events === undefined || this.isShadow) return []
    const tags = { ...contractTags(this.contract.contract), rule: this.ruleTag }
    return [gauge('dq.volume.events', tags, events)]
  }

  /** Where the clock was set, or stood, no window around that time was seen whole: counting begins anew. */
  #followClock(nowMs: number): void {
    const passedMs = nowMs - (this.#lookMs ?? nowMs)
    this.#lookMs = nowMs
    if (passedMs > -STEP_MS && passedMs < STEP_MS + 2 * this.#flushIntervalMs) return
    this.#windows = new VolumeWindows(this.#check, nowMs, this.#flushIntervalMs)
    this.#startMs = Math.min(this.#startMs, nowMs)
  }

  /** Judges the windows of the past one after the other, as they would have been then. */
  #replay(sinceMs: number, untilMs: number): void {
    const { overMs, latenessMs } = this.#check
    const rebuilt = this.#rebuilt as VolumeWindows
    const first = Math.ceil(sinceMs / overMs) * overMs
    for (let atMs = first + latenessMs; atMs <= untilMs; atMs += overMs) {
      for (const evaluation of rebuilt.close(atMs, atMs)) this.#take(evaluation)
    }
    this.#windows = rebuilt
    this.#rebuilt = undefined
    this.#rebuiltSinceMs = undefined
  }

  /**
   * A window that could not be judged is no end of a breach, and no proof that all is well; nor is a single good one after a bad one. Windows that had
   * ended before the start were counted by the process before, if at all.
   */
  #take(evaluation: WindowEvaluation): void {
    const { status, verdict, toMs, windows, measure } = evaluation
    const wasCalm = this.#isCalm
    if (verdict !== 'skip') this.#isCalm = verdict === 'pass'
    this.#events = measure.events
    const isUntold = status === 'unknown' || status === 'warming_up'
    const staysBreached = this.#last.status === 'breached' && (isUntold || (verdict === 'pass' && !wasCalm))
    if (!staysBreached) this.#last = evaluation
    else if (isUntold) this.#last = { ...evaluation, status: 'breached' }
    if (toMs > this.#startMs) this.countVerdict(verdict, windows)
  }
}
