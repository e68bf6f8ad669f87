import type { CompiledExpression } from './compiled-expression.ts'

/** A condition and what must be true where it is. Without an assertion, the outcome `true` says that the condition holds. */
export interface SetMember {
  readonly condition?: CompiledExpression | undefined
  readonly assertion?: CompiledExpression | undefined
}
