import type { Difference } from '../generate/datadog/apply/differences.ts'
import type { Orphan, Plan, Step } from '../generate/datadog/apply/plan.ts'
import { environmentOf } from '../generate/datadog/apply/scope.ts'
import { tagValues } from '../generate/datadog/apply/wanted.ts'
import type { RemoteBody } from '../ports/datadog-api.ts'
import { printable } from '../report/printable.ts'
import type { Outcome } from './carry-out.ts'

const WORDS: Readonly<Record<Exclude<Step['action'], 'none'>, string>> = {
  create: 'create',
  change: 'change',
  replace: 'make anew',
  leave: 'leave alone',
}
const MOST_DIFFERENCES = 8
const LONGEST_VALUE = 80
const MOST_GROUPS = 5

/** How many things of a plan there are to do, and not to do. */
export function countsOf({ steps, orphans }: Plan) {
  const count = (...actions: readonly Step['action'][]) =>
    steps.filter(({ action }) => actions.includes(action)).length
  return {
    create: count('create'),
    change: count('change', 'replace'),
    unchanged: count('none'),
    orphaned: orphans.filter(({ keptId }) => keptId === undefined).length,
    twice: orphans.filter(({ keptId }) => keptId !== undefined).length,
    left: count('leave'),
  }
}

/** A plan for people: what would be touched and why, what is told although nothing is done about it, and a line that sums up. */
export function planText(plan: Plan, prune: boolean): string {
  const { steps, orphans, others } = plan
  const lines = [
    ...steps.flatMap(stepLines),
    ...orphans.map((orphan) => orphanLine(orphan, prune)),
    ...steps.flatMap(({ isMuted, wanted }) =>
      isMuted ? [`muted in Datadog, and left so: ${wanted.kind} ${wanted.identity}`] : [],
    ),
    ...otherLines(others),
    sumOf(plan, prune),
  ]
  return `${lines.map(printable).join('\n')}\n`
}

function sumOf(plan: Plan, prune: boolean): string {
  const { create, change, unchanged, orphaned, twice, left } = countsOf(plan)
  const sum = `Plan: ${create} to create, ${change} to change, ${unchanged} unchanged, ${orphaned} orphaned`
  const more = [
    ...(twice > 0 ? [`, ${twice} there twice`] : []),
    ...(left > 0 ? [`, ${left} of somebody else`] : []),
    ...(orphaned + twice > 0 && !prune ? [' (--prune removes them)'] : []),
  ]
  return `${sum}${more.join('')}`
}

function stepLines({ action, wanted, isEarly, differences }: Step): string[] {
  if (action === 'none') return []
  const when = isEarly ? ' (once Datadog has seen the metric)' : ''
  const whose = action === 'leave' ? `: without managed-by:assay it is somebody else’s` : ''
  return [
    `${WORDS[action]} ${wanted.kind} ${wanted.identity}${when}${whose}`,
    ...differenceLines(differences).map((line) => `    ${line}`),
  ]
}

function differenceLines(differences: readonly Difference[]): string[] {
  const added = differences.filter(isNew).map(({ at }) => at)
  const lines = differences.filter((difference) => !isNew(difference)).map(differenceLine)
  if (added.length > 0) lines.push(`without ${added.slice(0, MOST_DIFFERENCES).join(', ')}`)
  const more = lines.length - MOST_DIFFERENCES
  return more > 0 ? [...lines.slice(0, MOST_DIFFERENCES), `and ${more} more`] : lines
}

function isNew({ there }: Difference): boolean {
  return there === undefined || there === null
}

function differenceLine({ at, there, wanted }: Difference): string {
  if (!isWordList(there) || !isWordList(wanted)) return `${at}: ${valueText(there)} → ${valueText(wanted)}`
  const gone = there.filter((word) => !wanted.includes(word)).map((word) => `− ${valueText(word)}`)
  const come = wanted.filter((word) => !there.includes(word)).map((word) => `+ ${valueText(word)}`)
  return `${at}: ${[...gone, ...come].join(', ')}`
}

function isWordList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function valueText(value: unknown): string {
  const text = value === null ? 'nothing' : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

function orphanLine({ kind, identity, id, keptId }: Orphan, prune: boolean): string {
  const word = prune ? 'remove' : keptId === undefined ? 'orphaned:' : 'there twice:'
  const why = keptId === undefined ? '' : ` (id ${id}; ${keptId} is kept)`
  return `${word} ${kind} ${identity}${why}`
}

/** Monitors and objectives that the folder says nothing of: another folder does, or they were forgotten. */
function otherLines(others: readonly RemoteBody[]): string[] {
  if (others.length === 0) return []
  const groups = Map.groupBy(others, (body) => {
    const env = environmentOf(body)
    const domain = tagValues('monitor', body, 'domain').join(', ')
    return `domain ${domain} ${env === undefined ? 'in all environments' : `in ${env}`}`
  })
  const texts = [...groups].map(([name, bodies]) => `${bodies.length} of ${name}`).sort()
  const more = texts.length > MOST_GROUPS ? [`and ${texts.length - MOST_GROUPS} more groups`] : []
  return [`not of this folder, and left alone: ${[...texts.slice(0, MOST_GROUPS), ...more].join('; ')}`]
}

/** What came of it. */
export function appliedText({ created, changed, removed, postponed, failures, left }: Outcome): string {
  const more = [
    ...(postponed > 0
      ? [`, ${postponed} postponed until Datadog has seen their metrics: run it again then`]
      : []),
    ...(failures.length > 0 ? [`, ${failures.length} failed`] : []),
    ...(left > 0 ? [`, ${left} not done: run it again, and it goes on`] : []),
  ]
  return `Applied: ${created} created, ${changed} changed, ${removed} removed${more.join('')}\n`
}
