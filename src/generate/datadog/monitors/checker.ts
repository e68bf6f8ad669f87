import { BROKEN_RULE_ERRORS, LATE_SECONDS, RETENTION_SHARE, USUAL_WINDOW_MS } from '../../bounds.ts'
import { spanText } from '../../spans.ts'
import { lastOf, type MonitorDraft } from '../monitor.ts'
import { someOf } from '../../texts.ts'
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
    {
      check: 'topic_missing',
      title: 'the topic does not exist or may not be read',
      type: 'query alert',
      query: `min(last_5m):${queries.gauge('max', 'dq.topic.missing', scope, ['topic'])}`,
      comparator: '>',
      thresholds: { critical: 0 },
      priority: 2,
      isGrouped: true,
      message: {
        broke:
          'Topic {{topic.name}} does not exist, or the service may not read it. Its contracts are not watched; those on other topics are.',
        facts: [contracts],
        next: [
          'Compare the name with that of the contracts, and check the permissions of the consumer group.',
        ],
        recovered: 'The topic is there and is read.',
      },
    },
  ]
}

/** What stands in the way of a whole domain. */
export function domainMonitors(group: WatchedGroup): MonitorDraft[] {
  const { name, queries, settings } = group
  const scope = { domain: name, ...envFilter(settings) }
  const stale: MonitorDraft = {
    check: 'stale_rules',
    title: 'the rules on disk can’t be loaded',
    type: 'query alert',
    query: `min(last_10m):${queries.gauge('max', 'dq.rules.stale', scope)}`,
    comparator: '>',
    thresholds: { critical: 0 },
    priority: 3,
    message: {
      broke: `The rule files of domain ${name} can not be used: the last good rules go on, and what was merged since does not run.`,
      facts: [],
      next: [
        'Run `assay validate` on the rules that were deployed; the log of the service has the problems.',
      ],
      recovered: 'What runs is what the files say.',
    },
  }
  return group.contracts.some(({ contract }) => needsRegistry(contract))
    ? [stale, registryMonitor(group)]
    : [stale]
}

function registryMonitor({ name, queries, settings }: WatchedGroup): MonitorDraft {
  const scope = { domain: name, ...envFilter(settings) }
  return {
    check: 'registry_unavailable',
    title: 'the schema registry does not answer',
    type: 'query alert',
    query: `min(last_5m):${queries.gauge('max', 'dq.registry.unavailable', scope)}`,
    comparator: '>',
    thresholds: { critical: 0 },
    priority: 2,
    message: {
      broke: `The schema registry does not answer the service of domain ${name}. Partitions whose next record needs it wait; nothing of them is judged or lost.`,
      facts: [],
      next: ['See whether the registry runs, and whether address and credentials are still right.'],
      recovered: 'The registry answers, and what waited is judged now.',
    },
  }
}

const REGISTRY_FORMATS = new Set(['avro', 'protobuf', 'json-schema'])

function needsRegistry({ format, keyFormat }: { format: string; keyFormat: string }): boolean {
  return REGISTRY_FORMATS.has(format) || REGISTRY_FORMATS.has(keyFormat)
}
