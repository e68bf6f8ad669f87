/** Where a word begins inside of a name: at a capital after a small letter, and at the last of several capitals (`userID`, `IBANCode`). */
const WORD_STARTS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u

/** The words that a field's name is made of, in lower case: those of `emailAddress` and `email_address` are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((part) => part.split(WORD_STARTS))
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** A word of a policy, which may have several parts: `phone_number`. */
export interface PersonalWord {
  readonly text: string
  readonly parts: readonly string[]
}

export function toPersonalWords(words: readonly string[]): PersonalWord[] {
  return words.map((text) => ({ text, parts: wordsOf(text) }))
}

/**
 * The first of the policy's words that a field's name holds, or undefined. `email` is in `userEmail`, `email_address` and `emails`, and not
 * in `emailed_at`; `phone_number` is in `homePhoneNumber`.
 */
export function personalWord(name: string, words: readonly PersonalWord[]): string | undefined {
  const inName = wordsOf(name)
  return words.find(({ parts }) => holds(inName, parts))?.text
}

/** Whether a text may name such a field: cheap, and never wrong where it says no. */
export function mayName(text: string, words: readonly PersonalWord[]): boolean {
  const lower = text.toLowerCase()
  return words.some(({ parts }) => parts.every((part) => lower.includes(part)))
}

function holds(inName: readonly string[], wanted: readonly string[]): boolean {
  return inName.some((_, start) => wanted.every((word, index) => isSame(inName[start + index], word)))
}

function isSame(word: string | undefined, wanted: string): boolean {
  return word === wanted || word === `${wanted}s` || word === `${wanted}es`
}
