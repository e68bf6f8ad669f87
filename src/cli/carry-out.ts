import {
  placeholderOf,
  type Plan,
  type Remote,
  type Step,
  withSloIds,
} from '../generate/datadog/apply/plan.ts'
import type { DatadogApi } from '../ports/datadog-api.ts'

/** What came of a plan. */
export interface Outcome {
  readonly created: number
  readonly changed: number
  readonly removed: number
  /** Of metrics that Datadog has not seen yet. */
  readonly postponed: number
}

/**
 * Carries a plan out, one request after the other, and says each thing once it is done. What fails ends it: what was done before stays, and
 * the next plan begins from there.
 *
 * @throws Fault DATADOG_REFUSED, DATADOG_UNREACHABLE
 */
export async function carryOut(
  { steps, orphans }: Plan,
  remote: Remote,
  api: DatadogApi,
  prune: boolean,
  say: (line: string) => void,
): Promise<Outcome> {
  const slos = new Map(remote.slo.map(({ id, body }) => [placeholderOf(body), id]))
  const outcome = { created: 0, changed: 0, removed: 0, postponed: 0 }
  for (const step of steps) {
    const { action, wanted } = step
    if (action === 'none') continue
    const isDone = await carryOutStep(step, api, slos)
    outcome[isDone ? (action === 'create' ? 'created' : 'changed') : 'postponed']++
    const done = action === 'create' ? 'created' : action === 'change' ? 'changed' : 'made anew'
    say(
      `${isDone ? done : 'postponed (Datadog has not seen the metric yet)'} ${wanted.kind} ${wanted.identity}`,
    )
  }
  for (const { kind, id, identity } of prune ? orphans : []) {
    await api.remove(kind, id)
    outcome.removed++
    say(`removed ${kind} ${identity}`)
  }
  return outcome
}

/** False for what can't be done yet. */
async function carryOutStep(
  { action, wanted, id }: Step,
  api: DatadogApi,
  slos: Map<string, string>,
): Promise<boolean> {
  const { kind, name } = wanted
  const body = kind === 'monitor' ? withSloIds(wanted.body, slos) : wanted.body
  if (action === 'change' && id !== undefined) {
    await api.update(kind, id, body)
    return true
  }
  if (action === 'replace' && id !== undefined && kind !== 'metadata') await api.remove(kind, id)
  const made = await api.create(kind, body, name)
  if (kind === 'slo' && made !== undefined) slos.set(placeholderOf(body), made)
  return made !== undefined
}
