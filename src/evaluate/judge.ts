import { EVENT_RESULTS } from '../model/verdict.ts'
import type { EventResult, Verdict } from '../model/verdict.ts'
import type { CompiledContract } from './compiled.ts'
import type { EventContext } from './context.ts'
import { EventJudge } from './event-judge.ts'

/** A judge for each contract that was asked about: making one costs more than judging an event. */
const judges = new WeakMap<CompiledContract, EventJudge>()

/**
 * Judges one event against all rules of one contract, with every verdict's reason: for programs and tests. A stream is judged by an
 * EventJudge, which allocates nothing.
 *
 * @param verdicts written by position: verdict `i` is that of rule `i`.
 * @returns the event's result for the contract, from the rules that could be judged.
 */
export function judgeEvent(
  contract: CompiledContract,
  event: unknown,
  context: EventContext,
  verdicts: Verdict[],
): EventResult {
  const judge = judges.get(contract) ?? new EventJudge([contract])
  judges.set(contract, judge)
  judge.judge(event, context)
  contract.rules.forEach((_, rule) => {
    verdicts[rule] = judge.verdict(rule)
  })
  return EVENT_RESULTS[judge.results[0] as number] as EventResult
}
