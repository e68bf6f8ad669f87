import type { Board } from './board.ts'
import type { Plan } from './plan.ts'
import type { RecentRates } from './recent-rates.ts'

/** All that is shown at one moment. */
export interface View {
  readonly plan: Plan
  readonly elapsedMs: number
  readonly producedRecords: number
  readonly board: Board
  readonly rates: RecentRates
}

/** A number for people: `12,345`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** Seconds for people; unknown is a dash, never 0. */
export function secondsText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : `${seconds.toFixed(1)} s`
}

export function wholeOrUnknown(value: number | undefined): string {
  return value === undefined ? '–' : whole(value)
}
