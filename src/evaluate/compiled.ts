import type { CompiledExpression } from '../expression/index.ts'
import type { Contract, Encoding, Rule } from '../model/contract.ts'
import type { SchemaCheck } from './schema.ts'

/** What a rule checks, ready to run: exactly one of these. */
export type CompiledCheck =
  | { readonly kind: 'assert'; readonly expression: CompiledExpression }
  | { readonly kind: 'schema'; readonly schema: SchemaCheck }

/** A rule ready to run. */
export interface CompiledRule {
  readonly rule: Rule
  readonly condition: CompiledExpression | undefined
  readonly check: CompiledCheck
}

/** A contract ready to run. */
export interface CompiledContract {
  readonly contract: Contract
  readonly rules: readonly CompiledRule[]
}

/** All contracts that watch one topic: a record is decoded once for all of them. */
export interface CompiledTopic extends Encoding {
  readonly topic: string
  readonly contracts: readonly CompiledContract[]
}
