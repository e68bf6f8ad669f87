import type { RecordShape } from '../contract/shape.ts'
import { STATUS_NAME } from './shape-patterns.ts'

const STATUS_CHOICES = [
  { value: 'ok', description: 'Within its bounds.' },
  { value: 'warning', description: 'Above the bound of a warning.' },
  { value: 'breached', description: 'Beyond its bounds.' },
  { value: 'warming_up', description: 'Too little was seen so far to say anything.' },
  { value: 'unknown', description: 'Nothing can be said.' },
  { value: 'not_applied', description: 'Events flow, but the rule applies to none of them.' },
] as const

const STATUS = { kind: 'choice', choices: STATUS_CHOICES } as const

const REASON = {
  kind: 'choice',
  choices: [
    { value: 'within_bounds', description: 'All is as it should be.' },
    {
      value: 'too_many_fails',
      description: 'A larger share failed than the tolerance or the promise allows.',
    },
    { value: 'failed', description: 'An event failed, and the rule says `tolerance: none`.' },
    { value: 'silent', description: 'No event came for longer than `within`.' },
    { value: 'never_seen', description: 'No event ever came, for longer than `within` from the start.' },
    { value: 'too_few_events', description: 'Fewer events than `min` in the last window.' },
    { value: 'too_many_events', description: 'More events than `max` in the last window.' },
    { value: 'warming_up', description: 'The window has not gone by yet since the start.' },
    { value: 'too_few_judged', description: 'Fewer events than `minimumEvents`: the status before is kept.' },
    { value: 'exempt', description: 'A calendar exempts this time.' },
    { value: 'never_applies', description: '`when` applies to none of the events.' },
    { value: 'cannot_judge', description: 'The verdicts of the rule are errors.' },
  ],
} as const

/** The long form of an expected status: with its reason. */
const EXACT_STATUS = {
  kind: 'record',
  name: 'an expected status',
  exactlyOne: {
    group: 'status',
    explain: 'A rule has one status at a time.',
    mend: 'Keep one of them.',
    codes: { none: 'TEST_WITHOUT_STATUS', several: 'TEST_WITH_SEVERAL_STATUSES' },
  },
  keys: {
    ok: {
      description: 'The status is ok, for this reason.',
      example: 'exempt',
      group: 'status',
      value: REASON,
    },
    warning: {
      description: 'The status is a warning, for this reason.',
      example: 'too_many_fails',
      group: 'status',
      value: REASON,
    },
    breached: {
      description: 'The status is breached, for this reason.',
      example: 'silent',
      group: 'status',
      value: REASON,
    },
    warming_up: {
      description: 'The status is warming up, for this reason.',
      example: 'warming_up',
      group: 'status',
      value: REASON,
    },
    unknown: {
      description: 'The status is unknown, for this reason.',
      example: 'cannot_judge',
      group: 'status',
      value: REASON,
    },
    not_applied: {
      description: 'The rule is not applied, for this reason.',
      example: 'never_applies',
      group: 'status',
      value: REASON,
    },
  },
} as const satisfies RecordShape

/** Statuses by rule or promise. */
export const STATUS_SHAPE = {
  kind: 'mapping',
  names: 'name of a rule or promise',
  pattern: STATUS_NAME,
  of: { kind: 'either', short: STATUS, long: EXACT_STATUS },
} as const

/** Changes of statuses, each one announcement. */
export const CHANGES_SHAPE = {
  kind: 'list',
  of: {
    kind: 'mapping',
    names: 'name of a rule or promise',
    pattern: STATUS_NAME,
    of: {
      kind: 'choice',
      choices: [STATUS_CHOICES[0], STATUS_CHOICES[1], STATUS_CHOICES[2], STATUS_CHOICES[5]],
    },
  },
} as const
