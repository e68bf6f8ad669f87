import type { Numbers } from '../model/contract.ts'
import type { Decoded } from '../model/record.ts'
import { mayRound, parseExactly } from './json-numbers.ts'
import { keysInText, keysInTextAtMost, TOO_DEEP } from './json-keys.ts'
import { BAD_ENCODING, utf8Text } from './text.ts'

/**
 * JSON text to an event.
 *
 * `JSON.parse` alone would let three kinds of hostile or ambiguous text through: nesting that overflows the stack of whoever walks the
 * event, a repeated key (its last value wins silently, while other readers take the first), and an own key `__proto__` (which pollutes
 * prototypes when the event is merged). One walk over the event finds the first and the last; a repeated key shows as fewer keys in the
 * event than in the text, of which a cheap upper bound is exact for nearly all events.
 */
export function decodeJson(bytes: Buffer, maxDepth: number, numbers: Numbers = 'safe'): Decoded {
  const text = utf8Text(bytes)
  if (text === undefined) return BAD_ENCODING
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return keysInText(text, maxDepth) === TOO_DEEP ? tooDeep(maxDepth) : notJson(text)
  }
  const survey = new Survey(maxDepth)
  survey.visit(value, 0)
  if (survey.isTooDeep) return tooDeep(maxDepth)
  if (survey.hasProtoKey || survey.keys !== keysInTextAtMost(text)) {
    const keys = keysInText(text, maxDepth)
    // What nests too deeply may stand behind a key that comes once more.
    if (keys === TOO_DEEP) return tooDeep(maxDepth)
    if (survey.hasProtoKey) return unsafeKeys('an object has a key `__proto__`')
    if (keys !== survey.keys) return unsafeKeys('an object has the same key twice')
  }
  if (numbers !== 'safe' && mayRound(text)) return event(parseExactly(text), 0)
  return event(value, survey.roundedNumbers)
}

function event(value: unknown, roundedNumbers: number): Decoded {
  return { kind: 'event', value, roundedNumbers, recognised: 'json', schemaId: undefined }
}

function tooDeep(maxDepth: number): Decoded {
  return { kind: 'undecodable', reason: 'too_deep', detail: `nested deeper than ${maxDepth} levels` }
}

/** V8's message is not passed on: it quotes the text around the mistake, which may be personal data. */
function notJson(text: string): Decoded {
  const detail = text === '' ? 'an empty value' : 'not valid JSON'
  return { kind: 'undecodable', reason: 'not_json', detail }
}

function unsafeKeys(detail: string): Decoded {
  return { kind: 'undecodable', reason: 'unsafe_keys', detail }
}

/** What is to be known of an event before anybody else walks it. */
class Survey {
  keys = 0
  hasProtoKey = false
  isTooDeep = false
  roundedNumbers = 0
  readonly #maxDepth: number

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth
  }

  /** Goes no deeper than the limit, so that the stack is enough for any event. */
  visit(value: unknown, depth: number): void {
    if (typeof value === 'number') {
      if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) this.roundedNumbers++
    } else if (typeof value === 'object' && value !== null) {
      if (depth === this.#maxDepth) this.isTooDeep = true
      else if (Array.isArray(value)) for (const item of value) this.visit(item, depth + 1)
      else this.#visitObject(value as Record<string, unknown>, depth + 1)
    }
  }

  #visitObject(object: Record<string, unknown>, depth: number): void {
    // A parsed object has no enumerable properties but its own; `for in` spares the array of `Object.keys`.
    for (const key in object) {
      this.keys++
      if (key === '__proto__') this.hasProtoKey = true
      this.visit(object[key], depth)
    }
  }
}
