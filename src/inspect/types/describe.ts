import { constantsOf } from './constants.ts'
import type { Type } from './type.ts'

/** How many constants a message names. */
const MAX_NAMED = 6

/** What a value may be, in a few words, to come after "is": `a number`, `text or null`, `one of "a", "b"`. Whether it may be missing is left out. */
export function describe(type: Type): string {
  if (type.isUnknown) return 'anything'
  const constants = constantsOf(type)
  if (constants && constants.length > 0 && constants.length <= MAX_NAMED && !isEveryBoolean(type)) {
    const named = constants.map((constant) => JSON.stringify(constant)).join(', ')
    return constants.length === 1 ? named : `one of ${named}`
  }
  const kinds = kindsOf(type)
  return kinds.length === 0 ? 'no value' : joinWords(kinds)
}

/** The kinds of values, without their constants. */
export function kindsOf(type: Type): readonly string[] {
  return [
    type.texts && 'text',
    type.numbers && 'a number',
    type.booleans.length > 0 && 'true or false',
    type.objects.length > 0 && 'an object',
    type.lists && 'a list',
    type.functions && 'a function',
    type.isNull && 'null',
  ].filter((kind) => typeof kind === 'string')
}

function isEveryBoolean(type: Type): boolean {
  return type.booleans.length === 2 && !type.texts && !type.numbers
}

export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** What a type is, with the bounds of numbers and the form of texts. */
export function wordsFor(type: Type): string {
  const { texts, numbers } = type
  if (texts && !texts.values) return formOf(texts)
  if (numbers && !numbers.values) {
    const bounds = [
      numbers.min > -Infinity && `${numbers.isMinOpen ? 'above' : 'at least'} ${numbers.min}`,
      numbers.max < Infinity && `${numbers.isMaxOpen ? 'below' : 'at most'} ${numbers.max}`,
    ].filter(Boolean)
    return `${numbers.isInteger ? 'a whole number' : 'a number'}${bounds.length > 0 ? ` of ${bounds.join(' and ')}` : ''}`
  }
  return describe(type)
}

function lengthWords(min: number, max: number): string | undefined {
  if (min === max) return `of ${min} characters`
  if (max < Infinity) return min > 0 ? `of ${min} to ${max} characters` : `of at most ${max} characters`
  return min > 0 ? `of at least ${min} characters` : undefined
}

function formOf({ formats, patterns, minLength, maxLength, letterCase }: NonNullable<Type['texts']>): string {
  const forms = [
    ...formats.map((format) => `of the format ${format}`),
    ...patterns.map((pattern) => `that matches /${pattern}/`),
    lengthWords(minLength, maxLength),
    letterCase && `in ${letterCase} case`,
  ].filter(Boolean)
  return ['text', forms.join(', ')].join(' ').trim()
}
