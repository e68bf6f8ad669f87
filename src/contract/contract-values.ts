import type { CONTRACT_SHAPE } from './shape-contract.ts'
import type { RULE_SHAPE } from './shape-rule.ts'
import type { ValueOf } from './shape.ts'

/** What stands in a contract file, each value with its place. */
export type ContractValues = ValueOf<typeof CONTRACT_SHAPE>

/** What stands in a rule of a contract file, each value with its place. */
export type RuleValues = ValueOf<typeof RULE_SHAPE>
