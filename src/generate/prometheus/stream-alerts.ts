import { type Rule, type StreamRule } from '../../model/contract.ts'
import { type Status } from '../../model/status.ts'
import { boundsOf, isByArrival, streamRules } from '../bounds.ts'
import { idOf, ids } from '../promql/selectors.ts'
import { decimal, spanText } from '../spans.ts'
import { type AlertDraft, type AlertSeverity, type AlertTexts } from './alert.ts'
import { type Alerting, MINUTE_MS, RULE, texts, by, facts, numberOf, frame } from './alerting.ts'
import { ageCast, statusScenario } from './casts.ts'
import { gaugeScenario } from './scenario.ts'

const VALUE = '{{ $value }}'

/** Silence: by the age of the topic where that tells all, else by the status that Assay judges. */
export function freshnessAlerts(it: Alerting): AlertDraft[] {
  const rules = streamRules(it.contract, 'freshness')
  const byAge = rules.filter(({ check }) => isByArrival(check))
  const byStatus = rules.filter(({ check }) => !isByArrival(check))
  const withinS = Math.min(...byAge.map(({ check }) => check.withinMs / 1000))
  const tooOldS = Math.ceil(withinS * 1.2)
  const age = it.queries.gauge('dq.topic.event_age', it.scope)
  const silent: AlertDraft = {
    ...frame(it, 'AssaySilent', 'freshness', 'critical'),
    expr: `min by (${by(it)}) (${age}) > ${decimal(withinS)}`,
    texts: texts(it, {
      summary: `No event came into ${it.tags.topic} for ${VALUE} s`,
      description: `${it.tags.contract} relies on one every ${spanText(withinS * 1000)}. ${facts(byAge)} Ask the producer whether it runs, and whether it should have something to say.`,
      recovery: `An event came less than ${spanText(withinS * 1000)} ago. What was not written meanwhile may still be missing.`,
    }),
    scenarios: [
      gaugeScenario(ageCast(it), [withinS, tooOldS], MINUTE_MS, {
        labels: {},
        rendered: { [VALUE]: String(tooOldS) },
      }),
    ],
  }
  return [
    ...(byAge.length === 0 ? [] : [silent]),
    ...statusAlert(it, byStatus, 'breached', 'AssayNotFresh', 'freshness_status', 'critical', {
      summary: `Rule ${RULE} of ${it.tags.contract}: no recent event in ${it.tags.topic}`,
      description: `${facts(byStatus)} Ask the producer whether it runs, and whether its events carry the time that they should.`,
      recovery:
        'Events are as recent as the rule asks for again, or a time has begun that it makes an exception of.',
    }),
  ]
}

/** Too few or too many events in a window. */
export function volumeAlert(it: Alerting): AlertDraft[] {
  const rules = streamRules(it.contract, 'volume')
  return statusAlert(it, rules, 'breached', 'AssayVolume', 'volume', 'warning', {
    summary: `Rule ${RULE} of ${it.tags.contract}: unusual number of events`,
    description: `The last closed window held too few or too many events. ${facts(rules)} The dashboard of the contract shows the number of each window.`,
    recovery: 'A whole window was within its bounds again.',
  })
}

/** Rules that a renamed field has switched off. */
export function notAppliedAlert(it: Alerting): AlertDraft[] {
  const rules = boundsOf(it.contract)
    .flatMap((bound) => bound.rules)
    .filter(({ when, missing }) => when !== undefined || missing === 'skip')
  return statusAlert(it, rules, 'not_applied', 'AssayRuleNotApplied', 'not_applied', 'warning', {
    summary: `Rule ${RULE} of ${it.tags.contract} applies to no event any more`,
    description: `Events flow, but it skips all of them, and it used to apply: it watches nothing now. ${facts(rules)} Compare what its when asks for with an event of today: a field may have been renamed.`,
    recovery: 'The rule applies to events again.',
  })
}

function statusAlert(
  it: Alerting,
  rules: readonly (Rule | StreamRule)[],
  status: Status,
  alert: string,
  check: string,
  severity: AlertSeverity,
  says: Pick<AlertTexts, 'summary' | 'description' | 'recovery'>,
): AlertDraft[] {
  const [first] = rules
  if (first === undefined) return []
  const rule = idOf(first)
  const gauge = it.queries.gauge('dq.rule.status', { ...it.scope, rule: ids(rules) })
  return [
    {
      ...frame(it, alert, check, severity),
      expr: `max by (${by(it, 'rule')}) (${gauge} == ${numberOf(status)})`,
      texts: texts(it, says),
      scenarios: [statusScenario(it, rule, status, MINUTE_MS)],
    },
  ]
}
