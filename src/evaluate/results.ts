import type { Rule, Severity } from '../model/contract.ts'
import { EVENT_RESULTS, VERDICTS } from '../model/verdict.ts'
import type { EventResult, VerdictKind } from '../model/verdict.ts'

/** What one verdict adds to an event's result: bits, so that those of all rules are joined by `|`. */
const JUDGED = 1
const UNJUDGED = 2
const FAILED = 4
const WARNED = 8
const COMBINATIONS = 16

/** What a rule adds to the result, by its verdict's place in VERDICTS. A rule in the shadow decides about nothing. */
export function bitsByVerdict({ severity, mode }: Pick<Rule, 'severity' | 'mode'>): Uint8Array {
  return Uint8Array.from(VERDICTS, (verdict) => (mode === 'shadow' ? 0 : bitsOf(severity, verdict)))
}

function bitsOf(severity: Severity, verdict: VerdictKind): number {
  if (severity === 'warning') return verdict === 'fail' ? WARNED : 0
  if (severity === 'info') return 0
  return { pass: JUDGED, fail: JUDGED | FAILED, error: UNJUDGED, skip: 0 }[verdict]
}

/** The result of an event (its place in EVENT_RESULTS) by the joined bits of all rules of a contract. */
export const RESULT_BY_BITS = Uint8Array.from({ length: COMBINATIONS }, (_, bits) =>
  EVENT_RESULTS.indexOf(resultOf(bits)),
)

/** From the rules that could be judged (design page, *What a verdict means*): one broken rule never hides what the others found. */
function resultOf(bits: number): EventResult {
  if ((bits & FAILED) !== 0) return 'fail'
  if ((bits & UNJUDGED) !== 0 && (bits & JUDGED) === 0) return 'error'
  return (bits & WARNED) === 0 ? 'pass' : 'warn'
}
