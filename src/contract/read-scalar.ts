import type { Node } from 'yaml'
import { nearest } from '../model/did-you-mean.ts'
import { quote } from './describe-node.ts'
import { locateScalar } from './located-text.ts'
import { readNumber } from './read-number.ts'
import { readText, type Text, type TextualShape } from './read-text.ts'
import { report, reportLater, type Reading, type Where } from './reading.ts'
import type { ChoiceShape, NumberShape, Read } from './shape.ts'

/** Reads one value that is neither list nor mapping, or reports what is wrong with it. */
export function readScalar(
  reading: Reading,
  shape: TextualShape | NumberShape,
  node: Node | null,
  where: Where,
): Read<unknown> | undefined {
  if (shape.kind === 'number') return readNumber(reading, shape, node, where)
  const text = readText(reading, shape, node, where)
  return text && readMeaning(reading, shape, text, where)
}

function readMeaning(
  reading: Reading,
  shape: TextualShape,
  text: Text,
  where: Where,
): Read<unknown> | undefined {
  const { node, value, at } = text
  switch (shape.kind) {
    case 'text':
    case 'duration':
      return { value, at }
    case 'expression':
    case 'path':
      return { value: locateScalar(reading.file, node, value), at }
    case 'choice':
      return readChoice(reading, shape, text, where)
    case 'reference':
      reading.references.push({ to: shape.to, name: value, check: shape.check, where, at })
      return { value, at }
  }
}

function readChoice(
  reading: Reading,
  shape: ChoiceShape,
  { value, at }: Text,
  where: Where,
): Read<string> | undefined {
  const chosen = shape.choices.find((choice) => choice.value === value)
  if (chosen && !chosen.later) return { value, at }
  if (chosen) reportLater(reading, where, `${where.label} ${quote(value)}`, at)
  else reportUnknownChoice(reading, shape, { value, at }, where)
  return undefined
}

function reportUnknownChoice(
  reading: Reading,
  shape: ChoiceShape,
  { value, at }: Read<string>,
  where: Where,
): void {
  const allowed = shape.choices.filter(({ later }) => !later).map((choice) => choice.value)
  const meant =
    nearest(value, allowed) ?? allowed.find((word) => isShortFor(value, word) || isShortFor(word, value))
  const list = allowed.map((word) => `\`${word}\``).join(', ')
  const orLong = where.hasLongForm && allowed.length === 1 ? ', or a mapping' : ''
  const message = `${where.label} must be ${allowed.length > 1 ? 'one of ' : ''}${list}${orLong}; found ${quote(value)}`
  const hint = meant === undefined ? `${meaningsOf(shape)}${longForm(where)}` : `Did you mean \`${meant}\`?`
  report(reading, where, 'CONTRACT_UNKNOWN_VALUE', message, hint, at)
}

/** As `sat` is for `Saturday`. */
function isShortFor(short: string, long: string): boolean {
  return short !== '' && long.toLowerCase().startsWith(short.toLowerCase())
}

/** The long form of a value, if an example of it is known. */
function longForm({ hasLongForm, path, example }: Where): string {
  const key = path.split('.').at(-1) ?? ''
  return hasLongForm && example.startsWith(`${key}: {`) ? ` Or write \`${example}\`, say.` : ''
}

/** The choices with what they mean, for one who has to choose. */
function meaningsOf({ choices }: ChoiceShape): string {
  return choices
    .flatMap(({ value, description, later }) => (later ? [] : `\`${value}\`: ${description}`))
    .join(' ')
}
