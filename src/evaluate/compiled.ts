import type { CompiledExpression } from '../expression/index.ts'
import type { Contract, Encoding, Rule, StreamRule } from '../model/contract.ts'
import type { SchemaFieldPath } from './schema-fields.ts'
import type { SchemaCheck } from './schema.ts'

/** What a rule checks, ready to run: exactly one of these. */
export type CompiledCheck =
  | { readonly kind: 'assert'; readonly expression: CompiledExpression }
  | {
      readonly kind: 'schema'
      readonly schema: SchemaCheck
      /** The fields that the schema names: all other names in an event are data. */
      readonly fields: readonly SchemaFieldPath[]
    }

/** A rule ready to run. */
export interface CompiledRule {
  readonly rule: Rule
  readonly condition: CompiledExpression | undefined
  readonly check: CompiledCheck
  /** Equal for rules that say the same, schemas included: what is remembered of one holds for the other. */
  readonly content: string
}

/** A rule over the stream, ready to run. */
export interface CompiledStreamRule {
  readonly rule: StreamRule
  /** The time in the event; undefined for the time of arrival. */
  readonly field: CompiledExpression | undefined
  /** Equal for rules that say the same. */
  readonly content: string
}

/** A contract ready to run. */
export interface CompiledContract {
  readonly contract: Contract
  /** Those about single events. */
  readonly rules: readonly CompiledRule[]
  readonly streamRules: readonly CompiledStreamRule[]
  /** Equal for contracts that say the same, schemas included. */
  readonly content: string
}

/** All contracts that watch one topic: a record is decoded once for all of them. */
export interface CompiledTopic extends Encoding {
  readonly topic: string
  readonly contracts: readonly CompiledContract[]
}
