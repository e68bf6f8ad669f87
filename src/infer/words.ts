import { wordsOf } from '../contract/policy/field-words.ts'

/** Whether a name has one of the words, or `two words` in a row. */
export function hasWord(name: string, wanted: readonly string[]): boolean {
  const text = ` ${wordsOf(name).join(' ')} `
  return wanted.some((word) => text.includes(` ${word} `) || text.includes(` ${word}s `))
}
