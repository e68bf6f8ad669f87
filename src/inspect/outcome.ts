import type { SyntaxNode } from '../expression/index.ts'
import { readsData } from './infer/reads-data.ts'
import type { Run } from './infer/run.ts'
import { rootScope } from './infer/scope.ts'
import { severalOf } from './infer/several.ts'
import { canPass, truthOf } from './infer/truth.ts'
import { RECORD_VARIABLES } from './record-variables.ts'
import { describe } from './types/describe.ts'
import { ANY, hasValue } from './types/type.ts'
import type { Type } from './types/type.ts'

/** What an assertion as a whole comes to, if nothing in it has been found to explain that already. */
export function reportAssertion(tree: SyntaxNode, type: Type, hasCondition: boolean, run: Run): void {
  if (type.isUnknown || run.findings.length > 0 || reportNotBoolean('the assertion', tree, type, run)) return
  if (!canPass(type)) {
    const where = hasCondition ? ' where `when` is true' : ''
    const why = readsData(tree) ? `for every event that the schema allows${where}` : 'whatever the event is'
    run.report('RULE_NEVER_PASSES', tree, `\`${run.textOf(tree)}\` is never true, ${why}`, HINT_NEVER)
  } else if (isAlwaysTrue(type)) {
    const why = readsData(tree)
      ? 'the schema already promises this, so no event that matches it can fail the rule'
      : 'nothing in it comes from the event, so no event can fail the rule'
    run.report('RULE_ALWAYS_PASSES', tree, `\`${run.textOf(tree)}\` is always true: ${why}`, HINT_ALWAYS)
  }
}

const HINT_NEVER = 'Compare the assertion with the schema: one of the two is wrong.'
const HINT_ALWAYS = 'Remove the rule, or assert what the schema does not say.'

/** What a condition as a whole comes to. */
export function reportCondition(tree: SyntaxNode, type: Type, run: Run): void {
  if (type.isUnknown || run.findings.length > 0 || reportNotBoolean('the condition `when`', tree, type, run))
    return
  if (!canPass(type)) {
    const hint = 'Compare the condition with the schema: one of the two is wrong.'
    run.report(
      'RULE_NEVER_APPLIES',
      tree,
      `\`${run.textOf(tree)}\` is never true, so the rule skips every event`,
      hint,
    )
  } else if (isAlwaysTrue(type)) {
    const hint = 'Remove `when`, or choose the events by something in which they differ.'
    run.report(
      'CONDITION_ALWAYS_TRUE',
      tree,
      `\`${run.textOf(tree)}\` is true for every event, so it chooses nothing`,
      hint,
    )
  }
}

function isAlwaysTrue(type: Type): boolean {
  const others = hasValue({ ...type, booleans: [] })
  return !others && !type.isAbsent && !type.isFault && !truthOf(type).canBeFalse
}

function reportNotBoolean(what: string, tree: SyntaxNode, type: Type, run: Run): boolean {
  const items = severalOf(type)
  if (items && items.booleans.length > 0) {
    const message = `${what} gives true or false for one item and a list for several, which can't be judged`
    run.report('ONE_OR_MANY', tree, message, 'Ask about all items: $count(list[$not(condition)]) = 0.')
    return true
  }
  if (type.booleans.length > 0 || !hasValue(type)) return false
  const text = run.textOf(tree)
  const message = `${what} gives ${describe(type)}, never true or false, so every event is an error of the rule`
  const hint = hintFor(tree, type, text)
  // Without any knowledge of the event, it is certain.
  const blind = run.quietly(() => run.infer(tree, rootScope(ANY, RECORD_VARIABLES)))
  const isCertain = !blind.isUnknown && blind.booleans.length === 0 && hasValue(blind)
  if (isCertain) run.reportError('RULE_NOT_BOOLEAN', tree, message, hint)
  else run.report('RULE_NOT_BOOLEAN', tree, message, hint)
  return true
}

function hintFor({ type: nodeType }: SyntaxNode, type: Type, text: string): string {
  const isPath = nodeType === 'path' && text.length <= MAX_QUOTED
  const exists = isPath ? ` That there is a value is $exists(${text}).` : ''
  const value = text.length <= MAX_QUOTED ? text : '…'
  if (type.functions) return 'Call the function: add the brackets and the arguments.'
  if (type.numbers) return `Compare it: ${value} > 0, or the like.${exists}`
  if (type.texts) return `Compare it with the text that you expect.${exists}`
  return `Ask for something of it: $exists(${value}), or $count(${value}) > 0.`
}

const MAX_QUOTED = 40
