import type { SyntaxNode } from '../../expression/index.ts'
import type { Rule } from '../../model/contract.ts'
import { infer } from '../infer/infer.ts'
import { assume } from '../infer/narrow.ts'
import { partOf, unwrap } from '../infer/nodes.ts'
import { readsData } from '../infer/reads-data.ts'
import { Run } from '../infer/run.ts'
import { rootScope } from '../infer/scope.ts'
import type { Scope } from '../infer/scope.ts'
import { scopeBehind } from '../inspect-rule.ts'
import type { Expression } from '../inspect-rule.ts'
import { RECORD_VARIABLES } from '../record-variables.ts'
import { hasValue } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import type { Effect, Evidence } from './effect.ts'

/**
 * Parts of an assertion, between its `and`s, that hold for every event of today's schema and not for every one of the proposed schema: it
 * no longer promises what the rule relies on.
 */
export function brokenPromises(
  { missing }: Rule,
  expression: Expression,
  { today, proposed }: Evidence,
): Effect[] {
  if (today === undefined) return []
  const run = new Run(expression.text.text, infer)
  const after = partsOfAssertion(expression.tree, startOf(expression, proposed), run)
  const before = partsOfAssertion(expression.tree, startOf(expression, today), run)
  return after.flatMap(({ node, type }, index) => {
    const was = before[index]?.type
    if (was === undefined || !readsData(node)) return []
    if (!isAlwaysMet(was, missing) || isAlwaysMet(type, missing)) return []
    const message = `\`${run.textOf(node)}\` holds for every event of today’s schema, and would not for every one of the new schema`
    const hint = 'Keep in the schema what the rule relies on, or agree with the owner of the rule first.'
    return [{ severity: 'error', message, hint, place: run.placeOf(node) }]
  })
}

function startOf({ behind }: Expression, event: Type): Scope {
  return scopeBehind(behind, rootScope(event, RECORD_VARIABLES))
}

interface Part {
  readonly node: SyntaxNode
  readonly type: Type
}

/** Each part with its value where those before it hold. */
function partsOfAssertion(tree: SyntaxNode, scope: Scope, run: Run): Part[] {
  const node = unwrap(tree)
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (node.type !== 'binary' || node.value !== 'and' || !left || !right)
    return [{ node, type: run.quietly(() => run.infer(node, scope)) }]
  const behind = run.quietly(() => assume(left, true, scope, run))
  return [...partsOfAssertion(left, scope, run), ...partsOfAssertion(right, behind, run)]
}

function isAlwaysMet(type: Type, missing: Rule['missing']): boolean {
  const others = hasValue({ ...type, booleans: [] })
  const isMissing = type.isAbsent && missing === 'fail'
  return !others && !type.isFault && !isMissing && type.booleans.length === 1 && type.booleans[0] === true
}
