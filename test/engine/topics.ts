import { compileContracts } from '../../src/evaluate/compile.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { contractOf, readFrom } from '../evaluate/support.ts'
import type { RuleText } from '../evaluate/support.ts'

export const POSITIVE: RuleText = { id: 'positive', assert: 'n > 0' }

/** Topics ready to run, of contracts given as keys that differ from the usual ones. */
export function topicsOf(...heads: readonly RuleText[]): readonly CompiledTopic[] {
  const contracts = (heads.length > 0 ? heads : [{}]).map((head) => contractOf([POSITIVE], head))
  return compileContracts(contracts, readFrom({})).topics
}

/** The topic of one contract with these rules. */
export function topicOf(rules: readonly RuleText[], head: RuleText = {}): CompiledTopic {
  const [topic] = compileContracts([contractOf(rules, head)], readFrom({})).topics
  if (topic === undefined) throw new Error('no topic was made')
  return topic
}
