export { DEFAULT_BUDGET, type ExpressionBudget } from './budget.ts'
export {
  type AnyExpression,
  type AnyOptions,
  compileAny,
  evaluateWithLookalikes,
  isFunctionValue,
} from './compile-any.ts'
export { checkExpression, compileExpression } from './compile.ts'
export type { CompiledExpression } from './compiled-expression.ts'
export { DATA_CAUSED_CODES } from './data-caused.ts'
export { EVENT_VARIABLES, type EvaluationContext, type EventVariable } from './evaluation-context.ts'
export { ExpressionFault } from './expression-fault.ts'
export { ExpressionSyntaxError } from './expression-syntax-error.ts'
export { type SafeRegExp, createSafeRegExp } from './regex/safe-reg-exp.ts'
export { ExpressionSet } from './expression-set.ts'
export type { SetMember } from './set-member.ts'
export { OUTCOME, type Outcome } from './outcome.ts'
export { canGenerateCode } from './code-generation.ts'
export type { Engine, EngineChoice } from './engine.ts'
export type { CompileOptions } from './compile.ts'
export { type FieldMention, fieldMentions } from './field-mentions.ts'
export { explainExpression } from './explain/explain.ts'
export type { Explanation, ExplanationStep, StepOutcome, Turn } from './explain/explanation.ts'
export { asksForTime } from './asks-for-time.ts'
export { eventPathsOf, type EventPath } from './event-paths.ts'
export { nodeIn, nodesIn, placeOfSyntax, syntaxTree } from './syntax-tree.ts'
export type { Place } from './place.ts'
export type { SyntaxNode } from '#jsonata-sync'
