import type { Decoded } from '../model/record.ts'
import { BAD_ENCODING, utf8Text } from './text.ts'

const TOO_DEEP = -1

/**
 * JSON text to an event.
 *
 * `JSON.parse` alone would let three kinds of hostile or ambiguous text through: nesting that overflows the stack of whoever walks the
 * event, a repeated key (its last value wins silently, while other readers take the first), and an own key `__proto__` (which pollutes
 * prototypes when the event is merged). A scan of the text finds the depth before parsing; a repeated key shows as fewer keys in the
 * event than in the text.
 */
export function decodeJson(bytes: Buffer, maxDepth: number): Decoded {
  const text = utf8Text(bytes)
  if (text === undefined) return BAD_ENCODING
  const keysInText = scanKeys(text, maxDepth)
  if (keysInText === TOO_DEEP) {
    return { kind: 'undecodable', reason: 'too_deep', detail: `nested deeper than ${maxDepth} levels` }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // V8's message quotes the text around the mistake, which may be personal data.
    return {
      kind: 'undecodable',
      reason: 'not_json',
      detail: text === '' ? 'an empty value' : 'not valid JSON',
    }
  }
  const found = { keys: 0, protoKey: false, roundedNumbers: 0 }
  survey(value, found)
  if (found.protoKey) return unsafeKeys('an object has a key `__proto__`')
  if (found.keys !== keysInText) return unsafeKeys('an object has the same key twice')
  return { kind: 'event', value, roundedNumbers: found.roundedNumbers }
}

function unsafeKeys(detail: string): Decoded {
  return { kind: 'undecodable', reason: 'unsafe_keys', detail }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/**
 * Number of colons outside strings, which in valid JSON is the number of keys; `TOO_DEEP` past `maxDepth` levels of nesting. Strings are
 * most of an event, so their ends are searched for natively.
 */
function scanKeys(text: string, maxDepth: number): number {
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

interface Survey {
  keys: number
  protoKey: boolean
  roundedNumbers: number
}

/** Counts what the text alone does not tell. Recursion is bounded: the depth has been checked. */
function survey(value: unknown, found: Survey): void {
  if (typeof value === 'number') {
    if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) found.roundedNumbers++
  } else if (Array.isArray(value)) {
    for (const item of value) survey(item, found)
  } else if (typeof value === 'object' && value !== null) {
    // A parsed object has no enumerable properties but its own; `for in` spares the array of `Object.keys`.
    for (const key in value) {
      found.keys++
      if (key === '__proto__') found.protoKey = true
      survey((value as Record<string, unknown>)[key], found)
    }
  }
}
