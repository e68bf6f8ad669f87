import type { SyntaxNode } from '../../expression/index.ts'
import { nearest } from '../../model/did-you-mean.ts'
import { alike } from './alike.ts'
import { constantsOf, onlyConstant } from '../types/constants.ts'
import { describe, joinWords, kindsOf, wordsFor } from '../types/describe.ts'
import { hasValue } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { readsData } from './reads-data.ts'
import type { Run } from './run.ts'

/** One side of a comparison. */
export interface Side {
  readonly node: SyntaxNode
  readonly type: Type
}

/** Reports two sides that are never equal, whatever the event. False if there is nothing to say. */
export function reportNeverEqual(node: SyntaxNode, left: Side, right: Side, run: Run): boolean {
  if (run.isQuiet || !hasValue(left.type) || !hasValue(right.type)) return false
  if (!readsData(left.node) && !readsData(right.node)) return reportConstant(node, run)
  if (isTestForNull(node, left, right)) return false
  if (!shareKind(left.type, right.type)) return reportKinds(node, left, right, run)
  const literal = [left, right].find(({ node: side }) => !readsData(side))
  const other = literal === left ? right : left
  if (!literal) return reportApart(node, left, right, run)
  // That a value differs from one outside of its bounds may be said on purpose; one missing in a list is mistyped.
  return node.value === '!=' && !constantsOf(other.type) ? false : reportValue(literal, other, run)
}

/** `x != null` is a way to ask whether there is a value. */
function isTestForNull(node: SyntaxNode, left: Side, right: Side): boolean {
  return (
    node.value === '!=' &&
    [left, right].some(({ node: side }) => side.type === 'value' && side.value === null)
  )
}

export function shareKind(left: Type, right: Type): boolean {
  const kinds = kindsOf(left)
  return kindsOf(right).some((kind) => kinds.includes(kind))
}

function reportConstant(node: SyntaxNode, run: Run): boolean {
  const outcome = node.value === '=' ? 'false' : 'true'
  run.report(
    'CONDITION_CONSTANT',
    node,
    `\`${run.textOf(node)}\` is ${outcome} for every event, for nothing in it comes from the event`,
    'Compare with a field: a name without quotes is a field, one in quotes is text.',
  )
  return true
}

export function reportKinds(node: SyntaxNode, left: Side, right: Side, run: Run): boolean {
  const outcome = node.value === '=' ? 'false' : 'true'
  const [of, and] = [left, right].map((side) => describeSide(side, run))
  const message = `\`${run.textOf(node)}\` is always ${outcome}: ${of}, ${and}`
  run.report('TYPES_NEVER_EQUAL', node, message, hintForKinds(left, right, run))
  return true
}

/** A side with what it may be; of a literal, only the kind. */
export function describeSide({ node, type }: Side, run: Run): string {
  return `\`${run.textOf(node)}\` is ${readsData(node) ? describe(type) : joinWords(kindsOf(type))}`
}

function hintForKinds(left: Side, right: Side, run: Run): string {
  const [literal, other] = readsData(left.node) ? [right, left] : [left, right]
  const constant = onlyConstant(literal.type)?.value
  const field = run.textOf(other.node)
  if (literal.type.lists && !readsData(literal.node))
    return `For one of several values write ${field} in ${run.textOf(literal.node)}.`
  if (constant === null) return `The field is never null: that it is missing is $not($exists(${field})).`
  if (other.type.lists) {
    return constant === undefined
      ? 'Compare a single item, or the number of items with $count(…).'
      : `Ask whether the list holds the value: ${run.textOf(literal.node)} in ${field}.`
  }
  if (typeof constant === 'string') return hintForText(constant, other.type)
  if (other.type.texts && constant !== undefined) {
    const values = other.type.texts.values
    return values ? `Compare with one of ${listed(values)}.` : `Write the value in quotes: "${constant}".`
  }
  if (other.type.booleans.length > 0 && constant !== undefined) return 'Compare with true or false.'
  return 'Compare values of one type: $number(…) and $string(…) convert them.'
}

function hintForText(text: string, type: Type): string {
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text))
  if (type.numbers && isNumber) return `Write the number without quotes: ${text}.`
  if (type.booleans.length > 0 && /^(?:true|false)$/i.test(text)) {
    return `Write it without quotes: ${text.toLowerCase()}.`
  }
  return `Compare with ${type.numbers ? 'a number' : type.booleans.length > 0 ? 'true or false' : 'a single field of it'}.`
}

/** A literal that is no value of the other side, though of its type. */
export function reportValue(literal: Side, other: Side, run: Run): boolean {
  const field = run.textOf(other.node)
  const message = `\`${field}\` is never ${run.textOf(literal.node)}: it is ${wordsFor(other.type)}`
  run.report('VALUE_IMPOSSIBLE', literal.node, message, hintForValue(literal.type, other.type))
  return true
}

function hintForValue(literal: Type, type: Type): string {
  const wanted = onlyConstant(literal)?.value
  const known = (constantsOf(type) ?? []).map(String)
  const texts = type.texts?.values ?? []
  const letterCase = type.texts?.letterCase
  if (letterCase && typeof wanted === 'string') {
    return `Write it in ${letterCase} case: ${JSON.stringify(letterCase === 'lower' ? wanted.toLowerCase() : wanted.toUpperCase())}.`
  }
  const meant =
    typeof wanted === 'string'
      ? (nearest(wanted, texts) ?? alike(wanted, texts, 2) ?? within(wanted, texts))
      : undefined
  if (meant !== undefined) return `Did you mean ${JSON.stringify(meant)}?`
  if (known.length === 1) {
    return `Here it can only be ${JSON.stringify(onlyConstant(type)?.value)}, by the schema or a condition before: one of the two is wrong.`
  }
  if (texts.length > 0) return `Compare with one of ${listed(texts)}, or correct the schema.`
  if (known.length > 0)
    return `Compare with one of ${known.slice(0, MAX_LISTED).join(', ')}, or correct the schema.`
  return 'Compare with a value that the schema allows, or correct the schema.'
}

/** A value that is part of the word, or the other way round: `card` in `credit_card`. */
function within(word: string, values: readonly string[]): string | undefined {
  return values.find((value) => value.length >= MIN_PART && (word.includes(value) || value.includes(word)))
}

const MIN_PART = 3
const MAX_LISTED = 8

function listed(values: readonly string[]): string {
  const shown = values.slice(0, MAX_LISTED).map((value) => JSON.stringify(value))
  return values.length > MAX_LISTED ? `${shown.join(', ')} …` : shown.join(', ')
}

function reportApart(node: SyntaxNode, left: Side, right: Side, run: Run): boolean {
  const message = `\`${run.textOf(left.node)}\` and \`${run.textOf(right.node)}\` have no value in common: ${wordsFor(left.type)}, and ${wordsFor(right.type)}`
  run.report(
    'VALUE_IMPOSSIBLE',
    node,
    message,
    'Compare fields that can have the same values, or correct the schema.',
  )
  return true
}
