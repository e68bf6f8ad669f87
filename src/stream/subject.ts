import type { Evaluation, Status, StatusChange, StatusSubject, SubjectStatus } from '../model/status.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { RestoredStatus, Settled } from './restored-status.ts'
import { SETTLED } from './restored-status.ts'

/** At most one announcement of a subject in this time, however it swings, but for one that it is worse than was told in this time. */
const ANNOUNCEMENTS_APART_MS = 5 * 60_000
const RANKS: Readonly<Record<Settled, number>> = { ok: 0, warning: 1, not_applied: 1, breached: 2 }

/**
 * How one rule or promise stands, and what was said of it. Only statuses that say something are announced: ok, warning, breached and not
 * applied. What lies between two of them (warming up, unknown) is seen in the gauge, and is no news.
 */
export class Subject {
  readonly contract: string
  readonly subject: StatusSubject
  #evaluation: Evaluation = { status: 'warming_up', reason: 'warming_up', measure: NO_MEASURE }
  #sinceMs: number | undefined
  #settled: { readonly status: Settled; readonly sinceMs: number | undefined } | undefined
  #announced: Settled | undefined
  #announcedAtMs: number | undefined
  /** The worst that was told of late: a breach again, right after its end was told, is no worse. */
  #toldRank = 0

  constructor(contract: string, subject: StatusSubject, startMs: number, restored?: RestoredStatus) {
    this.contract = contract
    this.subject = subject
    this.#sinceMs = startMs
    if (restored === undefined) return
    this.#announced = restored.status
    this.#settled = { status: restored.status, sinceMs: restored.sinceMs }
  }

  /** Goes on as the same subject of a rule set before. */
  inherit(before: Subject): void {
    this.#evaluation = before.#evaluation
    this.#sinceMs = before.#sinceMs
    this.#settled = before.#settled
    this.#announced = before.#announced
    this.#announcedAtMs = before.#announcedAtMs
    this.#toldRank = before.#toldRank
  }

  /** Takes in how it stands now. */
  observe(evaluation: Evaluation, nowMs: number): void {
    const { status } = evaluation
    if (isSettled(status)) {
      if (this.#settled?.status !== status) this.#settled = { status, sinceMs: nowMs }
      this.#sinceMs = this.#settled.sinceMs
    } else if (status !== this.#evaluation.status) this.#sinceMs = nowMs
    this.#evaluation = evaluation
  }

  /** What is to be announced, once: a settled status other than the one that was announced last. */
  announce(nowMs: number): StatusChange | undefined {
    const { status, reason } = this.#evaluation
    if (!isSettled(status) || status === this.#announced) return undefined
    // A calendar ends no breach: it only asks nobody to keep the promise meanwhile.
    if (reason === 'exempt' && this.#announced !== undefined) return undefined
    const isSoon = this.#isSoon(nowMs)
    if (isSoon && RANKS[status] <= this.#toldRank) return undefined
    const from = this.#announced
    this.#announced = status
    // That all is well is no news to those who never heard otherwise.
    if (from === undefined && status === 'ok') return undefined
    this.#announcedAtMs = nowMs
    this.#toldRank = Math.max(RANKS[status], isSoon ? this.#toldRank : RANKS[from ?? 'ok'])
    return { ...this.status(), from, atMs: nowMs }
  }

  /** The status that it has now. */
  get current(): Status {
    return this.#evaluation.status
  }

  status(): SubjectStatus {
    const { contract, subject } = this
    return { ...this.#evaluation, contract, subject, sinceMs: this.#sinceMs }
  }

  /** What the next process must know, so that it neither repeats the announcement nor forgets to end it; undefined if all is well. */
  toRestore(): RestoredStatus | undefined {
    if (this.#announced === undefined || this.#announced === 'ok') return undefined
    const { contract, subject } = this
    const sinceMs = this.#settled?.sinceMs ?? this.#announcedAtMs ?? 0
    return { contract, kind: subject.kind, name: nameOf(subject), status: this.#announced, sinceMs }
  }

  #isSoon(nowMs: number): boolean {
    const atMs = this.#announcedAtMs
    // A clock that went back must not keep news for longer.
    return atMs !== undefined && nowMs >= atMs && nowMs - atMs < ANNOUNCEMENTS_APART_MS
  }
}

/** The id of a rule, or the name of a promise. */
export function nameOf(subject: StatusSubject): string {
  return subject.kind === 'rule' ? subject.rule : subject.promise
}

function isSettled(status: Status): status is Settled {
  return SETTLED.some((settled) => settled === status)
}
