import { LATE_SECONDS, RETENTION_SHARE } from '../bounds.ts'
import type { PromQueries } from '../promql/queries.ts'
import { spanText } from '../spans.ts'
import { someOf } from '../texts.ts'
import { domainTroubles, topicTroubles } from '../troubles.ts'
import { envFilter, type WatchedGroup } from '../watched.ts'
import type { AlertDraft } from './alert.ts'
import { gaugeCast } from './casts.ts'
import { gaugeScenario } from './scenario.ts'
import { troubleAlert } from './trouble-alert.ts'

type Group = WatchedGroup<PromQueries>

const MINUTE_MS = 60_000
const VALUE = '{{ $value }}'

/** How late verdicts on a topic are, whether it is there and can be read, and whether all of it was judged. */
export function topicAlerts(group: Group): AlertDraft[] {
  const { name: topic, domain, settings, queries } = group
  const scope = { topic, domain, ...envFilter(settings) }
  return [
    ...lagAlerts(group, scope),
    ...topicTroubles(group).map((trouble) => troubleAlert(trouble, queries, scope)),
  ].flatMap((alert) => forTeams(alert, group))
}

/** What stands in the way of a whole domain. */
export function domainAlerts(group: Group): AlertDraft[] {
  const scope = { domain: group.name, ...envFilter(group.settings) }
  return domainTroubles(group)
    .map((trouble) => troubleAlert(trouble, group.queries, scope))
    .flatMap((alert) => forTeams(alert, group))
}

/** Each team that relies on a topic or a domain is told. */
function forTeams(alert: AlertDraft, { teams }: Group): AlertDraft[] {
  return teams.map((team) => ({ ...alert, labels: { ...alert.labels, team } }))
}

function lagAlerts(
  { name: topic, settings, contracts, queries }: Group,
  scope: { readonly topic: string; readonly domain: string; readonly env?: string },
): AlertDraft[] {
  const lag = (each: typeof scope & { readonly version?: string }) =>
    queries.gauge('dq.consumer.lag_seconds', each)
  const who = `Contracts on the topic: ${someOf(contracts.map(({ tags }) => tags.contract))}.`
  const retentionBound = Math.round((settings.retentionMs / 1000) * RETENTION_SHARE)
  const above = (bound: number, forMs: number) => aboveAlert(lag, scope, bound, forMs)
  return [
    {
      alert: 'AssayLag',
      check: 'lag',
      severity: 'warning',
      ...above(LATE_SECONDS, 10 * MINUTE_MS),
      texts: {
        summary: `Verdicts on topic ${topic} are ${VALUE} s late`,
        description: `The events themselves may be fine: what is late is the checking. ${who} See whether the service has enough CPU, and whether the topic brings more than usual.`,
        recovery: `Verdicts are less than ${LATE_SECONDS} s late again, and every event was judged.`,
      },
    },
    {
      alert: 'AssayLagNearRetention',
      check: 'lag_retention',
      severity: 'critical',
      ...above(retentionBound, 15 * MINUTE_MS),
      texts: {
        summary: `Verdicts on topic ${topic} are ${VALUE} s late: events will be lost unjudged`,
        description: `That is more than half of the ${spanText(settings.retentionMs)} for which brokers keep its records. ${who} Give the service more CPU, or keep records of the topic longer until it has caught up.`,
        recovery:
          'The lag is below half of the retention again. dq_offset_gap_total says whether anything was lost.',
      },
    },
  ]
}

/** A gauge that must not be above a bound. */
function aboveAlert<Scope extends object>(
  select: (scope: Scope & { readonly version?: string }) => string,
  labels: Scope & Readonly<Record<string, string>>,
  bound: number,
  forMs: number,
): Pick<AlertDraft, 'expr' | 'forMs' | 'labels' | 'scenarios'> {
  const value = Math.ceil(1.2 * bound)
  const told = { labels: {}, rendered: { [VALUE]: renderedNumber(value) } }
  return {
    labels,
    forMs,
    expr: `max by (${Object.keys(labels).join(', ')}) (${select(labels)}) > ${bound}`,
    scenarios: [gaugeScenario(gaugeCast(select, labels), [bound, value], forMs, told)],
  }
}

/** As Go's `%v` writes it. */
function renderedNumber(value: number): string {
  if (value < 1e21) return String(value)
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1')
}
