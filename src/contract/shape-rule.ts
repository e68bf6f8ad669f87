import { FINDING_CODE, MAX_ID_LENGTH, NOT_BLANK, SCHEMA_PATH, SNAKE_CASE } from './shape-patterns.ts'
import { FRESHNESS, TOLERANCE, VOLUME } from './shape-stream.ts'
import type { RecordShape } from './shape.ts'

const SEVERITY = {
  kind: 'choice',
  choices: [
    { value: 'error', description: 'An event that fails the rule counts as bad.' },
    { value: 'warning', description: 'An event that fails only such rules counts as doubtful.' },
    { value: 'info', description: 'The rule is counted, and never changes what an event counts as.' },
  ],
} as const

const DIMENSION = {
  kind: 'choice',
  choices: [
    { value: 'accuracy', description: 'Values are right.' },
    { value: 'completeness', description: 'Values that must be there are there.' },
    { value: 'conformity', description: 'Values have the agreed form.' },
    { value: 'consistency', description: 'Values agree with one another.' },
    { value: 'coverage', description: 'All that should be described is described.' },
    { value: 'timeliness', description: 'Events come in time.' },
    { value: 'uniqueness', description: 'Nothing comes twice.' },
  ],
} as const

const MISSING = {
  kind: 'choice',
  choices: [
    { value: 'fail', description: 'The event does not meet the assumption.' },
    { value: 'skip', description: 'The rule does not apply to the event.' },
  ],
} as const

const ENGINE_CHOICE = {
  kind: 'choice',
  choices: [
    { value: 'auto', description: 'Compiled to JavaScript, as far as that is possible.' },
    {
      value: 'interpreter',
      description: 'By the JSONata interpreter: the same verdicts, at a multiple of the cost.',
    },
  ],
} as const

const MODE = {
  kind: 'choice',
  choices: [
    { value: 'live', description: 'The rule decides about events, statuses and promises.' },
    {
      value: 'shadow',
      description:
        'The rule is judged and counted under names of its own (`dq.shadow.*`), and decides about nothing.',
    },
  ],
} as const

/** The checks that judge single events. */
const OF_EVENTS = ['assert', 'schema', 'unique', 'sequence', 'references'] as const

const REASON = { kind: 'text', pattern: NOT_BLANK } as const

/** A rule of a contract: one named promise with exactly one check. */
export const RULE_SHAPE = {
  kind: 'record',
  name: 'a rule',
  subject: { noun: 'rule', by: 'id' },
  exactlyOne: {
    group: 'check',
    explain: 'A rule is one promise, so that its failures have one meaning.',
  },
  keys: {
    id: {
      description: 'Stable name of the rule, unique in its contract. It becomes the metric tag `rule`.',
      example: 'price_is_positive',
      required: true,
      value: { kind: 'text', pattern: SNAKE_CASE, maxLength: MAX_ID_LENGTH },
    },
    description: {
      description: 'The promise in a sentence, for whoever is woken by its failure.',
      example: 'An active ad has a price above zero.',
      value: { kind: 'text', pattern: NOT_BLANK },
    },
    severity: {
      description: 'How much the owner cares.',
      example: 'warning',
      default: 'error',
      value: SEVERITY,
    },
    dimension: {
      description: 'The quality dimension of the Open Data Contract Standard that the rule belongs to.',
      example: 'conformity',
      default: 'accuracy',
      value: DIMENSION,
    },
    when: {
      description:
        'JSONata expression that decides whether the rule applies to an event: `true` applies it, `false` or no value skips it.',
      example: '\'ad.status = "active"\'',
      onlyWith: OF_EVENTS,
      value: { kind: 'expression' },
    },
    missing: {
      description: 'What it means that the assertion has no value, because a field is missing.',
      example: 'skip',
      default: 'fail',
      onlyWith: ['assert'],
      value: MISSING,
    },
    engine: {
      description:
        'How the expressions of the rule are evaluated. The verdicts are the same; `interpreter` is for a rule whose compiled form is in doubt.',
      example: 'interpreter',
      default: 'auto',
      onlyWith: OF_EVENTS,
      value: ENGINE_CHOICE,
    },
    ignore: {
      description:
        'Warnings of `assay validate` that are known and accepted, by their codes, each with its reason.',
      example: '{ FIELD_MAY_BE_MISSING: "Ads without a category are what this rule is to find." }',
      value: { kind: 'mapping', names: 'code under `ignore`', pattern: FINDING_CODE, of: REASON },
    },
    assert: {
      description: 'JSONata expression that must be `true` of every event.',
      example: 'ad.price.amount > 0',
      group: 'check',
      value: { kind: 'expression' },
    },
    schema: {
      description: "Path of the JSON Schema that every event must match, relative to the contract's file.",
      example: './schemas/ad-published.schema.json',
      group: 'check',
      value: { kind: 'path', pattern: SCHEMA_PATH },
    },
    freshness: {
      description: 'How long the topic may be silent.',
      example: '{ within: 5m, field: occurred_at }',
      group: 'check',
      value: FRESHNESS,
    },
    volume: {
      description: 'How many events must come in a window of time.',
      example: '{ over: 5m, min: 100, max: 50000 }',
      group: 'check',
      value: VOLUME,
    },
    unique: {
      description: 'What no two events in a window of time may have in common.',
      example: '{ by: event_id, over: 10m }',
      group: 'check',
      later: true,
      value: { kind: 'anything' },
    },
    sequence: {
      description: 'In which order the events of one key must come.',
      example: '{ by: ad.id, field: ad.version }',
      group: 'check',
      later: true,
      value: { kind: 'anything' },
    },
    references: {
      description: 'Which events of another topic an event must refer to.',
      example: '{ field: user.id, topic: users.user-created.v1 }',
      group: 'check',
      later: true,
      value: { kind: 'anything' },
    },
    distribution: {
      description: 'How the values of a field must be spread.',
      example: '{ field: ad.category, over: 1h }',
      group: 'check',
      later: true,
      value: { kind: 'anything' },
    },
    tolerance: {
      description:
        'Which share of the events may fail before somebody is told; `none` for not a single one. Without it, the bound is that of `promises.validity`.',
      example: '{ warn: 0.1%, fail: 1%, over: 15m, minimumEvents: 100 }',
      onlyWith: OF_EVENTS,
      value: TOLERANCE,
    },
    mode: {
      description: 'Whether the rule counts, or is only tried out in the shadow of the others.',
      example: 'shadow',
      default: 'live',
      value: MODE,
    },
    scope: {
      description: 'Whether a check over a window sees the whole topic or each partition for itself.',
      example: 'partition',
      later: true,
      value: { kind: 'anything' },
    },
  },
} as const satisfies RecordShape
