/** What one evaluation may use. The defaults stop a runaway rule long before Kafka would take this member for dead. */
export interface ExpressionBudget {
  /** Time for one evaluation. The clock is read once for about 1000 evaluated nodes, so an evaluation may run a little longer. */
  readonly timeoutMs: number
  /**
   * Nested nodes of the syntax tree: a recursion that is not a tail call needs about five for each level. Generated code counts the nodes
   * that a function certainly evaluates, so that the last level may nest a few nodes deeper.
   */
  readonly stackDepth: number
  /** Items of any list that the expression makes. */
  readonly sequenceLength: number
  /** UTF-16 units of any text that the expression makes. */
  readonly stringLength: number
}

export const DEFAULT_BUDGET: ExpressionBudget = {
  timeoutMs: 50,
  stackDepth: 500,
  sequenceLength: 1_000_000,
  stringLength: 1_000_000,
}
