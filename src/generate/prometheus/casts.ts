import { type Status } from '../../model/status.ts'
import { type Alerting, numberOf, RULE } from './alerting.ts'
import { type Cast, gaugeScenario, type Scenario } from './scenario.ts'

/** As `humanizePercentage` writes a share. */
export function renderedShare(share: number): string {
  const percent = Number((share * 100).toPrecision(4))
  const text = percent < 1e-4 ? percent.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(percent)
  return `${text}%`
}

/** Scopes that differ from the given one in a single label: what they bring must not matter. */
export function othersOf<Scope extends object>(scope: Scope): Scope[] {
  return Object.entries(scope).flatMap(([label, value]) =>
    typeof value === 'string' ? [{ ...scope, [label]: `not-${value}` }] : [],
  )
}

export function otherScopes({ scope }: Alerting): Alerting['scope'][] {
  return othersOf(scope)
}

/** Events of two results each, of which none may be left out; others are of other contracts, or judged nothing. */
export function eventCast(it: Alerting): Cast {
  const events = (
    result: 'pass' | 'warn' | 'fail' | 'undecodable' | 'error' | 'tombstone',
    scope = it.scope,
  ) => it.queries.count('dq.events', { ...scope, result })
  return {
    good: [events('pass'), events('warn')],
    bad: [events('fail'), events('undecodable')],
    others: [events('error'), events('tombstone'), ...otherScopes(it).map((scope) => events('fail', scope))],
  }
}

/** Verdicts of one rule, before and after a rollout. */
export function ruleCast(it: Alerting, rule: string): Cast {
  const { bad, others } = failCast(it, rule)
  return {
    good: [it.queries.count('dq.rule.evaluations', { ...it.scope, rule, result: 'pass' })],
    bad,
    others: others.filter((series) => !series.includes('result="pass"')),
  }
}

export function failCast(it: Alerting, rule: string): Omit<Cast, 'good'> {
  return verdictCast(it, rule, 'fail', othersOf({ ...it.scope, rule }))
}

/** Errors of whatever rule. */
export function errorCast(it: Alerting, rule: string): Omit<Cast, 'good'> {
  return verdictCast(
    it,
    rule,
    'error',
    otherScopes(it).map((scope) => ({ ...scope, rule })),
  )
}

function verdictCast(
  it: Alerting,
  rule: string,
  result: 'fail' | 'error',
  others: readonly (Alerting['scope'] & { readonly rule: string })[],
): Omit<Cast, 'good'> {
  const verdicts = (each: 'pass' | 'fail' | 'error' | 'skip', scope: object, version?: string) =>
    it.queries.count('dq.rule.evaluations', {
      ...it.scope,
      rule,
      ...scope,
      result: each,
      ...(version === undefined ? {} : { version }),
    })
  return {
    bad: [verdicts(result, {}, '1'), verdicts(result, {}, '2')],
    others: [verdicts('pass', {}), verdicts('skip', {}), ...others.map((scope) => verdicts(result, scope))],
  }
}

/** The age that one replica tells of; another one, which reads nothing any more, tells of a greater one. */
export function ageCast(it: Alerting): {
  readonly series: readonly string[]
  readonly others: readonly string[]
} {
  const age = (scope: Alerting['scope'], version: string) =>
    it.queries.gauge('dq.topic.event_age', { ...scope, version })
  return {
    series: [age(it.scope, '1')],
    others: [age(it.scope, '2'), ...otherScopes(it).map((scope) => age(scope, '1'))],
  }
}

/** A rule whose status becomes another than the one beside it. */
export function statusScenario(it: Alerting, rule: string, status: Status, forMs: number): Scenario {
  const number = numberOf(status)
  const gauge = (scope: Alerting['scope'] & { readonly rule: string }) =>
    it.queries.gauge('dq.rule.status', scope)
  const own = { ...it.scope, rule }
  return gaugeScenario(
    { series: [gauge(own)], others: othersOf(own).map(gauge) },
    [status === 'not_applied' ? number - 1 : number + 1, number],
    forMs,
    { labels: { rule }, rendered: { [RULE]: rule } },
  )
}

/** A gauge that one replica tells of; another one is well, which must not hide it. */
export function gaugeCast<Scope extends object>(
  select: (scope: Scope & { readonly version?: string }) => string,
  scope: Scope,
): {
  readonly series: readonly string[]
  readonly steady: readonly string[]
  readonly others: readonly string[]
} {
  return {
    series: [select({ ...scope, version: '1' })],
    steady: [select({ ...scope, version: '2' })],
    others: othersOf(scope).map((other) => select(other)),
  }
}
