import type { RunConfig } from '../config/run-config.ts'
import type { RunnableRules } from '../engine/rule-swap.ts'
import type { Problem } from '../model/problem.ts'
import { chooseDomain } from './choose-domain.ts'
import { isUsable } from './load-rules.ts'
import { withoutWholeTopics } from './partition-assignment.ts'
import { withoutRegistry } from './registry.ts'
import type { LoadedRules } from './rule-folder.ts'

/** Rules of one domain that can be run. */
export interface DomainRules extends RunnableRules {
  readonly domain: string
}

/** What of the settings decides whether rules can be run. */
export type RunSetting = Pick<RunConfig, 'domain' | 'registry' | 'assign'>

/**
 * The rules of the domain that is served, or why this process can't run them: the same at its start and later.
 *
 * @param running the domain that is served already, if one is
 */
export function runnableRules(
  { ruleSet, hash }: LoadedRules,
  { domain: wanted, registry, assign }: RunSetting,
  running?: string,
): DomainRules | { readonly problems: readonly Problem[] } {
  if (!isUsable(ruleSet)) return { problems: ruleSet.problems }
  const chosen = chooseDomain(ruleSet.topics, wanted)
  if ('code' in chosen) return { problems: [chosen] }
  const { domain, topics } = chosen
  if (running !== undefined && domain !== running) return { problems: [otherDomain(running, domain)] }
  const problems = [
    ...(registry === undefined ? withoutRegistry(topics) : []),
    ...(assign === 'partition' ? withoutWholeTopics(topics) : []),
  ]
  if (problems.length > 0) return { problems }
  return { domain, topics, hash: hash(({ contract }) => contract.domain === domain) }
}

function otherDomain(running: string, found: string): Problem {
  return {
    code: 'DOMAIN_CHANGED',
    severity: 'error',
    message: `the rules are of the domain \`${found}\` now, and this process serves \`${running}\``,
    hint: `Bring the contracts of \`${running}\` back, or start a new process for \`${found}\`: its consumer group has another name.`,
  }
}
