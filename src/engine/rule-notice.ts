import type { Notice } from '../model/notice.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { asciiLine } from '../stream/wording.ts'

/** Ids of contracts that one rule set has and another has not, or otherwise. */
export interface RuleChanges {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** Names are for people; past that they look into their repository. */
const MOST_NAMED = 10
const MAX_LINE = 250

/** New rules in words: from which set to which, and the contracts that are not as before. */
export function toRuleNotice(domain: string, from: string, to: string, changes: RuleChanges): Notice {
  const lines = [
    contractsText('changed', changes.changed),
    contractsText('added', changes.added),
    contractsText('removed', changes.removed),
  ].filter((line) => line !== undefined)
  return {
    title: asciiLine(`Rules of ${domain}: ${from} -> ${to} loaded`, MAX_LINE),
    text: lines.length === 0 ? 'All contracts say what they said before.' : lines.join('\n'),
    aggregationKey: `assay-rules/${normaliseTagValue(domain)}`,
    alertType: 'info',
    tags: { domain: normaliseTagValue(domain) },
    fields: { from, to, ...changes },
  }
}

function contractsText(what: string, ids: readonly string[]): string | undefined {
  if (ids.length === 0) return undefined
  const named = ids.slice(0, MOST_NAMED).join(', ')
  const more = ids.length > MOST_NAMED ? ', ...' : ''
  const count = ids.length === 1 ? '1 contract' : `${ids.length} contracts`
  return asciiLine(`${count} ${what} (${named}${more})`, MAX_LINE)
}
