import type { Contract, Rule, Severity } from '../../../model/contract.ts'
import { normaliseTagValue } from '../../../model/tag.ts'
import {
  badShare,
  type Bound,
  boundsOf,
  MINIMUM_EVENTS,
  RECOVERY_SHARE,
  roundTo,
  type ShareBound,
  USUAL_WINDOW_MS,
} from '../../bounds.ts'
import { checkName } from '../../check-name.ts'
import { decimal, shareText, spanText } from '../../spans.ts'
import { ruleFacts, samplesLine } from '../../facts.ts'
import { lastOf, windowMsFor, type MonitorDraft, type Thresholds } from '../monitor.ts'
import { BAD_RESULTS, JUDGED_RESULTS } from '../../results.ts'
import { runbookLines, whoLines } from '../messages.ts'
import { plain } from '../texts.ts'
import type { Watched } from '../watched.ts'

const PRIORITIES: Readonly<Record<Severity, { readonly share: 2 | 3 | 5; readonly none: 1 | 3 | 5 }>> = {
  error: { share: 2, none: 1 },
  warning: { share: 3, none: 3 },
  info: { share: 5, none: 5 },
}

/** The promise about the share of good events, over a window that a person can act in; the burn of its budget has monitors of its own. */
export function validityMonitors(watched: Watched): MonitorDraft[] {
  const { contract, scope, queries } = watched
  const promised = contract.promises.validity
  if (promised === undefined) return []
  const bad = queries.count('dq.events', { ...scope, result: BAD_RESULTS })
  const judged = queries.count('dq.events', { ...scope, result: JUDGED_RESULTS })
  const bound = badShare(promised.objective)
  const window = spanText(USUAL_WINDOW_MS)
  return [
    {
      check: 'validity',
      title: 'more bad events than promised',
      type: 'query alert',
      query: guardedShare(USUAL_WINDOW_MS, bad, judged, MINIMUM_EVENTS),
      comparator: '>',
      thresholds: shareThresholds(undefined, bound),
      priority: 2,
      isRatio: true,
      message: {
        broke: `{{value}} % of the events of ${scope.contract} were bad in the last ${window}: failed or undecodable. Promised are at most ${shareText(bound)}.`,
        facts: whoLines(contract),
        next: [samplesLine(contract), ...runbookLines(contract)],
        recovered: recoveredText(bound, window, MINIMUM_EVENTS),
      },
    },
  ]
}

/** Rules about single events, one monitor for all that have the same bound. */
export function ruleMonitors(watched: Watched): MonitorDraft[] {
  return boundsOf(watched.contract).map((bound) =>
    bound.kind === 'none' ? noneMonitor(watched, bound) : shareMonitor(watched, bound),
  )
}

function shareMonitor(watched: Watched, bound: ShareBound): MonitorDraft {
  const { contract, scope, queries } = watched
  const rules = { ...scope, ...ruleFilter(contract, bound.rules) }
  const failed = queries.count('dq.rule.evaluations', { ...rules, result: 'fail' }, ['rule'])
  const judged = queries.count('dq.rule.evaluations', { ...rules, result: ['pass', 'fail'] }, ['rule'])
  const overMs = windowMsFor(bound.overMs)
  const window = spanText(overMs)
  const because = bound.origin === 'tolerance' ? 'its tolerance allows' : 'the promise of the contract leaves'
  const says = (share: number) =>
    `Rule {{rule.name}} of ${scope.contract} failed for {{value}} % of the events that it judged in the last ${window}: ${because} ${shareText(share)}.`
  return {
    check: checkName(bound),
    title: `rule {{rule.name}} fails for more than ${shareText(bound.fail)} in ${window}`,
    type: 'query alert',
    query: guardedShare(overMs, failed, judged, bound.minimumEvents),
    comparator: '>',
    thresholds: shareThresholds(bound.warn, bound.fail),
    priority: PRIORITIES[bound.severity].share,
    isRatio: true,
    isGrouped: true,
    message: {
      broke: says(bound.fail),
      ...(bound.warn === undefined || bound.warn >= bound.fail ? {} : { warns: says(bound.warn) }),
      facts: [...ruleFacts(bound.rules, plain), ...whoLines(contract)],
      next: [samplesLine(contract), ...runbookLines(contract)],
      recovered: recoveredText(bound.fail, window, bound.minimumEvents),
    },
  }
}

function noneMonitor(watched: Watched, bound: Extract<Bound, { kind: 'none' }>): MonitorDraft {
  const { contract, scope, queries } = watched
  const rules = { ...scope, ...ruleFilter(contract, bound.rules) }
  const failed = queries.count('dq.rule.evaluations', { ...rules, result: 'fail' }, ['rule'])
  const window = spanText(bound.overMs)
  return {
    check: checkName(bound),
    title: 'rule {{rule.name}} failed, and may not',
    type: 'query alert',
    query: `sum(${lastOf(bound.overMs)}):${failed}`,
    comparator: '>',
    thresholds: { critical: 0 },
    priority: PRIORITIES[bound.severity].none,
    isGrouped: true,
    message: {
      broke: `Rule {{rule.name}} of ${scope.contract} failed for {{value}} events in the last ${window}, and no failure is tolerated.`,
      facts: [...ruleFacts(bound.rules, plain), ...whoLines(contract)],
      next: [samplesLine(contract), ...runbookLines(contract)],
      recovered: `No event failed in the last ${window}. Those that failed before are still in the topic.`,
    },
  }
}

/** By severity where the bound is that of all rules of it: then a query stays short, and rules that share `rule:other` are in it. */
function ruleFilter(contract: Contract, rules: readonly Rule[]): { severity: Severity } | { rule: string[] } {
  const [first] = rules
  const isOfSeverity = ({ severity, mode }: Rule) => mode === 'live' && severity === first?.severity
  return first !== undefined && contract.rules.filter(isOfSeverity).length === rules.length
    ? { severity: first.severity }
    : { rule: rules.map(({ id }) => normaliseTagValue(id)) }
}

/** A share in per cent that is 0 while too little was judged to say anything. */
function guardedShare(overMs: number, bad: string, judged: string, minimumEvents: number): string {
  const share = `100 * ${bad} / ${judged}`
  const guard = minimumEvents <= 1 ? '' : ` * is_greater(${judged}, ${minimumEvents - 1})`
  return `sum(${lastOf(overMs)}):${share}${guard}`
}

function shareThresholds(warn: number | undefined, fail: number): Thresholds {
  const critical = percent(fail)
  const hasWarning = warn !== undefined && warn < fail
  return {
    critical,
    critical_recovery: below(critical),
    warning: hasWarning ? percent(warn) : undefined,
    warning_recovery: hasWarning ? below(percent(warn)) : undefined,
  }
}

function percent(share: number): number {
  return roundTo(share * 100, 6)
}

/** Undefined where nothing is below: a bound of 0 is left as soon as it holds again. */
function below(bound: number): number | undefined {
  const recovery = roundTo(bound * RECOVERY_SHARE, 6)
  return recovery < bound ? recovery : undefined
}

function recoveredText(bound: number, window: string, minimumEvents: number): string {
  const few = minimumEvents > 1 ? `, or fewer than ${minimumEvents} events were judged` : ''
  return `The share of the last ${window} is at or below ${decimal(bound * RECOVERY_SHARE * 100)} % again${few}. Bad events of before are still in the topic.`
}
