import type { Plan, Step } from '../generate/datadog/apply/plan.ts'
import type { Outcome } from './carry-out.ts'

const WORDS: Readonly<Record<Exclude<Step['action'], 'none'>, string>> = {
  create: 'create',
  change: 'change',
  replace: 'make anew',
}

/** A plan for people: a line for each thing that would be touched, and a line that sums up. */
export function planText({ steps, orphans }: Plan, prune: boolean): string {
  const lines = steps.flatMap(({ action, wanted }) =>
    action === 'none' ? [] : [`${WORDS[action]} ${wanted.kind} ${wanted.identity}`],
  )
  const orphaned = orphans.map(
    ({ kind, identity }) => `${prune ? 'remove' : 'orphaned:'} ${kind} ${identity}`,
  )
  const count = (...actions: readonly Step['action'][]) =>
    steps.filter(({ action }) => actions.includes(action)).length
  const sum = `Plan: ${count('create')} to create, ${count('change', 'replace')} to change, ${count('none')} unchanged, ${orphans.length} orphaned`
  const hint = orphans.length > 0 && !prune ? ' (--prune removes them)' : ''
  return `${[...lines, ...orphaned, `${sum}${hint}`].join('\n')}\n`
}

/** What came of it. */
export function appliedText({ created, changed, removed, postponed }: Outcome): string {
  const later =
    postponed === 0 ? '' : `, ${postponed} postponed until Datadog has seen their metrics: run it again then`
  return `Applied: ${created} created, ${changed} changed, ${removed} removed${later}\n`
}
