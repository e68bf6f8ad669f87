import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import { TopicStream } from '../stream/topic-stream.ts'
import { lengthsOf, type Lengths } from './stream-lengths.ts'

/** As often as the service judges statuses, unless it is told otherwise. */
const TICK_MS = 10_000
/** The longest time between two judgements in a silence in which nothing changes any more. */
const LONGEST_TICK_MS = 300_000
/** A test is never behind, however far apart its judgements are. */
const NEVER_BEHIND_MS = 366 * 86_400_000

/**
 * One topic as the service would see it, on the clock of a case: statuses are judged every ten seconds from its start. In a silence in
 * which nothing has changed for longer than the longest window, only at the moments at which something can.
 */
export class StreamPlay {
  readonly stream: TopicStream
  /** What was announced so far, but of rules in shadow. */
  readonly changes: StatusChange[] = []
  readonly #shadows: ReadonlySet<string>
  readonly #lengths: Lengths
  readonly #startMs: number
  #statuses: readonly SubjectStatus[] = []
  #signature = ''
  /** When a status changed, or a record came, last. */
  #movedMs: number
  #newestArrivalMs: number | undefined
  #tickMs: number
  #isJudged = false

  constructor(compiled: CompiledContract, startMs: number) {
    const { contract } = compiled
    this.stream = new TopicStream(toLiveTopic(compiled), startMs, [], { flushIntervalMs: NEVER_BEHIND_MS })
    this.#shadows = new Set(
      [...contract.rules, ...contract.streamRules].flatMap(({ id, mode }) => (mode === 'shadow' ? id : [])),
    )
    this.#lengths = lengthsOf(contract)
    this.#startMs = startMs
    this.#movedMs = startMs
    this.#tickMs = startMs
  }

  /** The clock moves on; statuses are judged meanwhile. */
  passTo(nowMs: number): void {
    for (let next = this.#nextTick(nowMs); next <= nowMs; next = this.#nextTick(nowMs)) this.#tick(next)
  }

  /** A record has come, and is counted in the stream. */
  arrived(nowMs: number): void {
    this.#newestArrivalMs = nowMs
    this.#movedMs = nowMs
    this.#isJudged = false
  }

  /** How everything stands at this moment. */
  statuses(nowMs: number): readonly SubjectStatus[] {
    if (!this.#isJudged || this.#tickMs !== nowMs) this.#tick(nowMs)
    return this.#statuses
  }

  #tick(nowMs: number): void {
    this.#tickMs = nowMs
    this.#isJudged = true
    const { changes } = this.stream.tick({
      nowMs,
      watermarkMs: nowMs,
      isBehind: false,
      isReachable: true,
      isEmpty: this.#newestArrivalMs === undefined,
      newestArrivalMs: this.#newestArrivalMs,
    })
    this.changes.push(
      ...changes.filter(({ subject }) => subject.kind === 'promise' || !this.#shadows.has(subject.rule)),
    )
    this.#statuses = this.stream.statuses()
    const signature = this.#statuses.map(signatureOf).join()
    if (signature !== this.#signature) this.#movedMs = nowMs
    this.#signature = signature
  }

  /** The next judgement, on the way to `untilMs`. Before the end of a long silence it becomes exact again. */
  #nextTick(untilMs: number): number {
    const { settleMs, tickMs } = this.#lengths
    const soonest = this.#onGrid(this.#tickMs + 1)
    const exactFromMs = this.#onGrid(untilMs - settleMs)
    const isSettled = this.#tickMs - this.#movedMs >= settleMs && soonest < exactFromMs
    const latest = isSettled
      ? Math.min(exactFromMs, this.#onGrid(this.#tickMs + LONGEST_TICK_MS))
      : this.#onGrid(this.#tickMs + tickMs)
    if (latest <= soonest) return soonest
    const moments = this.#moments().filter((moment) => moment > this.#tickMs)
    return Math.max(soonest, Math.min(latest, ...moments.map((moment) => this.#onGrid(moment))))
  }

  /** When something may change though no record comes. */
  #moments(): number[] {
    const { volumes, withinMs } = this.#lengths
    return [
      // Calendars mostly begin and end at such times.
      (Math.floor(this.#tickMs / LONGEST_TICK_MS) + 1) * LONGEST_TICK_MS,
      ...withinMs.map((length) => this.#startMs + length + 1),
      ...this.#statuses.flatMap(deadlineOf).map((leftMs) => this.#tickMs + leftMs),
      ...volumes.map(({ overMs, latenessMs }) => {
        return (Math.floor((this.#tickMs - latenessMs) / overMs) + 1) * overMs + latenessMs
      }),
    ]
  }

  #onGrid(timeMs: number): number {
    return this.#startMs + Math.ceil((timeMs - this.#startMs) / TICK_MS) * TICK_MS
  }
}

/** How something stands. That a status is kept for want of judgements, as in a silence that is passed over in long steps, is no change. */
function signatureOf({ status, reason }: SubjectStatus): string {
  return reason === 'exempt' ? `${status} ${reason}` : status
}

/** In how many milliseconds the topic will have been silent for too long. */
function deadlineOf({ subject, measure: { ageMs, bound } }: SubjectStatus): number[] {
  if (subject.kind !== 'rule' || subject.check !== 'freshness') return []
  return ageMs === undefined || bound === undefined ? [] : [bound - ageMs + 1]
}

/** A rule in shadow is played as if it counted, so that it can be tested before it does. */
function toLiveTopic(compiled: CompiledContract): CompiledTopic {
  const { topic, format, keyFormat, numbers, rules, streamRules } = compiled.contract
  const contract = { ...compiled.contract, rules: rules.map(live), streamRules: streamRules.map(live) }
  const contracts = [
    {
      ...compiled,
      contract,
      rules: compiled.rules.map((each) => ({ ...each, rule: live(each.rule) })),
      streamRules: compiled.streamRules.map((each) => ({ ...each, rule: live(each.rule) })),
    },
  ]
  return { topic, format, keyFormat, numbers, contracts }
}

function live<R extends object>(rule: R): R & { readonly mode: 'live' } {
  return { ...rule, mode: 'live' }
}
