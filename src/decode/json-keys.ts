/** Stands for a number of keys where the text nests too deeply. */
export const TOO_DEEP = -1

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const SPACE = 0x20

/**
 * An upper bound of the number of keys in a valid JSON text, found natively: colons that follow a quote or white space. Every colon behind
 * a key does, and of those inside strings only the few that stand first in one, or behind an escaped quote or a blank.
 */
export function keysInTextAtMost(text: string): number {
  let keys = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1)
    // White space is the space and control characters, of which strings have none.
    if (before === QUOTE || before <= SPACE) keys++
  }
  return keys
}

/**
 * Number of colons outside strings, which in valid JSON is the number of keys; `TOO_DEEP` past `maxDepth` levels of nesting. Works on any
 * text. Strings are most of an event, so their ends are searched for natively.
 */
export function keysInText(text: string, maxDepth: number): number {
  let keys = 0
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === QUOTE) index = endOfString(text, index)
    else if (unit === COLON) keys++
    else if (unit === OPEN_BRACKET || unit === OPEN_BRACE) {
      if (++depth > maxDepth) return TOO_DEEP
    } else if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) depth--
  }
  return keys
}

/** Index of the quote that ends the string begun at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

/** A quote is escaped by an odd number of backslashes. */
function isEscaped(text: string, index: number): boolean {
  let before = index - 1
  while (text.charCodeAt(before) === BACKSLASH) before--
  return (index - before) % 2 === 0
}
