import type { EventResult, Verdict } from '../model/verdict.ts'
import type { CompiledContract } from './compiled.ts'
import type { EventContext } from './context.ts'

/**
 * Judges one event against all rules of one contract: always all of them, so that one failure never hides another.
 *
 * @param verdicts written by position: verdict `i` is that of rule `i`. Given by the caller, so that an event costs no array.
 * @returns the event's result for the contract, from the rules that could be judged.
 */
export function judgeEvent(
  { rules }: CompiledContract,
  event: unknown,
  context: EventContext,
  verdicts: Verdict[],
): EventResult {
  let failed = false
  let warned = false
  let judged = false
  let unjudged = false
  for (let index = 0; index < rules.length; index++) {
    const compiled = rules[index] as (typeof rules)[number]
    const verdict = compiled.judge(event, context)
    verdicts[index] = verdict
    const { severity } = compiled.rule
    if (severity === 'error') {
      if (verdict.kind === 'fail') failed = judged = true
      else if (verdict.kind === 'pass') judged = true
      else if (verdict.kind === 'error') unjudged = true
    } else if (severity === 'warning' && verdict.kind === 'fail') warned = true
  }
  if (failed) return 'fail'
  if (unjudged && !judged) return 'error'
  return warned ? 'warn' : 'pass'
}
