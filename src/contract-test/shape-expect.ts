import type { ListShape, RecordShape } from '../contract/shape.ts'
import { NOT_BLANK } from '../contract/shape-patterns.ts'
import { RULE_NAME } from './shape-patterns.ts'

const VERDICT = {
  kind: 'choice',
  choices: [
    { value: 'pass', description: 'The event keeps the promise.' },
    { value: 'fail', description: 'The event breaks the promise, for whatever reason.' },
    { value: 'error', description: 'The rule could not judge the event.' },
    { value: 'skip', description: 'The rule does not apply to the event.' },
  ],
} as const

const FAIL_REASON = {
  kind: 'choice',
  choices: [
    { value: 'false', description: 'The assertion is false.' },
    { value: 'no_value', description: 'The assertion has no value: a field is missing.' },
    { value: 'type', description: 'The data has a type that the assertion can not work with.' },
    { value: 'schema', description: 'The event does not match the schema.' },
  ],
} as const

const SKIP_REASON = {
  kind: 'choice',
  choices: [
    { value: 'when', description: 'The condition `when` is false or has no value.' },
    {
      value: 'missing',
      description: 'The assertion has no value, and the rule says that it may (`missing: skip`).',
    },
  ],
} as const

/** The long form of an expected verdict. */
const EXACT_VERDICT = {
  kind: 'record',
  name: 'an expected verdict',
  exactlyOne: {
    group: 'verdict',
    explain: 'A rule has one verdict on an event.',
    mend: 'Keep one of them.',
    codes: { none: 'TEST_WITHOUT_VERDICT', several: 'TEST_WITH_SEVERAL_VERDICTS' },
  },
  keys: {
    fail: {
      description: 'The rule fails, for this reason.',
      example: 'no_value',
      group: 'verdict',
      value: FAIL_REASON,
    },
    error: {
      description: 'The rule can not judge the event. The value is the code of the error.',
      example: 'NOT_BOOLEAN',
      group: 'verdict',
      value: { kind: 'text', pattern: NOT_BLANK },
    },
    skip: {
      description: 'The rule is skipped, for this reason.',
      example: 'when',
      group: 'verdict',
      value: SKIP_REASON,
    },
    code: {
      description: 'Code of JSONata for a fail whose reason is `type`.',
      example: 'T2009',
      onlyWith: ['fail'],
      value: { kind: 'text', pattern: NOT_BLANK },
    },
    path: {
      description: 'JSON pointer to the value that the schema refuses; `/` for the event itself.',
      example: '/ad/price',
      onlyWith: ['fail'],
      value: { kind: 'text' },
    },
    message: {
      description: 'A part of the message.',
      example: 'must have required property',
      value: { kind: 'text', pattern: NOT_BLANK },
    },
  },
} as const satisfies RecordShape

/** Verdicts by rule. */
export const EXPECT_SHAPE = {
  kind: 'mapping',
  names: 'name of a rule',
  pattern: RULE_NAME,
  of: { kind: 'either', short: VERDICT, long: EXACT_VERDICT },
  canBeEmpty: true,
} as const

const RESULT = {
  kind: 'choice',
  choices: [
    { value: 'pass', description: 'No rule of severity error or warning failed.' },
    { value: 'warn', description: 'A rule of severity warning failed, and none of severity error.' },
    { value: 'fail', description: 'A rule of severity error failed, or a tombstone where none may be.' },
    { value: 'error', description: 'No rule of severity error could judge the event.' },
    { value: 'undecodable', description: 'The record can not be read, so no rule sees it.' },
    {
      value: 'tombstone',
      description: 'The record has no value, so no rule sees it, and the contract ignores that.',
    },
  ],
} as const

const REJECTED = {
  kind: 'record',
  name: 'an undecodable result',
  keys: {
    undecodable: {
      description: 'The record can not be read, for this reason.',
      example: 'not_json',
      required: true,
      value: {
        kind: 'choice',
        choices: [
          { value: 'not_json', description: 'The value is not JSON.' },
          { value: 'bad_encoding', description: 'The value is not UTF-8.' },
          {
            value: 'bad_frame',
            description: 'The value begins like a frame of a schema registry and is none.',
          },
          { value: 'truncated', description: 'The value ends too early.' },
          { value: 'schema_unknown', description: 'The value has a schema that can not be had.' },
          { value: 'oversized', description: 'The value has more bytes than are decoded.' },
          { value: 'too_deep', description: 'Objects and arrays are nested too deeply.' },
          { value: 'unsafe_keys', description: 'An object has a key twice, or a key `__proto__`.' },
        ],
      },
    },
  },
} as const satisfies RecordShape

/** What the event counts as. */
export const RESULT_SHAPE = { kind: 'either', short: RESULT, long: REJECTED } as const

/** A header with one value, or a repeated one. */
export const HEADER_SHAPE = {
  kind: 'either',
  short: { kind: 'text' },
  long: { kind: 'list', of: { kind: 'text' }, nonEmpty: true },
} as const satisfies { kind: 'either'; short: { kind: 'text' }; long: ListShape }
