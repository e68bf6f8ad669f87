import { BROKEN_RULE_ERRORS, USUAL_WINDOW_MS } from '../bounds.ts'
import { promDuration } from '../promql/selectors.ts'
import { type AlertDraft } from './alert.ts'
import { type Alerting, MINUTE_MS, RULE, texts, by, frame } from './alerting.ts'
import { errorCast, gaugeCast, otherScopes } from './casts.ts'
import { absentScenario, gaugeScenario, growthScenario, stopScenario } from './scenario.ts'

/** Some heartbeats, however seldom metrics are flushed and scraped. */
const DEAD_MS = 5 * MINUTE_MS
/** A contract whose alerts are there before the service has read it is no dead one yet. */
const DEAD_FOR_MS = 5 * MINUTE_MS

/** Asks for what is not there, so that it holds whether heartbeats are all the same, too few to grow, gone, or never were. */
export function deadAlert(it: Alerting): AlertDraft {
  const window = promDuration(DEAD_MS)
  const beats = it.queries.count('dq.heartbeat', it.scope)
  const ofOthers = otherScopes(it).map((scope) => it.queries.count('dq.heartbeat', scope))
  const limits = { windowMs: DEAD_MS, forMs: DEAD_FOR_MS }
  const told = { labels: {}, rendered: {} }
  return {
    ...frame(it, 'AssayCheckerDead', 'checker_dead', 'critical'),
    forMs: DEAD_FOR_MS,
    expr: `vector(1) unless sum(increase(${beats}[${window}])) > 0`,
    texts: texts(it, {
      summary: `Nobody watches ${it.tags.contract}`,
      description: `Assay does not judge it: its last heartbeat is ten minutes old, or none ever came. Whatever else is green about this contract is not known. See whether the service of domain ${it.tags.domain} runs and is ready (/readyz), whether it reaches the brokers and the schema registry, and whether its metrics are scraped.`,
      recovery:
        'Heartbeats come again. Nothing was skipped: judging goes on where it was committed, unless retention was shorter than the outage.',
    }),
    scenarios: [
      stopScenario(beats, { still: ofOthers, alive: [] }, 'stands still', limits, told),
      stopScenario(beats, { still: [], alive: ofOthers }, 'is gone', limits, told),
      absentScenario(ofOthers, DEAD_FOR_MS, told),
    ],
  }
}

/** A rule that can’t judge. */
export function brokenAlert(it: Alerting): AlertDraft {
  const window = promDuration(USUAL_WINDOW_MS)
  const errors = it.queries.count('dq.rule.evaluations', { ...it.scope, result: 'error' })
  return {
    ...frame(it, 'AssayRuleBroken', 'broken_rule', 'warning'),
    expr: `sum by (${by(it, 'rule')}) (increase(${errors}[${window}])) > ${BROKEN_RULE_ERRORS}`,
    texts: texts(it, {
      summary: `Rule ${RULE} of ${it.tags.contract} can’t judge`,
      description: `The rule is at fault, not the data: these events count neither as good nor as bad. Run assay check on some records of the topic: it shows why the rule can’t judge them. Mend the rule, and add a case to its test.`,
      recovery: 'The rule judges again. Events that it could not judge are not judged again.',
    }),
    scenarios: [
      growthScenario(
        errorCast(it, 'any_rule'),
        { windowMs: USUAL_WINDOW_MS, forMs: MINUTE_MS, most: BROKEN_RULE_ERRORS },
        {
          labels: { rule: 'any_rule' },
          rendered: { [RULE]: 'any_rule' },
        },
      ),
    ],
  }
}

/** A rule that is too expensive. */
export function suspendedAlert(it: Alerting): AlertDraft {
  const suspended = it.queries.gauge('dq.rules.suspended', it.scope)
  const series = (scope: Alerting['scope'] & { readonly version?: string }) =>
    it.queries.gauge('dq.rules.suspended', { ...scope, rule: 'any_rule' })
  const told = { labels: { rule: 'any_rule' }, rendered: { [RULE]: 'any_rule' } }
  return {
    ...frame(it, 'AssayRuleSuspended', 'suspended_rule', 'warning'),
    expr: `max by (${by(it, 'rule')}) (${suspended}) > 0`,
    texts: texts(it, {
      summary: `Rule ${RULE} of ${it.tags.contract} is suspended`,
      description:
        'It exceeded its budget again and again, and judges nothing meanwhile, so that the others keep their pace. Make the expression cheaper, or the pattern simpler; the log of the service says which budget it was.',
      recovery: 'The rule is tried again.',
    }),
    scenarios: [gaugeScenario(gaugeCast(series, it.scope), [0, 1], MINUTE_MS, told)],
  }
}
