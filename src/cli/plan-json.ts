import type { Plan } from '../generate/datadog/apply/plan.ts'
import type { Failure, Outcome } from './carry-out.ts'
import { countsOf } from './plan-text.ts'

/** A plan for machines, and what came of it: null if it was not carried out. */
export function planJson(plan: Plan, outcome: Outcome | undefined): string {
  const { steps, orphans, others } = plan
  const document = {
    plan: {
      ...countsOf(plan),
      steps: steps.map(({ action, wanted: { kind, identity }, id, differences, isEarly, isMuted }) => {
        return { action, kind, identity, id: id ?? null, differences, isEarly, isMuted }
      }),
      orphans: orphans.map(({ keptId, ...orphan }) => ({ ...orphan, keptId: keptId ?? null })),
      others: others.length,
    },
    applied: outcome === undefined ? null : outcomeJson(outcome),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function outcomeJson({ created, changed, removed, postponed, failures, stop, left }: Outcome): object {
  return {
    created,
    changed,
    removed,
    postponed,
    failures: failures.map(failureJson),
    stop: stop === undefined ? null : failureJson(stop),
    left,
  }
}

function failureJson({ kind, identity, fault: { code, message } }: Failure): object {
  return { kind, identity, code, message }
}
