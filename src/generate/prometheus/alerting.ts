import type { Rule, StreamRule } from '../../model/contract.ts'
import { STATUSES, type Status } from '../../model/status.ts'
import { ruleFacts } from '../facts.ts'
import { matcher } from '../promql/selectors.ts'
import type { PromQueries } from '../promql/queries.ts'
import { decimal } from '../spans.ts'
import { address, consumersText, producerText } from '../texts.ts'
import type { Watched } from '../watched.ts'
import { type AlertDraft, type AlertSeverity, type AlertTexts } from './alert.ts'
import { literal } from './texts.ts'

export const MINUTE_MS = 60_000
/** Templates of Prometheus. */
export const PERCENT = '{{ $value | humanizePercentage }}'
export const RULE = '{{ $labels.rule }}'

/** A contract whose alerts are made. */
export type Alerting = Watched<PromQueries>

/** What all alerts of a contract have in common. */
export function frame(
  { tags, scope: { env } }: Alerting,
  alert: string,
  check: string,
  severity: AlertSeverity,
): Pick<AlertDraft, 'alert' | 'check' | 'severity' | 'forMs' | 'labels'> {
  return {
    alert,
    check,
    severity,
    forMs: MINUTE_MS,
    labels: { ...tags, ...(env === undefined ? {} : { env }) },
  }
}

/** Texts with who writes and who relies on it. */
export function texts(
  { contract }: Alerting,
  says: Pick<AlertTexts, 'summary' | 'description' | 'recovery'>,
): AlertTexts {
  const { runbook } = contract.links
  return {
    ...says,
    producer: literal(producerText(contract)),
    relied_on_by: literal(consumersText(contract)),
    ...(runbook === undefined ? {} : { runbook_url: address(runbook) }),
  }
}

/** A share of a recorded series that counts only when enough was judged. */
export function guarded(
  scope: Readonly<Record<string, string | readonly string[]>>,
  share: string,
  judged: string,
  bound: number,
  minimumEvents: number,
): string {
  const over = `${recorded(share, scope)} > ${decimal(bound)}`
  return minimumEvents <= 1 ? over : `${over} and ${recorded(judged, scope)} >= ${minimumEvents}`
}

/** A selector of a recorded series. */
export function recorded(name: string, scope: Readonly<Record<string, string | readonly string[]>>): string {
  const matchers = Object.entries(scope).map(([label, values]) => matcher(label, values))
  return `${name}{${matchers.join(',')}}`
}

/** Labels to group by, beside those that are given. */
export function by({ scope }: Alerting, ...more: readonly string[]): string {
  return ['contract', ...(scope.env === undefined ? [] : ['env']), ...more].join(', ')
}

/** What each rule says, in one line. */
export function facts(rules: readonly (Rule | StreamRule)[]): string {
  const all = ruleFacts(rules, literal).map((fact) => fact.replace(/\.$/, ''))
  return `${all.join('; ')}.`
}

export function numberOf(status: Status): number {
  return STATUSES.indexOf(status)
}
