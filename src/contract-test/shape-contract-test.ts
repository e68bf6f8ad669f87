import { FIELD_PATH, NOT_BLANK } from '../contract/shape-patterns.ts'
import type { RecordShape } from '../contract/shape.ts'
import { EXPECT_SHAPE, HEADER_SHAPE, RESULT_SHAPE } from './shape-expect.ts'
import { BASE64, DELAY, EVENT_PATH, INSTANT, VISIBLE_NAME } from './shape-patterns.ts'
import { CHANGES_SHAPE, STATUS_SHAPE } from './shape-status.ts'

const CODES = { none: 'TEST_WITHOUT_RECORD', several: 'TEST_WITH_SEVERAL_RECORDS' } as const
const MOMENT = { kind: 'text', pattern: INSTANT } as const
/** How many records a case may have: more would take minutes. */
export const MAX_RECORDS = 100_000
const TRUE = { kind: 'choice', choices: [{ value: 'true', description: 'That is how it is.' }] } as const

const EVENT_KEYS = {
  event: {
    description: 'The event, as YAML or JSON.',
    example: '{ ad: { status: active } }',
    group: 'record',
    value: { kind: 'json' },
  },
  eventFile: {
    description: 'Path of a file that holds the event as JSON, relative to the test file.',
    example: './events/car.json',
    group: 'record',
    value: { kind: 'path', pattern: EVENT_PATH },
  },
} as const

/** The keys of one record and of what is expected of it: the same in a case and in a step. */
const RECORD_KEYS = {
  ...EVENT_KEYS,
  base: {
    description: 'Name of the entry of `bases` that the event is, or is made from.',
    example: 'car',
    group: 'record',
    value: { kind: 'text', pattern: NOT_BLANK },
  },
  with: {
    description:
      'What differs from the base, as a JSON merge patch (RFC 7386): keys are set, `null` removes a key, lists are replaced whole.',
    example: '{ ad: { price: { amount: 0 }, title: null } }',
    onlyWith: ['base'],
    value: { kind: 'json', isMapping: true },
  },
  tombstone: {
    description: 'The record has a null value.',
    example: 'true',
    group: 'record',
    value: TRUE,
  },
  raw: {
    description: 'The value of the record as text, as it is: for what can not be decoded.',
    example: '\'{"ad": \'',
    group: 'record',
    value: { kind: 'text' },
  },
  rawBase64: {
    description: 'The bytes of the value of the record, in base64.',
    example: 'AAAAAAEK',
    group: 'record',
    value: { kind: 'text', pattern: BASE64 },
  },
  key: {
    description: 'Key of the record, which rules see as `$key`. Without it the record has none.',
    example: 'ad-1001',
    value: { kind: 'text' },
  },
  headers: {
    description:
      'Headers of the record, which rules see as `$headers`: a text, or a list of texts for a repeated one.',
    example: '{ source: importer }',
    value: {
      kind: 'mapping',
      names: 'name of a header',
      pattern: VISIBLE_NAME,
      of: HEADER_SHAPE,
    },
  },
  timestamp: {
    description: 'When Kafka got the record, which rules see as `$timestamp`. Without it, `now`.',
    example: '2026-03-02T11:59:58Z',
    value: MOMENT,
  },
  repeat: {
    description:
      'How often the record comes. What is expected is expected of each of them; the next step counts from the last one.',
    example: '100',
    value: { kind: 'number', whole: true, above: 0, below: MAX_RECORDS + 1 },
  },
  every: {
    description: 'How long after one of the repeated records the next one comes. Without it, 1s.',
    example: '500ms',
    onlyWith: ['repeat'],
    value: { kind: 'text', pattern: DELAY },
  },
  expect: {
    description:
      'Verdicts by rule: a word, or a mapping that says more. Every rule that is not named must pass or skip.',
    example: '{ price_is_positive: fail, title_is_searchable: { fail: no_value } }',
    value: EXPECT_SHAPE,
  },
  result: {
    description:
      'What the event counts as. Without it, it follows from the verdicts, and the record must be one that rules can judge, or an ignored tombstone.',
    example: 'warn',
    value: RESULT_SHAPE,
  },
  status: {
    description:
      'Statuses by rule or promise (`validity`, `freshness`), as they stand after the step: a word, or a mapping with the reason. What is not named may have any status.',
    example: '{ still_flowing: { breached: silent }, price_is_positive: ok, validity: ok }',
    value: STATUS_SHAPE,
  },
} as const

const STEP_SHAPE = {
  kind: 'record',
  name: 'a step',
  exactlyOne: { group: 'record', explain: 'A step is about one record, or a silence.', codes: CODES },
  keys: {
    at: {
      description:
        'When the record comes, from the start of the case. Without `at` and `after`: with the one before.',
      example: '90s',
      value: { kind: 'text', pattern: DELAY },
    },
    after: {
      description: 'How long after the step before the record comes.',
      example: '5m',
      value: { kind: 'text', pattern: DELAY },
    },
    ...RECORD_KEYS,
    silence: {
      description:
        'No record comes: only the clock moves, for as long as `after` (or until `at`) says. For rules over windows of time.',
      example: 'true',
      group: 'record',
      value: {
        kind: 'choice',
        choices: [{ value: 'true', description: 'Only the clock moves: `after` or `at` say for how long.' }],
      },
    },
  },
} as const satisfies RecordShape

const CASE_SHAPE = {
  kind: 'record',
  name: 'a case',
  subject: { noun: 'case', by: 'name' },
  exactlyOne: {
    group: 'record',
    explain: 'A case is about one record, or about the records of its `steps`.',
    codes: CODES,
  },
  keys: {
    name: {
      description: 'What the case shows, unique in the file.',
      example: 'a price of zero',
      required: true,
      value: { kind: 'text', pattern: VISIBLE_NAME, maxLength: 200 },
    },
    now: {
      description: 'What `$now()` and `$millis()` show. Without it, `now` of the file.',
      example: '2026-03-02T12:00:00Z',
      value: MOMENT,
    },
    ...RECORD_KEYS,
    steps: {
      description: 'Several records, in order, on a clock that begins at `now`.',
      example: '[{ event: {} }, { after: 5m, event: {} }]',
      group: 'record',
      value: { kind: 'list', of: STEP_SHAPE, nonEmpty: true },
    },
    changes: {
      description:
        'All changes of statuses that are announced in the case, in their order for each rule or promise. Of rules in shadow, none is.',
      example: '[{ still_flowing: breached }, { still_flowing: ok }]',
      value: CHANGES_SHAPE,
    },
  },
} as const satisfies RecordShape

const BASE_SHAPE = {
  kind: 'record',
  name: 'a base',
  exactlyOne: { group: 'record', explain: 'A base is one event.', codes: CODES },
  keys: {
    ...EVENT_KEYS,
    moving: {
      description:
        'Fields of the event, by their dotted paths, that hold times and move with the clock of a case: at its start they are as written. What a step sets by `with` stays.',
      example: '[occurred_at]',
      value: { kind: 'list', of: { kind: 'text', pattern: FIELD_PATH }, nonEmpty: true },
    },
  },
} as const satisfies RecordShape

/** A test file: what the rules of the contract beside it are to make of some records. */
export const TEST_SHAPE = {
  kind: 'record',
  name: 'a test file',
  keys: {
    apiVersion: {
      description: 'The version of the language of contracts and their tests.',
      example: 'assay/v1',
      default: 'assay/v1',
      value: { kind: 'choice', choices: [{ value: 'assay/v1', description: 'The only version so far.' }] },
    },
    now: {
      description:
        'What `$now()` and `$millis()` show in every case. Required, here or in each case, if a rule asks for the time.',
      example: '2026-03-02T12:00:00Z',
      value: MOMENT,
    },
    bases: {
      description: 'Events by name, which cases use as they are or change a little.',
      example: '{ car: { event: { ad: { category: cars } } } }',
      value: { kind: 'mapping', names: 'name of a base', pattern: VISIBLE_NAME, of: BASE_SHAPE },
    },
    cases: {
      description: 'What is tried.',
      example: '[{ name: a car, base: car, expect: {} }]',
      required: true,
      value: { kind: 'list', of: CASE_SHAPE, nonEmpty: true },
    },
  },
} as const satisfies RecordShape
