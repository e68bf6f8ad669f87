import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Contract } from '../model/contract.ts'
import type {
  ContractReport,
  InstanceReport,
  PromiseReport,
  RuleReport,
  RuleSetReport,
  StatusReport,
} from '../model/status-report.ts'
import type { StatusSubject, SubjectStatus } from '../model/status.ts'
import type { SampledViolation } from '../model/violation.ts'
import type { ContractHistory, CountsSoFar } from './contract-history.ts'
import { contractState } from './contract-state.ts'
import { eventRuleText, streamRuleText } from './rule-text.ts'
import { standingOf } from './standing.ts'

/** What an engine knows of one contract. */
export interface ContractFacts {
  readonly compiled: CompiledContract
  readonly isHere: boolean
  readonly fault: string | undefined
  readonly statuses: readonly SubjectStatus[]
  readonly counts: CountsSoFar
  readonly history: ContractHistory
  readonly suspended: ReadonlySet<string>
  readonly violations: readonly SampledViolation[]
  readonly lagOffsets: number | undefined
  readonly lagSeconds: number | undefined
  readonly eventAgeSeconds: number | undefined
}

/** What an engine knows of itself. */
export interface ReportFacts {
  readonly domain: string
  readonly atMs: number
  readonly flush: number
  readonly flushIntervalMs: number
  readonly instance: InstanceReport
  readonly ruleSet: RuleSetReport
  readonly contracts: readonly ContractFacts[]
}

/** What people are shown, from what the engine knows. */
export function statusReport(facts: ReportFacts): StatusReport {
  return { ...facts, contracts: facts.contracts.map(contractReport) }
}

function contractReport(facts: ContractFacts): ContractReport {
  const { compiled, isHere, fault, statuses, counts, history } = facts
  const { contract } = compiled
  const { passRate, trend } = history
  const ruleReports = rulesOf(facts)
  return {
    id: contract.id,
    version: contract.version,
    topic: contract.topic,
    owner: contract.owner,
    producer: contract.producer,
    consumers: contract.consumers,
    ...contractState({ statuses, isHere, fault, passRate }),
    isHere,
    events: counts.events,
    passRate,
    trend,
    lagOffsets: facts.lagOffsets,
    lagSeconds: facts.lagSeconds,
    eventAgeSeconds: facts.eventAgeSeconds,
    rules: ruleReports.length,
    failing: ruleReports.filter(isFailing).length,
    description: contract.description,
    file: contract.file,
    links: contract.links,
    tags: contract.tags,
    promises: promisesOf(contract, statuses),
    ruleReports,
    violations: facts.violations,
  }
}

/** Rules in the shadow are only tried out. */
function isFailing({ recent, mode }: RuleReport): boolean {
  return mode === 'live' && recent !== undefined && recent.fail + recent.error > 0
}

function rulesOf({ compiled, statuses, counts, history, suspended }: ContractFacts): RuleReport[] {
  const standings = new Map(statuses.map((status) => [keyOf(status.subject), standingOf(status)]))
  const eventRules = compiled.rules.map((rule, place): RuleReport => ({
    ...eventRuleText(rule),
    standing: standings.get(rule.rule.id),
    counts: counts.verdicts(place),
    recent: history.recent(place),
    isSuspended: suspended.has(rule.rule.id),
  }))
  const streamRules = compiled.streamRules.map((rule): RuleReport => ({
    ...streamRuleText(rule),
    standing: standings.get(rule.rule.id),
    counts: undefined,
    recent: undefined,
    isSuspended: false,
  }))
  return [...eventRules, ...streamRules]
}

function promisesOf({ promises }: Contract, statuses: readonly SubjectStatus[]): PromiseReport[] {
  const { validity, freshness } = promises
  const named = [
    validity && ({ promise: 'validity', objective: validity.objective, of: validity.window } as const),
    freshness && ({ promise: 'freshness', objective: freshness.objective, of: freshness.rule } as const),
  ]
  return named.flatMap((each) => {
    if (each === undefined) return []
    const found = statuses.find(
      ({ subject }) => subject.kind === 'promise' && subject.promise === each.promise,
    )
    return [{ ...each, standing: found && standingOf(found) }]
  })
}

function keyOf(subject: StatusSubject): string | undefined {
  return subject.kind === 'rule' ? subject.rule : undefined
}
