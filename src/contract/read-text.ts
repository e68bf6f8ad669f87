import { isCollection, isScalar, type Node, type Scalar } from 'yaml'
import { quote } from './describe-node.ts'
import { placeOf, report, type Reading, type Where } from './reading.ts'
import { NOT_BLANK, TIME_SPAN } from './shape-patterns.ts'
import type { Pattern, Read, Shape } from './shape.ts'
import { exampleHint, reportType } from './wrong-type.ts'

export type TextualShape = Extract<
  Shape,
  { kind: 'text' | 'expression' | 'path' | 'duration' | 'choice' | 'reference' }
>

/** What messages call the values of a kind. */
const EXPECTED: Readonly<Record<TextualShape['kind'], string>> = {
  text: 'text',
  expression: 'a JSONata expression',
  path: 'the path of a file',
  duration: 'a length of time such as 30d',
  choice: 'a word',
  reference: 'an id',
}

/** Text and the scalar that it was read from. */
export interface Text extends Read<string> {
  readonly node: Scalar
}

/** Reads text and holds it against its pattern, or reports what is wrong with it. */
export function readText(
  reading: Reading,
  shape: TextualShape,
  node: Node | null,
  where: Where,
): Text | undefined {
  const value = textOf(shape, node)
  if (!isScalar(node) || value === undefined) {
    reportType(reading, node, where, EXPECTED[shape.kind], hintFor(shape, node, where))
    return undefined
  }
  const text = { node, value, at: placeOf(reading, node) }
  return isShortEnough(reading, shape, text, where) && isWellFormed(reading, shape, text, where)
    ? text
    : undefined
}

/** A word of a closed set may be one that YAML takes for a boolean, such as `false`. */
function textOf(shape: TextualShape, node: Node | null): string | undefined {
  if (!isScalar(node)) return undefined
  if (typeof node.value === 'string') return node.value
  const isChoice = shape.kind === 'choice' && shape.choices.some(({ value }) => value === node.source)
  return isChoice ? node.source : undefined
}

function hintFor(shape: TextualShape, node: Node | null, where: Where): string {
  if (shape.kind === 'expression' && isCollection(node)) {
    return 'Put the expression in a block: `|` after the colon, the expression on the next line, indented.'
  }
  if (shape.kind === 'choice') return exampleHint(where)
  const source = isScalar(node) && node.value !== null ? node.source : undefined
  if (source === undefined || !matches(patternOf(shape), source)) return exampleHint(where)
  return `Put it in quotes, so that YAML reads it as text: ${quote(source)}.`
}

function isShortEnough(reading: Reading, shape: TextualShape, { value, at }: Text, where: Where): boolean {
  const maxLength = shape.kind === 'text' ? shape.maxLength : undefined
  if (maxLength === undefined || value.length <= maxLength) return true
  const message = `${where.label} has ${value.length} characters; at most ${maxLength} are allowed`
  report(reading, where, 'CONTRACT_TOO_LONG', message, `Shorten it. ${exampleHint(where)}`, at)
  return false
}

function isWellFormed(reading: Reading, shape: TextualShape, { value, at }: Text, where: Where): boolean {
  const pattern = patternOf(shape)
  if (!pattern || matches(pattern, value)) return true
  const message = `${where.label} must be ${pattern.says}; found ${quote(value)}`
  report(reading, where, 'CONTRACT_BAD_VALUE', message, exampleHint(where), at)
  return false
}

function patternOf(shape: TextualShape): Pattern | undefined {
  switch (shape.kind) {
    case 'text':
    case 'path':
      return shape.pattern
    case 'expression':
      return NOT_BLANK
    case 'duration':
      return TIME_SPAN
    case 'choice':
    case 'reference':
      return undefined
  }
}

/** True if text is of a pattern, or there is none. */
export function matches(pattern: Pattern | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern.regex, 'u').test(text)
}
