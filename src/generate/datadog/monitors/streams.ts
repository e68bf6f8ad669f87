import type { Status } from '../../../model/status.ts'
import { STATUSES } from '../../../model/status.ts'
import { normaliseTagValue } from '../../../model/tag.ts'
import type { StreamRule } from '../../../model/contract.ts'
import { boundsOf, isByArrival, streamRules } from '../../bounds.ts'
import { spanText } from '../../spans.ts'
import { ruleFacts } from '../../facts.ts'
import { runbookLines, whoLines } from '../messages.ts'
import type { MonitorDraft } from '../monitor.ts'
import { plain } from '../texts.ts'
import type { Watched } from '../watched.ts'

const WINDOW = 'last_5m'

/** Silence: by the age of the topic where that tells all, else by the status that Assay judges. */
export function freshnessMonitors(watched: Watched): MonitorDraft[] {
  const rules = streamRules(watched.contract, 'freshness')
  const byAge = rules.filter(({ check }) => isByArrival(check))
  const byStatus = rules.filter(({ check }) => !isByArrival(check))
  const strictest = [...byAge].sort((one, other) => one.check.withinMs - other.check.withinMs)[0]
  return [
    ...(strictest === undefined ? [] : [ageMonitor(watched, strictest.check.withinMs, byAge)]),
    ...(byStatus.length === 0 ? [] : [silentByStatus(watched, byStatus)]),
  ]
}

function ageMonitor(watched: Watched, withinMs: number, rules: readonly StreamRule[]): MonitorDraft {
  const { contract, scope, queries } = watched
  const within = spanText(withinMs)
  return {
    check: 'freshness',
    title: `no event for longer than ${within}`,
    type: 'query alert',
    // An age is never high by chance: waiting for a whole window above the bound would only tell of it late.
    query: `max(${WINDOW}):${queries.gauge('min', 'dq.topic.event_age', scope)}`,
    comparator: '>',
    thresholds: { critical: withinMs / 1000 },
    priority: 2,
    onMissingData: 'show_no_data',
    message: {
      broke: `Nothing has come into topic ${watched.tags.topic} for {{value}} s, and ${scope.contract} relies on an event every ${within}. Assay itself is at work: if it were not, this number would be absent.`,
      facts: [...ruleFacts(rules, plain), ...whoLines(contract)],
      next: [
        'Ask the producer whether it runs, and whether it should have something to say.',
        ...runbookLines(contract),
      ],
      recovered: `An event came less than ${within} ago. What was not written meanwhile may still be missing.`,
    },
  }
}

function silentByStatus(watched: Watched, rules: readonly StreamRule[]): MonitorDraft {
  const { contract, scope } = watched
  return {
    check: 'freshness_status',
    title: 'rule {{rule.name}}: no recent event',
    type: 'query alert',
    query: statusQuery(watched, rules, 'breached'),
    comparator: '<',
    thresholds: { critical: 1 },
    priority: 2,
    isGrouped: true,
    message: {
      broke: `Rule {{rule.name}} of ${scope.contract} is breached: topic ${watched.tags.topic} has had no event as recent as it asks for.`,
      facts: [...ruleFacts(rules, plain), ...whoLines(contract)],
      next: [
        'Ask the producer whether it runs, and whether its events carry the time that they should.',
        ...runbookLines(contract),
      ],
      recovered:
        'Events are as recent as the rule asks for again, or a time has begun that it makes an exception of.',
    },
  }
}

/** Too few or too many events in a window. The status knows lateness and exceptions, which a bound on the number would not. */
export function volumeMonitors(watched: Watched): MonitorDraft[] {
  const { contract, scope } = watched
  const rules = streamRules(contract, 'volume')
  if (rules.length === 0) return []
  return [
    {
      check: 'volume',
      title: 'rule {{rule.name}}: unusual number of events',
      type: 'query alert',
      query: statusQuery(watched, rules, 'breached'),
      comparator: '<',
      thresholds: { critical: 1 },
      priority: 3,
      isGrouped: true,
      message: {
        broke: `The last closed window of rule {{rule.name}} of ${scope.contract} held too few or too many events.`,
        facts: [...rules.map(({ id, check }) => `\`${id}\`: ${boundsText(check)}`), ...whoLines(contract)],
        next: [
          'The dashboard of the contract shows the number of events of each window.',
          ...runbookLines(contract),
        ],
        recovered: 'A whole window was within its bounds again.',
      },
    },
  ]
}

/** A renamed field switches `when` off without a word: the rule then judges nothing. */
export function notAppliedMonitors(watched: Watched): MonitorDraft[] {
  const { contract, scope } = watched
  const rules = boundsOf(contract).flatMap((bound) => bound.rules)
  const conditional = rules.filter(({ when, missing }) => when !== undefined || missing === 'skip')
  if (conditional.length === 0) return []
  return [
    {
      check: 'not_applied',
      title: 'rule {{rule.name}} applies to no event any more',
      type: 'query alert',
      query: statusQuery(watched, conditional, 'not_applied'),
      comparator: '<',
      thresholds: { critical: 1 },
      priority: 4,
      isGrouped: true,
      message: {
        broke: `Events flow, but rule {{rule.name}} of ${scope.contract} has skipped all of them, and it used to apply. It watches nothing now.`,
        facts: [...ruleFacts(conditional, plain), ...whoLines(contract)],
        next: [
          'Compare what its `when` asks for with an event of today: a field may have been renamed.',
          ...runbookLines(contract),
        ],
        recovered: 'The rule applies to events again.',
      },
    },
  ]
}

/**
 * Below 1 while every value of the window is the number of the status: statuses are numbers without an order, so none of them is above
 * or below a bound.
 */
function statusQuery(
  { scope, queries }: Watched,
  rules: readonly { readonly id: string }[],
  status: Status,
): string {
  const rule = rules.map(({ id }) => normaliseTagValue(id))
  const gauge = queries.gauge('max', 'dq.rule.status', { ...scope, rule }, ['rule'])
  return `max(${WINDOW}):abs(${gauge} - ${STATUSES.indexOf(status)})`
}

function boundsText({
  overMs,
  min,
  max,
}: {
  overMs: number
  min?: number | undefined
  max?: number | undefined
}): string {
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ]
  return `${bounds.join(' and ')} events every ${spanText(overMs)}`
}
