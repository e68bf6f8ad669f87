import { burnRatesFor } from '../../burn-rates.ts'
import type { Finding } from '../../finding.ts'
import type { Timeframe } from '../../objectives.ts'
import type { Artefact } from '../artefact.ts'
import { tagOf } from './artefact-tags.ts'
import type { DashboardJson, EntityJson, SloJson } from './json-types.ts'

/** Monitors that there are for each topic of a domain, and for each contract. */
const OF_TOPIC = ['lag', 'lag_retention', 'topic_missing']
const OF_CONTRACT = ['broken_rule', 'checker_dead', 'suspended_rule']

/** What is not there, although something else is. A folder without monitors has nothing to hold it against. */
export function checkPresence(artefacts: readonly Artefact[]): Finding[] {
  const there = new Set(artefacts.flatMap(namesOf))
  const wanted = artefacts.flatMap((artefact) => wantedBeside(artefact))
  return [...new Set(wanted)]
    .filter((name) => !there.has(name))
    .map((name) => ({ path: '', at: '', message: `there is no ${name}` }))
}

/** What something is known by. */
function namesOf(artefact: Artefact): string[] {
  const { kind, json } = artefact
  if (kind === 'dashboard') return [`dashboard called ${(json as unknown as DashboardJson).title}`]
  if (kind === 'entity') {
    const { kind: sort, metadata } = json as unknown as EntityJson
    return [`entity ${sort}:${metadata.name}`]
  }
  return kind === 'monitor' ? [monitorName(subjectOf(artefact), tagOf(artefact, 'dq_check') ?? '')] : []
}

function subjectOf(artefact: Artefact): string {
  const contract = tagOf(artefact, 'contract')
  if (contract !== undefined) return `contract:${contract}`
  const topic = tagOf(artefact, 'topic')
  const domain = tagOf(artefact, 'domain')
  return topic === undefined ? `domain:${domain}` : `topic:${topic} of domain:${domain}`
}

function monitorName(subject: string, check: string): string {
  return `monitor ${check} of ${subject}`
}

function wantedBeside(artefact: Artefact): string[] {
  const domain = tagOf(artefact, 'domain')
  if (domain === undefined) return []
  const contract = tagOf(artefact, 'contract')
  const topic = tagOf(artefact, 'topic')
  return [
    `dashboard called Domain ${domain}: contracts`,
    `entity system:${domain}`,
    `entity service:assay-${domain}`,
    monitorName(`domain:${domain}`, 'stale_rules'),
    ...(topic === undefined
      ? []
      : [
          `entity queue:${topic}`,
          ...OF_TOPIC.map((check) => monitorName(`topic:${topic} of domain:${domain}`, check)),
        ]),
    ...(contract === undefined ? [] : ofContract(contract, artefact)),
  ]
}

/** Nobody looks at an objective that no monitor speaks for. */
function ofContract(contract: string, { kind, json }: Artefact): string[] {
  const subject = `contract:${contract}`
  const own = [
    `dashboard called Contract ${contract}`,
    ...OF_CONTRACT.map((check) => monitorName(subject, check)),
  ]
  if (kind !== 'slo') return own
  const { target_threshold: target, timeframe, tags } = json as unknown as SloJson
  const promise = tags.find((tag) => tag.startsWith('dq_check:'))?.slice('dq_check:'.length)
  const { fast, slow } = burnRatesFor({ target, timeframe: timeframe as Timeframe })
  const checks = ['budget', ...(fast > 1 ? ['burn_fast'] : []), ...(slow > 1 ? ['burn_slow'] : [])]
  return [...own, ...checks.map((check) => monitorName(subject, `${promise}_${check}`))]
}
