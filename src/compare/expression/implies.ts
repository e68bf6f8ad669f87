import { nodeIn, type SyntaxNode } from '../../expression/index.ts'
import { comparisonImplies, holds } from './bounds.ts'
import { type Comparison, toComparison, toConstantNode, toMembership } from './comparison.ts'
import { toFilteredList } from './filters.ts'
import { argumentOf, bare, canonical, remembering, sidesOf } from './syntax.ts'

/** Trying every pair of a long chain of `and` and `or` is quadratic at best: beyond this many steps the answer is "can't tell". */
const MAX_STEPS = 500_000

/** Counts down the steps of one question. */
interface Effort {
  steps: number
}

/**
 * Whether every event for which `given` is true makes `wanted` true as well: `true` is certain, `false` means that it can't be told.
 * It looks at values that have the types that the expressions are made for; where a value is missing, `=`, `in`, `and`, `or` and
 * `$exists` still are true or false, but `<` and its like have no value (JSONata 2.2, evaluateBinary).
 */
export function implies(given: SyntaxNode, wanted: SyntaxNode): boolean {
  return follows(bare(given), bare(wanted), { steps: MAX_STEPS })
}

function follows(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean {
  effort.steps -= 1
  if (effort.steps < 0) return false
  if (isConstant(given, false) || isConstant(wanted, true)) return true
  if (canonical(given) === canonical(wanted)) return true
  return byParts(given, wanted, effort) ?? byMeaning(given, wanted, effort)
}

/** Takes `and` and `or` apart: first where all parts are needed, then where one is enough. */
function byParts(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean | undefined {
  const bothWanted = conjuncts(wanted)
  if (bothWanted) return bothWanted.every((part) => follows(given, part, effort))
  const eitherGiven = disjuncts(given) ?? choicesOf(given)
  if (eitherGiven) return eitherGiven.every((part) => follows(part, wanted, effort))
  const bothGiven = conjuncts(given)
  if (bothGiven?.some((part) => follows(part, wanted, effort))) return true
  const eitherWanted = disjuncts(wanted)
  if (eitherWanted?.some((part) => follows(given, part, effort))) return true
  return bothGiven || eitherWanted ? false : undefined
}

/** `x in [a, b]` as `x = a` and `x = b`, of which one is given. */
const choicesOf = remembering((node): readonly SyntaxNode[] | undefined => {
  const membership = toMembership(node)
  const [subject] = sidesOf(node) ?? []
  if (!membership || !subject || membership.values.length < 2) return undefined
  return membership.values.map((value) => ({
    type: 'binary',
    value: '=',
    lhs: subject,
    rhs: toConstantNode(value),
  }))
})

function byMeaning(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean {
  return (
    byValues(given, wanted) ||
    byPresence(given, wanted) ||
    byNegation(given, wanted, effort) ||
    byFilters(given, wanted, effort) ||
    byCases(given, wanted, effort)
  )
}

function byValues(given: SyntaxNode, wanted: SyntaxNode): boolean {
  return comparisonsOf(given)?.every((comparison) => comparisonMeets(comparison, wanted)) ?? false
}

/** A comparison, or what a list of constants stands for: one of several equalities. */
function comparisonsOf(node: SyntaxNode): readonly Comparison[] | undefined {
  const membership = toMembership(node)
  if (membership) {
    return membership.values.map((value) => ({ subject: membership.subject, operator: '=', value }))
  }
  const comparison = toComparison(node)
  return comparison && [comparison]
}

function comparisonMeets(given: Comparison, wanted: SyntaxNode): boolean {
  const membership = toMembership(wanted)
  if (membership) {
    return (
      given.operator === '=' &&
      membership.subject === given.subject &&
      membership.values.some((value) => holds(given.value, '=', value))
    )
  }
  const comparison = toComparison(wanted)
  return comparison?.subject === given.subject && comparisonImplies(given, comparison)
}

/** What was compared is there: every comparison with a missing value is false or has no value. */
function byPresence(given: SyntaxNode, wanted: SyntaxNode): boolean {
  const present = argumentOf(wanted, 'exists')
  if (present === undefined) return false
  const subject = canonical(present)
  return comparisonsOf(given)?.every((comparison) => comparison.subject === subject) ?? false
}

function byNegation(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean {
  const denied = argumentOf(wanted, 'not')
  if (denied === undefined) return false
  const deniedBefore = argumentOf(given, 'not')
  if (deniedBefore) return hasAlwaysValue(denied, deniedBefore) && follows(denied, deniedBefore, effort)
  // The other sense of a comparison; a missing value makes $not(…) of an equality true, so never the other way round.
  return isTotal(denied) && excludes(given, denied)
}

/** Whether two comparisons of one subject can't both be true. */
function excludes(given: SyntaxNode, denied: SyntaxNode): boolean {
  const facts = comparisonsOf(given)
  const equalities = comparisonsOf(denied)
  if (!facts || !equalities) return false
  return facts.every((fact) =>
    equalities.every(
      (equality) =>
        equality.operator === '=' &&
        fact.subject === equality.subject &&
        comparisonImplies(fact, { ...equality, operator: '!=' }),
    ),
  )
}

/** `$not` of no value is no value: a negation tells something only where what it negates has a value. */
function hasAlwaysValue(node: SyntaxNode, whenThis: SyntaxNode): boolean {
  if (isTotal(node)) return true
  const subject = toComparison(node)?.subject
  return subject !== undefined && !isTotal(whenThis) && subject === toComparison(whenThis)?.subject
}

/** Expressions that are true or false even if fields are missing. */
function isTotal(node: SyntaxNode): boolean {
  if (argumentOf(node, 'exists') !== undefined) return true
  return node.type === 'binary' && ['=', '!=', 'in', 'and', 'or'].includes(String(node.value))
}

/** No item is bad: more kinds of bad ask for more. Some item is good: fewer kinds of good do. */
function byFilters(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean {
  const [before, after] = [toFilteredList(given), toFilteredList(wanted)]
  if (!before || !after || before.says !== after.says || before.list !== after.list) return false
  return before.says === 'none'
    ? follows(after.filter, before.filter, effort)
    : follows(before.filter, after.filter, effort)
}

/** `c ? a : b` by its two cases, if the condition is the same. */
function byCases(given: SyntaxNode, wanted: SyntaxNode, effort: Effort): boolean {
  const before = casesOf(given)
  const after = casesOf(wanted)
  if (!before || !after || canonical(before.condition) !== canonical(after.condition)) return false
  return follows(before.yes, after.yes, effort) && follows(before.no, after.no, effort)
}

function casesOf(node: SyntaxNode): Record<'condition' | 'yes' | 'no', SyntaxNode> | undefined {
  const condition = nodeIn(node['condition'])
  const yes = nodeIn(node['then'])
  const no = nodeIn(node['else'])
  if (node.type !== 'condition' || !condition || !yes || !no) return undefined
  return { condition: bare(condition), yes: bare(yes), no: bare(no) }
}

const conjuncts = remembering((node) => chainOf(node, 'and'))
const disjuncts = remembering((node) => chainOf(node, 'or'))

/** The links of a chain of one operator, however it is bracketed; undefined if the node is no such chain. */
function chainOf(node: SyntaxNode, operator: 'and' | 'or'): readonly SyntaxNode[] | undefined {
  const links: SyntaxNode[] = []
  const pending = [node]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const sides = next.value === operator ? sidesOf(next) : undefined
    if (sides) pending.push(sides[1], sides[0])
    else links.push(next)
  }
  return links.length > 1 ? links : undefined
}

function isConstant(node: SyntaxNode, value: boolean): boolean {
  return node.type === 'value' && node.value === value
}
