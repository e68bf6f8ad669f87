import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Problem } from '../model/problem.ts'

/** Rules over the stream of a topic that no process would see whole, if members own partitions. */
export function withoutWholeTopics(topics: readonly CompiledTopic[]): Problem[] {
  const contracts = topics.flatMap((topic) => topic.contracts)
  return contracts.flatMap(({ streamRules }) =>
    streamRules.map(({ rule }): Problem => ({
      code: 'STREAM_RULE_NEEDS_TOPIC',
      severity: 'error',
      message: `rule "${rule.id}" checks the ${rule.check.kind} of a whole topic, of which a member sees a part under --assign partition`,
      hint: 'Run this domain with --assign topic, or move the rule to a contract of a domain that does.',
      at: rule.at,
    })),
  )
}
