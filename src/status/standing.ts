import type { StandingReport } from '../model/status-report.ts'
import type { Measure, Status, StatusReason, SubjectStatus } from '../model/status.ts'

/** How a rule or promise stands, with a sentence for people: without times, which each reader's clock and zone must write. */
export function standingOf({ status, reason, sinceMs, measure }: SubjectStatus): StandingReport {
  return { status, reason, sinceMs, measure, says: sentence(status, reason, measure) }
}

function sentence(status: Status, reason: StatusReason, measure: Measure): string {
  const said = SENTENCES[reason](measure)
  return status === 'ok' ? said : said || 'no details'
}

const SENTENCES: Readonly<Record<StatusReason, (measure: Measure) => string>> = {
  within_bounds: (measure) => withinBounds(measure),
  too_many_fails: (measure) => `${failed(measure)}${allowed(measure)}`,
  failed: (measure) => `${failed(measure)}, and not one may`,
  silent: ({ ageMs, bound }) => `no event for ${duration(ageMs)} (allowed ${duration(bound)})`,
  never_seen: ({ bound }) => `no event was ever seen, for longer than ${duration(bound)}`,
  too_few_events: ({ events, bound, overMs }) =>
    `${count(events)} events in ${duration(overMs)}, fewer than ${count(bound)}`,
  too_many_events: ({ events, bound, overMs }) =>
    `${count(events)} events in ${duration(overMs)}, more than ${count(bound)}`,
  warming_up: () => 'the window does not hold enough yet',
  too_few_judged: ({ judged }) => `too few events to judge by (${count(judged)}): the last judgement stands`,
  behind: () => 'we are behind the end of the log, so nothing can be said',
  unreachable: () => 'the brokers do not answer, so nothing can be said',
  exempt: () => 'a calendar exempts this time',
  never_applies: () => 'events flow, but the rule applies to none of them',
  cannot_judge: () => 'the rule can not judge: all its verdicts are errors',
}

function withinBounds(measure: Measure): string {
  const { events, ageMs, bad, overMs } = measure
  if (events !== undefined) return `${count(events)} events in ${duration(overMs)}`
  if (ageMs !== undefined) return `the newest event came ${duration(ageMs)} ago`
  return bad === undefined ? 'within bounds' : failed(measure)
}

function failed({ bad, judged, overMs }: Measure): string {
  const over = overMs === undefined ? '' : ` in ${duration(overMs)}`
  const share = bad !== undefined && judged ? ` (${percent(bad / judged)})` : ''
  return `${count(bad)} of ${count(judged)} events failed${over}${share}`
}

function allowed({ bound }: Measure): string {
  return bound === undefined ? '' : `, allowed are ${percent(bound)}`
}

/** A share in per cent, with three digits that tell something. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

function count(value: number | undefined): string {
  return value === undefined ? 'an unknown number of' : value.toLocaleString('en-US')
}

const UNITS = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1000 },
] as const

/** A length of time in its two largest units: `2 h 5 min`. */
export function duration(lengthMs: number | undefined): string {
  if (lengthMs === undefined) return 'an unknown time'
  const largest = UNITS.findIndex(({ ms }) => lengthMs >= ms)
  if (largest < 0) return 'less than a second'
  let rest = lengthMs
  const parts = UNITS.slice(largest, largest + 2).map(({ unit, ms }) => {
    const whole = Math.floor(rest / ms)
    rest -= whole * ms
    return { whole, unit }
  })
  return parts
    .filter(({ whole }) => whole > 0)
    .map(({ whole, unit }) => `${whole} ${unit}`)
    .join(' ')
}
