import type { Contract } from '../model/contract.ts'
import type { StatusChange } from '../model/status.ts'
import { countText, durationText, percentText } from './wording.ts'

/** What was found, in one sentence: how many of how many, over which time, against which bound. */
export function findingText(change: StatusChange): string {
  const { reason, measure, subject } = change
  const over = measure.overMs === undefined ? '' : ` in the last ${durationText(measure.overMs)}`
  switch (reason) {
    case 'too_many_fails':
    case 'failed':
      return subject.kind === 'promise'
        ? promiseText(change, over)
        : `${failsText(change)}${over}${allowed(change)}.`
    case 'silent':
      return `No event for ${durationText(measure.ageMs ?? 0)}; ${withinText(change)}.`
    case 'never_seen':
      return `No event has ever been seen; ${withinText(change)}.`
    case 'too_few_events':
      return `${windowText(change)}; at least ${measure.bound ?? 0} are expected.`
    case 'too_many_events':
      return `${windowText(change)}; at most ${measure.bound ?? 0} are expected.`
    case 'never_applies':
      return `It applied to none of the events${over}, though events flow and it used to apply. It checks nothing now.`
    case 'exempt':
      return 'Its calendar holds nobody to anything at this time.'
    case 'within_bounds':
      return withinBoundsText(change, over)
    case 'warming_up':
    case 'too_few_judged':
    case 'behind':
    case 'unreachable':
    case 'cannot_judge':
      return `${failsText(change)}${over}; more can not be said at the moment.`
  }
}

/** What the reader can do about it; undefined if there is nothing to do. */
export function adviceText({ status, subject }: StatusChange, contract: Contract): string | undefined {
  if (status === 'ok') return undefined
  const { team, service } = contract.producer
  const producer = [team, service].filter((part) => part !== undefined).join(', ') || 'the producer'
  if (status === 'not_applied') {
    return `compare the fields in \`when\` with those of today's events: one may have been renamed. Ask ${producer} what changed.`
  }
  if (subject.kind === 'promise')
    return 'look at the rules of the contract: their statuses say what is failing.'
  switch (subject.check) {
    case 'freshness':
      return `see whether ${producer} is running and can write to the topic.`
    case 'volume':
      return `ask ${producer} whether the number of events is meant; look for a retry, a replay or a part that stopped.`
    case 'assert':
    case 'schema':
      return `ask ${producer} what changed; \`assay explain\` shows on an event why it fails.`
  }
}

function failsText({ measure, subject }: StatusChange): string {
  const { bad = 0, judged = 0 } = measure
  const what = subject.kind === 'promise' && subject.promise === 'freshness' ? 'look' : 'event'
  const share = judged === 0 ? '' : ` (${percentText(bad / judged)})`
  return `${bad} of ${countText(judged, what)} ${bad === 1 ? 'was' : 'were'} bad${share}`
}

function allowed({ measure }: StatusChange): string {
  if (measure.bound === undefined) return ''
  return measure.bound === 0 ? '; none may be' : `; at most ${percentText(measure.bound)} may be`
}

function promiseText(change: StatusChange, over: string): string {
  const { budgetLeft, bound } = change.measure
  if (budgetLeft === undefined) {
    return `${failsText(change)}${over}, and as many in the last 5 min: the error budget burns too fast${bound === undefined ? '' : ` (above ${percentText(bound)})`}.`
  }
  const left =
    budgetLeft >= 0
      ? `${percentText(budgetLeft)} of the error budget is left`
      : 'the error budget is overspent'
  return `${failsText(change)}${over}${allowed(change)}; ${left}.`
}

function withinText({ measure }: StatusChange): string {
  return `one is expected within ${durationText(measure.bound ?? 0)}`
}

function windowText({ measure }: StatusChange): string {
  return `${countText(measure.events ?? 0, 'event')} in the last window of ${durationText(measure.overMs ?? 0)}`
}

function withinBoundsText(change: StatusChange, over: string): string {
  const { measure, subject } = change
  if (measure.judged !== undefined) return `${failsText(change)}${over}.`
  if (measure.events !== undefined) return `${windowText(change)}.`
  if (measure.ageMs !== undefined) return `The newest event is ${durationText(measure.ageMs)} old.`
  return subject.kind === 'rule' ? 'It applies to events again.' : 'The promise is kept.'
}
