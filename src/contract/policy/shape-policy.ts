import {
  CONTRACT_ID,
  DATE,
  MAX_ID_LENGTH,
  NOT_BLANK,
  ONE_LINE,
  SNAKE_CASE,
  WORDS,
} from '../shape-patterns.ts'
import type { RecordShape } from '../shape.ts'
import { LAYER_SHAPE } from './shape-layer.ts'

const PROSE = { kind: 'text', pattern: NOT_BLANK } as const
const KEY = { kind: 'text', pattern: ONE_LINE } as const

const SEVERITY = {
  kind: 'choice',
  choices: [
    { value: 'error', description: '`assay validate` fails.' },
    { value: 'warning', description: 'It is told, and nothing fails.' },
    { value: 'info', description: 'It is told as a note, and nothing fails.' },
  ],
} as const

const PATTERN = {
  kind: 'record',
  name: '`pattern` of a policy',
  keys: {
    key: {
      description: 'The key of the contract, or of its rules, that is held against the pattern.',
      example: 'topic',
      required: true,
      value: KEY,
    },
    matches: {
      description:
        'Regular expression, with JavaScript’s syntax, that the value must match. Anchor it with ^ and $ if it means the whole value.',
      example: "'^[a-z]+\\.[a-z-]+\\.v[0-9]+$'",
      required: true,
      value: PROSE,
    },
    says: {
      description: 'The same in words, to end the sentence "it must be …".',
      example: 'named <domain>.<event>.v<number>',
      required: true,
      value: PROSE,
    },
  },
} as const

const ALLOW = {
  kind: 'record',
  name: '`allow` of a policy',
  keys: {
    key: {
      description: 'The key of the contract, or of its rules, whose values are limited.',
      example: 'owner',
      required: true,
      value: KEY,
    },
    values: {
      description: 'The values that it may have.',
      example: '[team-search, team-crm]',
      required: true,
      value: { kind: 'list', of: { kind: 'text', pattern: ONE_LINE }, nonEmpty: true },
    },
  },
} as const

/** A policy: what the platform demands of every contract. */
export const POLICY_SHAPE = {
  kind: 'record',
  name: 'a policy',
  subject: { noun: 'policy', by: 'id' },
  exactlyOne: {
    group: 'demand',
    explain: 'A policy demands one thing, so that a waiver of it means one thing.',
  },
  keys: {
    id: {
      description: 'Stable name of the policy. Messages and waivers name it.',
      example: 'topics_are_versioned',
      required: true,
      value: { kind: 'text', pattern: SNAKE_CASE, maxLength: MAX_ID_LENGTH },
    },
    description: {
      description:
        'Why it is demanded and what to do: this is shown to the author whose contract does not comply.',
      example: 'Consumers find the version of a topic by its name.',
      value: PROSE,
    },
    severity: {
      description: 'How much it matters.',
      example: 'warning',
      default: 'error',
      value: SEVERITY,
    },
    pattern: {
      description: 'The values of a key must match a pattern.',
      example: "{ key: topic, matches: '\\.v[0-9]+$', says: versioned }",
      group: 'demand',
      value: PATTERN,
    },
    require: {
      description: 'Keys that must be there, written in the contract or given by a default.',
      example: '[description, links.runbook, tags.tier, rules.description]',
      group: 'demand',
      value: { kind: 'list', of: KEY, nonEmpty: true },
    },
    allow: {
      description: 'The values of a key must be among those that are listed.',
      example: '{ key: domain, values: [ads, crm] }',
      group: 'demand',
      value: ALLOW,
    },
    classify: {
      description:
        'Words for personal data. A field that an expression or JSON Schema of the contract names so must stand in `fields` with a `pii` class (`none` is one).',
      example: '[email, phone, iban]',
      group: 'demand',
      value: { kind: 'list', of: { kind: 'text', pattern: WORDS, maxLength: MAX_ID_LENGTH }, nonEmpty: true },
    },
    maxRules: {
      description: 'How many rules a contract may have. Rules of layers do not count.',
      example: '50',
      group: 'demand',
      value: { kind: 'number', above: 0, below: 100_000, whole: true },
    },
  },
} as const satisfies RecordShape

const WAIVER = {
  kind: 'record',
  name: 'a waiver',
  keys: {
    policy: {
      description: 'The id of the policy that is waived.',
      example: 'topics_are_versioned',
      required: true,
      value: { kind: 'reference', to: 'policy' },
    },
    contract: {
      description: 'The id of the contract for which it is waived.',
      example: 'ads.legacy-ad',
      required: true,
      value: { kind: 'text', pattern: CONTRACT_ID, maxLength: MAX_ID_LENGTH },
    },
    until: {
      description:
        'The last day of the waiver (UTC). After it, the waiver is an error until somebody removes or renews it.',
      example: '2027-03-31',
      required: true,
      value: { kind: 'text', pattern: DATE },
    },
    reason: {
      description: 'Why, for whoever meets the waiver when it expires.',
      example: 'The producer moves to versioned topics in the first quarter.',
      required: true,
      value: PROSE,
    },
  },
} as const

/** The policy file: what a platform demands of all contracts beside and below it, and what it gives them. */
export const POLICY_FILE_SHAPE = {
  kind: 'record',
  name: 'the policy file',
  keys: {
    apiVersion: {
      description: 'The version of the contract language.',
      example: 'assay/v1',
      required: true,
      value: { kind: 'choice', choices: [{ value: 'assay/v1', description: 'The only version so far.' }] },
    },
    description: {
      description: 'Who is behind the policies, and where to ask.',
      example: 'Policies of the data platform. Questions to team-platform.',
      value: PROSE,
    },
    policies: {
      description: 'What is demanded of every contract.',
      example: '[{ id: who_to_call, require: [links.runbook] }]',
      value: { kind: 'list', of: POLICY_SHAPE, uniqueBy: 'id' },
    },
    waivers: {
      description: 'Contracts that need not comply with a policy for some time.',
      example:
        '[{ policy: who_to_call, contract: ads.legacy-ad, until: 2027-03-31, reason: It is shut down in March. }]',
      value: { kind: 'list', of: WAIVER },
    },
    defaults: {
      description: 'What holds where a contract says nothing.',
      example: '{ links: { runbook: "https://wiki.example.org/data-quality" } }',
      value: LAYER_SHAPE,
    },
    overrides: {
      description: 'What holds whatever a contract says.',
      example: '{ tombstones: fail }',
      value: LAYER_SHAPE,
    },
  },
} as const satisfies RecordShape
