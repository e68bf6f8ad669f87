import type { Contract, Exception, FreshnessCheck, Rule, StreamRule, VolumeCheck } from '../model/contract.ts'
import type { StatusSubject } from '../model/status.ts'
import { hoursText } from '../model/written-rule.ts'
import { boundOf } from './bound.ts'
import { recoveryText } from './recovery.ts'
import { countText, durationText, percentText } from './wording.ts'

const DAYS_A_WEEK = 7

/** What a rule comes to over time, in sentences: what breaches it, what is not judged, and when it recovers. */
export function meaningOf(rule: Rule | StreamRule, contract: Contract): readonly string[] {
  const lines = isOfStream(rule) ? streamMeaning(rule, contract) : eventMeaning(rule, contract)
  const shadow =
    'It is only tried out (`mode: shadow`): it is counted as dq.shadow.evaluations, has no status, and decides about nothing. What follows holds once it is live.'
  return rule.mode === 'shadow' ? [shadow, ...lines] : lines
}

function isOfStream(rule: Rule | StreamRule): rule is StreamRule {
  return !('when' in rule)
}

function streamMeaning({ id, severity, dimension, check }: StreamRule, contract: Contract): string[] {
  const subject: StatusSubject = { kind: 'rule', rule: id, severity, dimension, check: check.kind }
  const lines = check.kind === 'freshness' ? freshnessMeaning(check) : volumeMeaning(check)
  return [...lines, ...check.except.map(exceptionText), recoveryText(subject, contract, 'breached')]
}

function freshnessMeaning({ withinMs, field, except }: FreshnessCheck): string[] {
  const within = durationText(withinMs)
  const newest = field
    ? `the newest time in \`${field.text}\` is older than`
    : 'no event has arrived for longer than'
  return [
    `Breached when ${newest} ${within}. It is judged with every flush, also when no event comes.`,
    `On a topic without any event it is warming up for ${within}, and then breached (never_seen).`,
    ...(field
      ? ['Times more than 5 min ahead of our clock, and events without a time, are not looked at.']
      : []),
    ...(field ? ['While we are behind it is unknown, for the newest events have not been read.'] : []),
    ...(except.length > 0 ? [`After an exempt time, the ${within} count from its end.`] : []),
  ]
}

function volumeMeaning({ overMs, min, max, field, latenessMs, except }: VolumeCheck): string[] {
  const bounds = [
    min === undefined ? [] : `fewer than ${countText(min, 'event')} (too_few_events)`,
    max === undefined ? [] : `more than ${countText(max, 'event')} (too_many_events)`,
  ].flat()
  const by = field ? `by the time in \`${field.text}\`` : 'by the time of their arrival'
  const late = latenessMs === 0 ? '' : ` and ${durationText(latenessMs)} more for late ones`
  return [
    `Breached when a window of ${durationText(overMs)} has ${bounds.join(' or ')}, ${by}. Windows follow one another from 1970 on (UTC).`,
    `A window is judged once, when it is over${late}, and only if it was seen whole: not the first one after a start, nor one in which we were behind.`,
    ...(except.length > 0 ? ['A window that overlaps an exempt time is not judged.'] : []),
  ]
}

function exceptionText(exception: Exception): string {
  const { days, timezone } = exception
  const when = days.length === DAYS_A_WEEK ? 'every day' : days.join(', ')
  return `Exempt: ${when}, ${hoursText(exception) ?? 'the whole day'}, on the clock of ${timezone}.`
}

function eventMeaning(rule: Rule, contract: Contract): string[] {
  const live = { ...rule, mode: 'live' } as const
  const bound = boundOf(live, contract)
  if (bound === undefined) {
    return [
      'Its fails are only counted: it has no `tolerance`, and no promise gives it a bound, so it has no status.',
    ]
  }
  const subject: StatusSubject = {
    kind: 'rule',
    rule: rule.id,
    severity: rule.severity,
    dimension: rule.dimension,
    check: rule.check.kind,
  }
  const wholeContract = { ...contract, rules: [live] }
  const over = durationText(bound.overMs)
  if (bound.from === 'none') {
    return ['A single failing event breaches it.', recoveryText(subject, wholeContract, 'breached')]
  }
  const { objective } = contract.promises.validity ?? {}
  return [
    ...(bound.from === 'promise'
      ? [`It has no \`tolerance\`, so its bound is that of promises.validity (${objective}%).`]
      : []),
    `Breached when more than ${percentText(bound.fail)} of the events that it judged (pass or fail) in the last ${over} failed.`,
    ...(bound.warn === undefined ? [] : [`A warning above ${percentText(bound.warn)}.`]),
    ...(bound.minimumEvents > 1
      ? [`With fewer than ${countText(bound.minimumEvents, 'judged event')} the status before is kept.`]
      : []),
    recoveryText(subject, wholeContract, 'breached'),
  ]
}
