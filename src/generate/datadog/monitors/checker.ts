import { BROKEN_RULE_ERRORS, LATE_SECONDS, RETENTION_SHARE, USUAL_WINDOW_MS } from '../../bounds.ts'
import { spanText } from '../../spans.ts'
import { lastOf, type MonitorDraft } from '../monitor.ts'
import { someOf } from '../../texts.ts'
import { domainTroubles, topicTroubles, type Trouble } from '../../troubles.ts'
import { envFilter } from '../../watched.ts'
import { runbookLines } from '../messages.ts'
import type { Watched, WatchedGroup } from '../watched.ts'

/** What is wrong with the checker itself, as seen from one contract. None of it says anything about the data. */
export function checkerMonitors(watched: Watched): MonitorDraft[] {
  return [deadMonitor(watched), brokenMonitor(watched), suspendedMonitor(watched)]
}

function deadMonitor({ contract, tags, scope, queries }: Watched): MonitorDraft {
  return {
    check: 'checker_dead',
    title: 'nobody watches this contract',
    type: 'query alert',
    query: `sum(last_10m):${queries.count('dq.heartbeat', scope)}`,
    comparator: '<',
    thresholds: { critical: 1 },
    priority: 2,
    message: {
      broke: `Assay has not judged ${scope.contract} for ten minutes: no heartbeat came. Whatever else is green about this contract is not known.`,
      facts: [
        `The service is that of domain ${tags.domain}, consumer group assay-${tags.domain} unless it was told another.`,
      ],
      next: [
        'See whether the service runs and is ready (`/readyz`), whether it reaches the brokers, and whether its metrics reach Datadog.',
        ...runbookLines(contract),
      ],
      recovered:
        'Heartbeats come again. Nothing was skipped: judging goes on where it was committed, unless retention was shorter than the outage.',
    },
  }
}

function brokenMonitor({ contract, scope, queries }: Watched): MonitorDraft {
  const window = spanText(USUAL_WINDOW_MS)
  const errors = queries.count('dq.rule.evaluations', { ...scope, result: 'error' }, ['rule'])
  return {
    check: 'broken_rule',
    title: 'rule {{rule.name}} can’t judge',
    type: 'query alert',
    query: `sum(${lastOf(USUAL_WINDOW_MS)}):${errors}`,
    comparator: '>',
    thresholds: { critical: BROKEN_RULE_ERRORS },
    priority: 4,
    onMissingData: 'resolve',
    isGrouped: true,
    message: {
      broke: `Rule {{rule.name}} of ${scope.contract} could not judge {{value}} events in the last ${window}. The rule is at fault, not the data: these events count neither as good nor as bad.`,
      facts: [],
      next: [
        'Run `assay check` on some records of the topic: it shows why the rule can’t judge them. Mend the rule, and add a case to its test.',
        ...runbookLines(contract),
      ],
      recovered: 'The rule judges again. Events that it could not judge are not judged again.',
    },
  }
}

function suspendedMonitor({ contract, scope, queries }: Watched): MonitorDraft {
  return {
    check: 'suspended_rule',
    title: 'rule {{rule.name}} is suspended',
    type: 'query alert',
    query: `max(last_5m):${queries.gauge('max', 'dq.rules.suspended', scope, ['rule'])}`,
    comparator: '>',
    thresholds: { critical: 0 },
    priority: 3,
    onMissingData: 'resolve',
    isGrouped: true,
    message: {
      broke: `Rule {{rule.name}} of ${scope.contract} exceeded its budget again and again, and is suspended so that the others keep their pace. It judges nothing meanwhile.`,
      facts: [],
      next: [
        'Make the expression cheaper, or the pattern simpler; the log of the service says which budget it was.',
        ...runbookLines(contract),
      ],
      recovered: 'The rule is tried again.',
    },
  }
}

/** How late our verdicts on a topic are. One monitor for all contracts on it, for they are judged together. */
export function topicMonitors(group: WatchedGroup): MonitorDraft[] {
  const { name, domain, queries, settings } = group
  const scope = { topic: name, domain, ...envFilter(settings) }
  const lag = queries.gauge('max', 'dq.consumer.lag_seconds', scope, ['topic'])
  const retention = spanText(settings.retentionMs)
  const contracts = `Contracts on the topic: ${someOf(group.contracts.map(({ tags }) => tags.contract))}`
  return [
    {
      check: 'lag',
      title: 'verdicts are late',
      type: 'query alert',
      query: `min(last_10m):${lag}`,
      comparator: '>',
      thresholds: { critical: LATE_SECONDS },
      priority: 3,
      onMissingData: 'show_no_data',
      isGrouped: true,
      message: {
        broke: `Verdicts on topic {{topic.name}} are {{value}} s late. The events themselves may be fine: what is late is the checking.`,
        facts: [contracts],
        next: [
          'See whether the service has enough CPU, and whether the topic brings more than usual. `dq.evaluate.duration` tells what an event costs.',
        ],
        recovered: `Verdicts are less than ${LATE_SECONDS} s late again, and every event was judged.`,
      },
    },
    {
      check: 'lag_retention',
      title: 'verdicts are so late that events will be lost unjudged',
      type: 'query alert',
      query: `min(last_15m):${lag}`,
      comparator: '>',
      thresholds: { critical: Math.round((settings.retentionMs / 1000) * RETENTION_SHARE) },
      priority: 1,
      onMissingData: 'show_no_data',
      isGrouped: true,
      message: {
        broke: `Verdicts on topic {{topic.name}} are {{value}} s late: more than half of the ${retention} for which brokers keep its records. Beyond that, records are gone before they are judged.`,
        facts: [contracts],
        next: ['Give the service more CPU, or keep records of the topic longer until it has caught up.'],
        recovered:
          'The lag is below half of the retention again. `dq.offset_gap` says whether anything was lost.',
      },
    },
    ...topicTroubles(group).map((trouble) => troubleMonitor(group, trouble, scope)),
  ]
}

/** What stands in the way of a whole domain. */
export function domainMonitors(group: WatchedGroup): MonitorDraft[] {
  const scope = { domain: group.name, ...envFilter(group.settings) }
  return domainTroubles(group).map((trouble) => troubleMonitor(group, trouble, scope))
}

const PRIORITIES = { page: 2, ticket: 3, notice: 4 } as const

/** Most of these are sent only while something is wrong: without data there is nothing to say. */
function troubleMonitor(
  { queries }: WatchedGroup,
  { check, metric, most, overMs, urgency, title, broke, next, recovered }: Trouble,
  scope: { readonly domain: string; readonly topic?: string },
): MonitorDraft {
  const query =
    metric.type === 'count'
      ? `sum(${lastOf(overMs)}):${queries.count(metric.name, scope)}`
      : `min(${lastOf(overMs)}):${queries.gauge('max', metric.name, scope)}`
  return {
    check,
    title,
    type: 'query alert',
    query,
    comparator: '>',
    thresholds: { critical: most },
    priority: PRIORITIES[urgency],
    onMissingData: 'resolve',
    message: { broke, facts: [], next: [next], recovered },
  }
}
