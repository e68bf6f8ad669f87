import type { CompiledStreamRule } from '../evaluate/compiled.ts'
import type { CompiledExpression, EvaluationContext } from '../expression/index.ts'
import { isFuture, readEventTime } from './event-time.ts'

/** In place of a time: the field is absent, or holds something else. */
export const UNREADABLE = NaN
/** In place of a time that is more than five minutes ahead of our clock. */
export const FUTURE = Infinity

/**
 * Reads the times in events that the rules of one topic ask for. Rules that name the same field share one evaluation for each event. Nothing is allocated
 * for an event but what the expressions themselves need; compiled ones that are plain paths need nothing.
 */
export class EventTimes {
  /** By place, for the event that was read last: milliseconds since the epoch, UNREADABLE or FUTURE. */
  readonly times: Float64Array
  readonly #fields: readonly CompiledExpression[]

  constructor(rules: readonly CompiledStreamRule[]) {
    const bySource = new Map<string, CompiledExpression>()
    for (const { field } of rules)
      if (field !== undefined && !bySource.has(field.source)) bySource.set(field.source, field)
    this.#fields = [...bySource.values()]
    this.times = new Float64Array(this.#fields.length).fill(UNREADABLE)
  }

  /** Where the time of a rule is found in `times`; undefined for a rule that goes by arrival. */
  placeOf({ field }: CompiledStreamRule): number | undefined {
    return field && this.#fields.findIndex(({ source }) => source === field.source)
  }

  /** Reads all times of one event. */
  read(event: unknown, context: EvaluationContext): void {
    for (let place = 0; place < this.#fields.length; place++) {
      const field = this.#fields[place] as CompiledExpression
      const timeMs = readEventTime(field.evaluate(event, context)) ?? UNREADABLE
      this.times[place] = isFuture(timeMs, context.nowMs) ? FUTURE : timeMs
    }
  }
}
