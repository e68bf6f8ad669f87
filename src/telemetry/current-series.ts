import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { Tags } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { contractTags } from './tags.ts'

/** Tells whether a series, by its tags, is of something that the rules have. */
export type IsCurrent = (tags: Tags) => boolean

const CONTRACT_TAGS = ['domain', 'team', 'contract', 'topic'] as const

/** Which series belong to these rules. Series that are of neither a topic nor a contract always do. */
export function currentSeries(topics: readonly CompiledTopic[]): IsCurrent {
  const names = new Set(topics.map(({ topic }) => normaliseTagValue(topic)))
  const contracts = new Map(
    topics.flatMap((topic) => topic.contracts).map((contract) => [keyOf(contract), ruleKeys(contract)]),
  )
  return (tags) => {
    if (tags['contract'] === undefined) return tags['topic'] === undefined || names.has(tags['topic'])
    const rules = contracts.get(CONTRACT_TAGS.map((tag) => tags[tag]).join(' '))
    if (rules === undefined || tags['rule'] === undefined) return rules !== undefined
    // Rules past the bound of series share a name, so that one of them may always be behind it.
    return tags['rule'] === 'other' || rules.has(`${tags['rule']} ${tags['severity'] ?? ''}`)
  }
}

function keyOf({ contract }: CompiledContract): string {
  const tags = contractTags(contract)
  return CONTRACT_TAGS.map((tag) => tags[tag]).join(' ')
}

/** Each rule with its severity and without it: not every metric of rules has it. */
function ruleKeys({ rules, streamRules }: CompiledContract): ReadonlySet<string> {
  return new Set(
    [...rules, ...streamRules].flatMap(({ rule: { id, severity } }) => {
      const tag = normaliseTagValue(id)
      return [`${tag} `, `${tag} ${severity}`]
    }),
  )
}
