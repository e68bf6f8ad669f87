import type { SyntaxNode } from '../../expression/index.ts'
import { describe } from '../types/describe.ts'
import { FAULT, hasValue, UNKNOWN } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import type { Parameter, Signature } from './built-ins.ts'
import type { Side } from './never-equal.ts'
import { readsData } from './reads-data.ts'
import type { Run } from './run.ts'
import { severalOf } from './several.ts'

/** Holds the number of arguments against the signature; false if the function can't be called so. */
export function checkCount(
  node: SyntaxNode,
  name: string,
  given: number,
  signature: Signature,
  run: Run,
): boolean {
  const { parameters } = signature
  const most = parameters.some(({ isRepeated }) => isRepeated) ? Infinity : parameters.length
  const least = parameters.filter(({ isOptional, isContext }) => !isOptional && !isContext).length
  if (given >= least && given <= most) return true
  run.reportError(
    'ARGUMENT_COUNT',
    node,
    countMessage(name, given, signature),
    `Write ${usageOf(name, parameters)}.`,
  )
  return false
}

/** Only the first argument may be left out, and what is given are not the others. */
export function reportTooFew(
  node: SyntaxNode,
  name: string,
  given: number,
  signature: Signature,
  run: Run,
): Type {
  const hint = `Write ${usageOf(name, signature.parameters)}.`
  run.report('ARGUMENT_COUNT', node, countMessage(name, given, signature), hint)
  return run.isQuiet ? FAULT : UNKNOWN
}

function countMessage(name: string, given: number, { parameters }: Signature): string {
  const most = parameters.some(({ isRepeated }) => isRepeated) ? Infinity : parameters.length
  const least = parameters.filter(({ isOptional }) => !isOptional).length
  const wanted =
    least === most ? String(least) : most === Infinity ? `at least ${least}` : `${least} to ${most}`
  return `$${name} takes ${wanted} ${wanted === '1' ? 'argument' : 'arguments'}, not ${given}`
}

/** Holds one argument against its parameter; false if the function certainly can't take it. */
export function checkArgument(name: string, parameter: Parameter, side: Side, run: Run): boolean {
  const { type } = side
  if (type.isUnknown || !hasValue(type)) return true
  if (run.isQuiet) return accepts(parameter, type)
  const several = severalOf(type)
  if (several && !takes(parameter, 'a') && accepts(parameter, several))
    return reportSeveralGiven(name, side, run)
  if (accepts(parameter, type))
    return !isOfWrongItems(parameter, type) || reportItems(name, parameter, side, run)
  const message = `$${name} takes ${kindsIn(parameter)} here, and \`${run.textOf(side.node)}\` is ${describe(type)}`
  const report = readsData(side.node) ? run.report : run.reportError
  report.call(run, 'ARGUMENT_TYPE', side.node, message, hintFor(name, parameter, side, run))
  return false
}

/** Whether a call with this argument may end with an error of type. */
export function mayMismatch(parameter: Parameter, type: Type): boolean {
  if (type.isUnknown) return true
  return kindLetters(type).some((letter) => !takes(parameter, letter)) || hasWrongItems(parameter, type)
}

function hasWrongItems(parameter: Parameter, type: Type): boolean {
  if (parameter.items === undefined) return false
  const item = type.lists ? type.lists.item() : type
  return item.isUnknown || kindLetters(item).some((letter) => letter !== parameter.items)
}

export function accepts(parameter: Parameter, type: Type): boolean {
  return kindLetters(type).some((letter) => takes(parameter, letter))
}

function kindLetters(type: Type): readonly string[] {
  return [
    type.texts && 's',
    type.numbers && 'n',
    type.booleans.length > 0 && 'b',
    type.isNull && 'l',
    type.objects.length > 0 && 'o',
    type.lists && 'a',
    type.functions && 'f',
  ].filter((letter) => typeof letter === 'string')
}

function takes({ kinds }: Parameter, letter: string): boolean {
  // A single value stands for a list of one.
  return (
    kinds.includes('x') ||
    kinds.includes('a') ||
    kinds.includes(letter) ||
    (kinds.includes('j') && letter !== 'f')
  )
}

function isOfWrongItems({ items }: Parameter, type: Type): boolean {
  if (items === undefined) return false
  const item: Type = type.lists ? type.lists.item() : type
  if (item.isUnknown || !hasValue(item)) return false
  const wanted = { s: item.texts !== undefined, n: item.numbers !== undefined, o: item.objects.length > 0 }
  return !(wanted[items as keyof typeof wanted] ?? true)
}

function reportItems(name: string, { items }: Parameter, side: Side, run: Run): false {
  const item = side.type.lists ? side.type.lists.item() : side.type
  const wanted = { s: 'texts', n: 'numbers', o: 'objects' }[items ?? ''] ?? 'other values'
  const message = `$${name} takes ${wanted}, and \`${run.textOf(side.node)}\` holds ${describe(item)}`
  const field = run.textOf(side.node)
  const hint =
    items === 'n' && item.objects.length > 0
      ? `Name the number in each item: $${name}(${field}.amount), or the like.`
      : `Convert each item first: ${field}.${items === 'n' ? '$number($)' : '$string($)'}.`
  run.report('ARGUMENT_TYPE', side.node, message, hint)
  return false
}

function reportSeveralGiven(name: string, side: Side, run: Run): false {
  const text = run.textOf(side.node)
  run.report(
    'ONE_OR_MANY',
    side.node,
    `\`${text}\` is a single value for one item and a list for several, and $${name} takes a single one`,
    `Call it for each item: ${text}.$${name}($), and ask about all of them: $count(list[$not(…)]) = 0.`,
  )
  return false
}

/** Reports `$number` of texts none of which is a number. False if there is nothing to say. */
export function reportNoNumeral(name: string, [side]: readonly Side[], run: Run): boolean {
  const values = name === 'number' && !run.isQuiet ? side?.type.texts?.values : undefined
  if (!side || !values || values.some((value) => Number.isFinite(Number(value)))) return false
  const message = `$number can read none of the values of \`${run.textOf(side.node)}\`, which is ${describe(side.type)}`
  run.report('ARGUMENT_TYPE', side.node, message, 'Compare the texts themselves: x in ["a", "b"].')
  return true
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  s: 'text',
  n: 'a number',
  b: 'true or false',
  o: 'an object',
  a: 'a list',
  f: 'a function',
}

function kindsIn({ kinds }: Parameter): string {
  return Array.from(kinds, (letter) => KIND_WORDS[letter] ?? 'a value').join(' or ')
}

function hintFor(name: string, { kinds }: Parameter, { node, type }: Side, run: Run): string {
  const text = run.textOf(node)
  if (name === 'match') return `Write the pattern between slashes: $match(…, /[0-9]+/).`
  if (kinds === 'f') return `Pass a function: $${name}(…, function($item){ … }).`
  if (type.lists) return `For the number of items write $count(${text}); for each item, ${text}.$${name}($).`
  if (name === 'toMillis' && type.numbers)
    return `The number needs no conversion: compare \`${text}\` itself, if it is in milliseconds.`
  if (kinds.includes('s') && type.numbers)
    return `Convert it with $string(${text}), or compare the number itself.`
  if (kinds.includes('n') && type.texts) return `Convert it with $number(${text}).`
  return `Give $${name} ${kindsIn({ kinds } as Parameter)}.`
}

const LETTER_NAMES: Readonly<Record<string, string>> = {
  s: 'text',
  n: 'number',
  b: 'boolean',
  o: 'object',
  a: 'list',
  f: 'function',
}

function usageOf(name: string, parameters: readonly Parameter[]): string {
  const named = parameters.map(({ kinds, isOptional }) => {
    const word = LETTER_NAMES[kinds[0] ?? ''] ?? 'value'
    return isOptional ? `[${word}]` : word
  })
  return `$${name}(${named.join(', ')})`
}
