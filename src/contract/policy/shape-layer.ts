import { CONTRACT_SHAPE } from '../shape-contract.ts'
import { RULE_SHAPE } from '../shape-rule.ts'
import type { RecordShape, Shape } from '../shape.ts'

/** A key of the contract that a layer may give: never required there, and without a default of its own. */
function optional<S extends Shape>({
  description,
  example,
  value,
}: {
  readonly description: string
  readonly example: string
  readonly value: S
}): { readonly description: string; readonly example: string; readonly value: S } {
  return { description, example, value }
}

const CONTRACT = CONTRACT_SHAPE.keys
const RULE = RULE_SHAPE.keys

const RULE_KEYS = {
  kind: 'record',
  name: '`rule` of a layer',
  keys: {
    severity: optional(RULE.severity),
    dimension: optional(RULE.dimension),
    missing: optional(RULE.missing),
    tolerance: optional(RULE.tolerance),
    mode: optional(RULE.mode),
  },
} as const

/** What a platform says for all contracts: under them as `defaults`, or above them as `overrides`. */
export const LAYER_SHAPE = {
  kind: 'record',
  name: 'a layer',
  keys: {
    format: optional(CONTRACT.format),
    tombstones: optional(CONTRACT.tombstones),
    links: optional(CONTRACT.links),
    tags: optional(CONTRACT.tags),
    fields: optional(CONTRACT.fields),
    promises: optional(CONTRACT.promises),
    rule: {
      description:
        'Keys of every rule of every contract. `missing` goes to assertions only, `tolerance` to rules about single events.',
      example: '{ severity: warning }',
      value: RULE_KEYS,
    },
    rules: {
      description:
        'Rules of every contract, by id: a layer above replaces a rule of the same id below, or adds it. A path of a schema is relative to the policy file.',
      example: '[{ id: event_has_id, assert: $exists(event_id) }]',
      value: { kind: 'list', of: RULE_SHAPE, uniqueBy: 'id' },
    },
  },
} as const satisfies RecordShape
