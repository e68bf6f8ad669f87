import type { SyntaxNode } from '../expression/index.ts'
import type { LocatedText, Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { reportBindings } from './bindings.ts'
import type { Finding } from './finding.ts'
import { reportGaps } from './gaps.ts'
import { infer } from './infer/infer.ts'
import { assume } from './infer/narrow.ts'
import { allNodes } from './infer/reads-data.ts'
import { Run } from './infer/run.ts'
import { rootScope } from './infer/scope.ts'
import type { Scope } from './infer/scope.ts'
import { reportAssertion, reportCondition } from './outcome.ts'
import { RECORD_VARIABLES } from './record-variables.ts'
import { reportReplay } from './replay.ts'
import { reportRegexes } from './ambiguous-regex.ts'
import type { Type } from './types/type.ts'

/** Gives the syntax tree of an expression. */
export type TreeOf = (source: string) => SyntaxNode | undefined

/** What is doubtful about the expressions of a rule, for events of this type. */
export function inspectRule(rule: Rule, event: Type, treeOf: TreeOf): Problem[] {
  try {
    return inspect(rule, rootScope(event, RECORD_VARIABLES), treeOf)
  } catch (error) {
    // Nested so deeply that the stack does not hold it: then nothing is said.
    if (error instanceof RangeError) return []
    throw error
  }
}

function inspect(rule: Rule, start: Scope, treeOf: TreeOf): Problem[] {
  const found = expressionsOf(rule, treeOf).flatMap((expression) =>
    inspectExpression(rule, expression, start, rule.when === undefined),
  )
  return found.map(({ finding, text }) => toProblem(rule, text, finding))
}

/** An expression of a rule, and the condition behind which it is evaluated. */
export interface Expression {
  readonly text: LocatedText
  readonly tree: SyntaxNode
  readonly isCondition: boolean
  readonly behind: Expression | undefined
}

interface Located {
  readonly finding: Finding
  readonly text: LocatedText
}

/** The condition and the assertion of a rule. One that can't be read is reported where rules are compiled. */
export function expressionsOf({ when, check }: Rule, treeOf: TreeOf): readonly Expression[] {
  const condition = when && read(when, treeOf, undefined)
  const assertion = check.kind === 'assert' ? read(check.expression, treeOf, condition) : undefined
  return [...(condition ? [{ ...condition, isCondition: true }] : []), ...(assertion ? [assertion] : [])]
}

function read(text: LocatedText, treeOf: TreeOf, behind: Expression | undefined): Expression | undefined {
  const tree = treeOf(text.text)
  return tree && { text, tree, isCondition: false, behind }
}

/**
 * What is doubtful about an expression.
 *
 * @param tellsGaps whether fields that may be missing are told of, of an assertion
 */
export function inspectExpression(
  rule: Rule,
  { text, tree, isCondition, behind }: Expression,
  start: Scope,
  tellsGaps: boolean,
): Located[] {
  const run = new Run(text.text, infer)
  if (isCondition) {
    reportCondition(tree, run.infer(tree, { ...start, asksForValue: true }), run)
  } else {
    const scope = scopeBehind(behind, start)
    reportAssertion(tree, run.infer(tree, scope), rule.when !== undefined, run)
    if (tellsGaps) reportGaps(tree, scope, rule.missing, run)
  }
  reportShape(tree, run)
  return run.findings.map((finding) => ({ finding, text }))
}

/** What can be seen without knowing the events. */
export function reportShape(tree: SyntaxNode, run: Run): void {
  const nodes = allNodes(tree)
  reportReplay(tree, nodes, run)
  reportBindings(nodes, run)
  reportRegexes(nodes, run)
}

/** The assertion is only evaluated where the condition is true. */
export function scopeBehind(condition: Expression | undefined, scope: Scope): Scope {
  return condition ? assume(condition.tree, true, scope, new Run(condition.text.text, infer)) : scope
}

/** A finding at its place in the contract. */
export function toProblem(
  { id }: Pick<Rule, 'id'>,
  text: LocatedText,
  { code, severity, message, hint, place }: Finding,
): Problem {
  const at = { ...text.locate(place.offset), length: Math.max(1, place.length) }
  return { code, severity, message: `rule "${id}": ${message}`, hint, at }
}
