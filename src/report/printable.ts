import { INVISIBLE } from '../model/invisible.ts'

const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303E\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6])/u

/** What nearly every text consists of: each character is one column, and shows what it is. */
const PLAIN = /^[\x20-\x7e]*$/

/** Whether a text is of plain ASCII characters. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/** Text of a stranger's, made safe to print on a terminal. */
export function printable(text: string): string {
  return isPlain(text) ? text : text.replaceAll(INVISIBLE, '·')
}

/** Columns of a terminal that one character (with its combining marks) takes up. */
export function displayWidth(grapheme: string): 1 | 2 {
  return WIDE.test(grapheme) ? 2 : 1
}
