import { INVISIBLE } from '../model/invisible.ts'

const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303E\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6])/u

/** Text of a stranger's, made safe to print on a terminal. */
export function printable(text: string): string {
  return text.replaceAll(INVISIBLE, '·')
}

/** Columns of a terminal that one character (with its combining marks) takes up. */
export function displayWidth(grapheme: string): 1 | 2 {
  return WIDE.test(grapheme) ? 2 : 1
}
