import type { StatusMoment, Timeline } from '../model/check-result.ts'
import { printable } from './printable.ts'
import { table } from './table.ts'

/** What would have been announced of a sample that was played on a clock, and how everything stood at the end. */
export function timelineBlocks({ fromMs, untilMs, timeless, changes, statuses }: Timeline): string[] {
  return [
    `Played from ${momentOf(fromMs)} to ${momentOf(untilMs)}${timelessText(timeless)}`,
    block('Changes of status that would have been announced:', 'No change of status.', changes),
    block('How everything stands at the end, since when:', 'No rule and no promise has a status.', statuses),
  ]
}

function timelessText(timeless: number): string {
  if (timeless === 0) return ''
  return `; ${timeless} ${timeless === 1 ? 'record does' : 'records do'} not say when they came`
}

function block(title: string, nothing: string, moments: readonly StatusMoment[]): string {
  if (moments.length === 0) return nothing
  const rows = moments.map(({ atMs, contract, name, kind, status, finding }) => [
    `  ${atMs === undefined ? 'the beginning' : momentOf(atMs)}`,
    `${contract} / ${kind === 'promise' ? `promise of ${name}` : name}`,
    status,
    finding,
  ])
  return [title, ...table(rows, new Set()).map(printable)].join('\n')
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
