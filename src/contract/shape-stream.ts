import { DAY_HOURS, NOT_BLANK, SHARE } from './shape-patterns.ts'

const DURATION = { kind: 'duration' } as const
const EVENT_COUNT = { kind: 'number', whole: true, above: 0, below: Number.MAX_SAFE_INTEGER } as const

const WEEKDAY = {
  kind: 'choice',
  choices: [
    { value: 'mon', description: 'Monday.' },
    { value: 'tue', description: 'Tuesday.' },
    { value: 'wed', description: 'Wednesday.' },
    { value: 'thu', description: 'Thursday.' },
    { value: 'fri', description: 'Friday.' },
    { value: 'sat', description: 'Saturday.' },
    { value: 'sun', description: 'Sunday.' },
  ],
} as const

/** Times at which a check over the stream holds nobody to anything. */
const EXCEPT = {
  kind: 'list',
  nonEmpty: true,
  of: {
    kind: 'record',
    name: 'an entry of `except`',
    keys: {
      days: {
        description: 'The days of the week on which the exception begins. Without it, every day.',
        example: '[sat, sun]',
        value: { kind: 'list', of: WEEKDAY, nonEmpty: true },
      },
      hours: {
        description:
          'From when to when, on the clock of the time zone. An end that is not after the start is on the next day. Without it, the whole day.',
        example: '22:00-06:00',
        value: { kind: 'text', pattern: DAY_HOURS },
      },
      timezone: {
        description: 'The IANA name of the time zone in which days and hours are meant.',
        example: 'Europe/Paris',
        required: true,
        value: { kind: 'text', pattern: NOT_BLANK },
      },
    },
  },
} as const

const EXCEPT_KEY = {
  description: 'Times at which the check holds nobody to anything.',
  example: '[{ days: [sat, sun], timezone: Europe/Paris }]',
  value: EXCEPT,
} as const

const TIME_FIELD = {
  description:
    'JSONata expression for the time in the event (an ISO 8601 text, or milliseconds or seconds since 1970). Without it, the time at which the event arrived.',
  example: 'occurred_at',
  value: { kind: 'expression' },
} as const

/** How long a topic may be silent. */
export const FRESHNESS = {
  kind: 'record',
  name: '`freshness`',
  keys: {
    within: {
      description: 'The longest time without an event.',
      example: '5m',
      required: true,
      value: DURATION,
    },
    field: TIME_FIELD,
    except: EXCEPT_KEY,
  },
} as const

/** How many events must come in a window of time. */
export const VOLUME = {
  kind: 'record',
  name: '`volume`',
  atLeastOne: { of: ['min', 'max'], code: 'VOLUME_WITHOUT_BOUND', what: 'a bound' },
  keys: {
    over: {
      description:
        'The length of a window. Windows follow one another without gaps, and begin at multiples of it since 1970 (UTC).',
      example: '5m',
      required: true,
      value: DURATION,
    },
    min: { description: 'The fewest events of a window.', example: '100', value: EVENT_COUNT },
    max: {
      description: 'The most events of a window.',
      example: '50000',
      value: { kind: 'number', whole: true, above: -1, below: Number.MAX_SAFE_INTEGER },
    },
    field: TIME_FIELD,
    lateness: {
      description:
        'How long after its end a window waits for events that come late. Without it, one minute with `field`, and nothing without.',
      example: '2m',
      value: DURATION,
    },
    except: EXCEPT_KEY,
  },
} as const

/** Which share of the events may fail. */
export const TOLERANCE = {
  kind: 'either',
  short: {
    kind: 'choice',
    choices: [{ value: 'none', description: 'A single failure breaches the rule.' }],
  },
  long: {
    kind: 'record',
    name: '`tolerance`',
    keys: {
      warn: {
        description: 'The share of failures above which the status is `warning`.',
        example: '0.1%',
        value: { kind: 'text', pattern: SHARE },
      },
      fail: {
        description: 'The share of failures above which the status is `breached`.',
        example: '1%',
        required: true,
        value: { kind: 'text', pattern: SHARE },
      },
      over: {
        description: 'The time over which the share is counted: it ends now, and moves on.',
        example: '15m',
        required: true,
        value: DURATION,
      },
      minimumEvents: {
        description:
          'Events that the rule must have judged in that time before the share says anything. Without it, 1.',
        example: '100',
        value: EVENT_COUNT,
      },
    },
  },
} as const
