import type { RejectReason } from '../../src/model/record.ts'

/** What a JSON text is, found token by token: slowly, and without regard to what `JSON.parse` makes of it. */
export interface Reference {
  readonly outcome: 'event' | RejectReason
  readonly roundedNumbers: number
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")(\s*:)?|([[{])|([\]}])|(-?\d[\d.eE+-]*)|(true|false|null|,))/gy

/** Reads a text of which only the parts may be unsafe: nesting that is too deep goes before keys that are unsafe. */
export function referenceOf(text: string, maxDepth: number): Reference {
  const open: Set<string>[] = []
  const numbers: number[] = []
  let deepest = 0
  let isUnsafe = false
  for (const [, string, colon, opening, closing, number] of text.matchAll(TOKEN)) {
    if (opening !== undefined) deepest = Math.max(deepest, open.push(new Set()))
    if (closing !== undefined) open.pop()
    if (number !== undefined) numbers.push(Number(number))
    if (string === undefined || colon === undefined) continue
    const key = JSON.parse(string) as string
    isUnsafe ||= key === '__proto__' || (open.at(-1)?.has(key) ?? false)
    open.at(-1)?.add(key)
  }
  const rounded = numbers.filter((number) => Math.abs(number) > Number.MAX_SAFE_INTEGER)
  if (deepest > maxDepth) return { outcome: 'too_deep', roundedNumbers: 0 }
  if (!isJson(text)) return { outcome: 'not_json', roundedNumbers: 0 }
  return isUnsafe
    ? { outcome: 'unsafe_keys', roundedNumbers: 0 }
    : { outcome: 'event', roundedNumbers: rounded.length }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
