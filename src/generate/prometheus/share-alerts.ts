import type { Severity } from '../../model/contract.ts'
import { badShare, MINIMUM_EVENTS, USUAL_WINDOW_MS, type Bound, type ShareBound } from '../bounds.ts'
import { checkName } from '../check-name.ts'
import { samplesLine } from '../facts.ts'
import { idOf, ids, promDuration } from '../promql/selectors.ts'
import { shareText, spanText } from '../spans.ts'
import { type AlertDraft, type AlertSeverity } from './alert.ts'
import {
  type Alerting,
  MINUTE_MS,
  RULE,
  PERCENT,
  texts,
  guarded,
  recorded,
  by,
  facts,
  numberOf,
  frame,
} from './alerting.ts'
import { RECORDED } from './recordings.ts'
import { eventCast, failCast, renderedShare, ruleCast, statusScenario } from './casts.ts'
import { growthScenario, shareAbove, shareScenario } from './scenario.ts'

const SEVERITY: Readonly<Record<Severity, AlertSeverity>> = {
  error: 'critical',
  warning: 'warning',
  info: 'info',
}

/** The promise about the share of good events, over a window that a person can act in. */
export function validityAlert(it: Alerting): AlertDraft[] {
  const promised = it.contract.promises.validity
  if (promised === undefined) return []
  const bound = badShare(promised.objective)
  const window = promDuration(USUAL_WINDOW_MS)
  return [
    {
      ...frame(it, 'AssayValidity', 'validity', 'critical'),
      expr: guarded(
        it.scope,
        RECORDED.badShare(window),
        RECORDED.judgedEvents(window),
        bound,
        MINIMUM_EVENTS,
      ),
      texts: texts(it, {
        summary: `${PERCENT} of the events of ${it.tags.contract} are bad`,
        description: `Failed or undecodable in the last ${spanText(USUAL_WINDOW_MS)}; promised are at most ${shareText(bound)}. ${samplesLine(it.contract)}`,
        recovery: `The share of the last ${spanText(USUAL_WINDOW_MS)} is within the promise again, or fewer than ${MINIMUM_EVENTS} events were judged. Bad events of before are still in the topic.`,
      }),
      scenarios: [
        shareScenario(
          eventCast(it),
          {
            windowMs: USUAL_WINDOW_MS,
            forMs: MINUTE_MS,
            bound,
            minimumEvents: MINIMUM_EVENTS,
          },
          { labels: {}, rendered: { [PERCENT]: renderedShare(shareAbove(bound)) } },
        ),
      ],
    },
  ]
}

/** Rules that are held to one bound. */
export function boundAlert(it: Alerting, bound: Bound): AlertDraft[] {
  if (bound.kind === 'none') return [noneAlert(it, bound)]
  const severity = SEVERITY[bound.severity]
  const warning = bound.warn
  return [
    ...(bound.fail < 1 ? [shareAlert(it, bound, bound.fail, severity, 'AssayRuleFails')] : []),
    ...(warning !== undefined && warning < bound.fail
      ? [shareAlert(it, bound, warning, severity === 'info' ? 'info' : 'warning', 'AssayRuleWarns')]
      : []),
  ]
}

function shareAlert(
  it: Alerting,
  bound: ShareBound,
  share: number,
  severity: AlertSeverity,
  alert: 'AssayRuleFails' | 'AssayRuleWarns',
): AlertDraft {
  const window = promDuration(bound.overMs)
  const scope = { ...it.scope, rule: ids(bound.rules) }
  const rule = idOf(bound.rules[0])
  // Not longer than the window: what is bad for a moment would have left it before the alert has held.
  const forMs = Math.min(MINUTE_MS, bound.overMs)
  const because = bound.origin === 'tolerance' ? 'its tolerance allows' : 'the promise of the contract leaves'
  return {
    ...frame(it, alert, checkName(bound), severity),
    forMs,
    expr: guarded(scope, RECORDED.failShare(window), RECORDED.judged(window), share, bound.minimumEvents),
    texts: texts(it, {
      summary: `Rule ${RULE} of ${it.tags.contract} fails for ${PERCENT} of the events that it judged`,
      description: `In the last ${spanText(bound.overMs)}; ${because} ${shareText(share)}. ${facts(bound.rules)} ${samplesLine(it.contract)}`,
      recovery: `The share of the last ${spanText(bound.overMs)} is within that again, or fewer than ${bound.minimumEvents} events were judged. Bad events of before are still in the topic.`,
    }),
    scenarios: [
      shareScenario(
        ruleCast(it, rule),
        { windowMs: bound.overMs, forMs, bound: share, minimumEvents: bound.minimumEvents },
        { labels: { rule }, rendered: { [PERCENT]: renderedShare(shareAbove(share)), [RULE]: rule } },
      ),
    ],
  }
}

/** Fails that were counted before the first scrape don't grow: the status tells of them. */
function noneAlert(it: Alerting, bound: Extract<Bound, { kind: 'none' }>): AlertDraft {
  const window = promDuration(bound.overMs)
  const scope = { ...it.scope, rule: ids(bound.rules) }
  const rule = idOf(bound.rules[0])
  const told = { labels: { rule }, rendered: { [RULE]: rule } }
  return {
    ...frame(it, 'AssayRuleFailed', checkName(bound), SEVERITY[bound.severity]),
    forMs: 0,
    expr: `${recorded(RECORDED.failed(window), scope)} > 0 or max by (${by(it, 'rule')}) (${it.queries.gauge('dq.rule.status', scope)} == ${numberOf('breached')})`,
    texts: texts(it, {
      summary: `Rule ${RULE} of ${it.tags.contract} failed, and may not`,
      description: `Not a single failure is tolerated. ${facts(bound.rules)} ${samplesLine(it.contract)}`,
      recovery: `No event failed in the last ${spanText(bound.overMs)}. Those that failed before are still in the topic.`,
    }),
    scenarios: [
      growthScenario(failCast(it, rule), { windowMs: bound.overMs, forMs: 0, most: 0 }, told),
      statusScenario(it, rule, 'breached', 0),
    ],
  }
}
