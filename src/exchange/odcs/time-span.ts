import { spanText } from '../../model/written-rule.ts'
import { type Mapping, textOf, valueOf } from '../values.ts'

const UNITS: readonly (readonly [words: RegExp, ms: number])[] = [
  [/^(?:s|sec|secs|seconds?)$/i, 1000],
  [/^(?:m|min|mins|minutes?)$/i, 60_000],
  [/^(?:h|hr|hrs|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
  [/^(?:w|weeks?)$/i, 604_800_000],
]
const MAX_NUMBER = 999_999

/** The length of time of a service level (`value` and `unit`) as a contract writes it; undefined if it is none, or has no fixed length. */
export function timeSpanOf(level: Mapping): string | undefined {
  const unit = textOf(level, 'unit')?.trim() ?? ''
  const unitMs = UNITS.find(([words]) => words.test(unit))?.[1]
  const ms = Math.round(Number(valueOf(level, 'value')) * (unitMs ?? Number.NaN))
  if (!(ms >= 1000) || ms % 1000 !== 0) return undefined
  const span = spanText(ms)
  return Number.parseInt(span, 10) <= MAX_NUMBER ? span : undefined
}
