import { LATE_SECONDS, RETENTION_SHARE } from '../bounds.ts'
import type { PromQueries } from '../promql/queries.ts'
import { spanText } from '../spans.ts'
import { someOf } from '../texts.ts'
import { envFilter, type WatchedGroup } from '../watched.ts'
import type { AlertDraft, AlertSeverity, AlertTexts } from './alert.ts'
import { gaugeScenario } from './scenario.ts'

const MINUTE_MS = 60_000

/** One gauge that must not be above a bound, for all who rely on a topic or a domain. */
interface GaugeAlert {
  readonly alert: string
  readonly check: string
  readonly severity: AlertSeverity
  readonly selector: string
  readonly tested: string
  readonly bound: number
  readonly forMs: number
  readonly texts: AlertTexts
}

/** How late verdicts on a topic are, and whether it is there. Each team that relies on it is told. */
export function topicAlerts(group: WatchedGroup<PromQueries>): AlertDraft[] {
  const { name: topic, domain, settings, contracts, queries } = group
  const scope = { topic, domain, ...envFilter(settings) }
  const lag = queries.gauge('dq.consumer.lag_seconds', scope)
  const missing = queries.gauge('dq.topic.missing', scope)
  const who = `Contracts on the topic: ${someOf(contracts.map(({ tags }) => tags.contract))}.`
  const retention = spanText(settings.retentionMs)
  const alerts: GaugeAlert[] = [
    {
      alert: 'AssayLag',
      check: 'lag',
      severity: 'warning',
      selector: lag,
      tested: lag,
      bound: LATE_SECONDS,
      forMs: 10 * MINUTE_MS,
      texts: {
        summary: `Verdicts on topic ${topic} are {{ $value }} s late`,
        description: `The events themselves may be fine: what is late is the checking. ${who} See whether the service has enough CPU, and whether the topic brings more than usual.`,
        recovery: `Verdicts are less than ${LATE_SECONDS} s late again, and every event was judged.`,
      },
    },
    {
      alert: 'AssayLagNearRetention',
      check: 'lag_retention',
      severity: 'critical',
      selector: lag,
      tested: lag,
      bound: Math.round((settings.retentionMs / 1000) * RETENTION_SHARE),
      forMs: 15 * MINUTE_MS,
      texts: {
        summary: `Verdicts on topic ${topic} are {{ $value }} s late: events will be lost unjudged`,
        description: `That is more than half of the ${retention} for which brokers keep its records. ${who} Give the service more CPU, or keep records of the topic longer until it has caught up.`,
        recovery:
          'The lag is below half of the retention again. dq_offset_gap_total says whether anything was lost.',
      },
    },
    {
      alert: 'AssayTopicMissing',
      check: 'topic_missing',
      severity: 'critical',
      selector: missing,
      tested: missing,
      bound: 0,
      forMs: 5 * MINUTE_MS,
      texts: {
        summary: `Topic ${topic} does not exist or may not be read`,
        description: `Its contracts are not watched; those on other topics are. ${who} Compare the name with that of the contracts, and check the permissions of the consumer group.`,
        recovery: 'The topic is there and is read.',
      },
    },
  ]
  return alerts.flatMap((alert) => forTeams(alert, group, scope))
}

/** What stands in the way of a whole domain. */
export function domainAlerts(group: WatchedGroup<PromQueries>): AlertDraft[] {
  const { name: domain, settings, queries } = group
  const scope = { domain, ...envFilter(settings) }
  const stale = queries.gauge('dq.rules.stale', scope)
  const registry = queries.gauge('dq.registry.unavailable', scope)
  const alerts: GaugeAlert[] = [
    {
      alert: 'AssayRulesStale',
      check: 'stale_rules',
      severity: 'warning',
      selector: stale,
      tested: stale,
      bound: 0,
      forMs: 5 * MINUTE_MS,
      texts: {
        summary: `The rules of domain ${domain} on disk can’t be loaded`,
        description:
          'What runs is older than what was merged. Run assay validate on the rules that were deployed; the log of the service has the problems.',
        recovery: 'What is on disk is what runs.',
      },
    },
    {
      alert: 'AssayRegistryUnavailable',
      check: 'registry_unavailable',
      severity: 'critical',
      selector: registry,
      tested: registry,
      bound: 0,
      forMs: 5 * MINUTE_MS,
      texts: {
        summary: `The schema registry does not answer the service of domain ${domain}`,
        description:
          'Partitions whose next record needs it wait; nothing of them is judged or lost. See whether the registry runs, and whether address and credentials are still right.',
        recovery: 'The registry answers, and what waited is judged now.',
      },
    },
  ]
  return alerts.flatMap((alert) => forTeams(alert, group, scope))
}

function forTeams(
  { alert, check, severity, selector, tested, bound, forMs, texts }: GaugeAlert,
  { teams }: WatchedGroup<PromQueries>,
  labels: Readonly<Record<string, string>>,
): AlertDraft[] {
  const by = Object.keys(labels).join(', ')
  const value = Math.max(1, 2 * bound)
  const rendered = { '{{ $value }}': renderedNumber(value) }
  return teams.map((team) => ({
    alert,
    check,
    severity,
    forMs,
    labels: { ...labels, team },
    expr: `max by (${by}) (${selector}) > ${bound}`,
    texts,
    scenarios: [gaugeScenario(tested, [0, value], forMs, { labels: {}, rendered })],
  }))
}

/** As Go's `%v` writes it. */
function renderedNumber(value: number): string {
  if (value < 1e21) return String(value)
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1')
}
