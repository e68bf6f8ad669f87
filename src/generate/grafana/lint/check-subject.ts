import type { Report } from '../../finding.ts'
import { tagOf } from '../dashboard.ts'
import type { BoardJson } from './board.ts'

/** What the dashboard is about. */
export interface Subject {
  readonly label: 'contract' | 'domain'
  readonly value: string
}

/** What the dashboard is about, by its tags; its title says the same, and in full where a tag is too short for it. */
export function subjectOf({ tags, title }: Pick<BoardJson, 'tags' | 'title'>, report: Report): Subject {
  const valueOf = (key: string) => tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
  for (const key of ['domain', 'team']) if (valueOf(key) === undefined) report('/tags', `no tag ${key}`)
  if (!tags.includes('assay')) report('/tags', 'no tag assay: the menu of a domain goes by it')
  const label = valueOf('contract') === undefined ? 'domain' : 'contract'
  const value = valueOf(label) ?? ''
  const titled =
    label === 'contract'
      ? title.slice('Contract '.length)
      : title.slice('Domain '.length, -': contracts'.length)
  if (title === titleOf({ label, value: titled }) && tagOf(label, titled) === `${label}:${value}`)
    return { label, value: titled }
  report('/title', `must be ${titleOf({ label, value })}, as the tags say`)
  return { label, value }
}

function titleOf({ label, value }: Subject): string {
  return label === 'contract' ? `Contract ${value}` : `Domain ${value}: contracts`
}
