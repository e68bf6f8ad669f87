import { personalClass } from './personal.ts'
import { type Summary, onlyType } from './summary.ts'
import { hasWord } from './words.ts'

/** Names of fields whose values are mostly one of a few. */
const CLOSED = [
  'status',
  'state',
  'type',
  'kind',
  'currency',
  'level',
  'mode',
  'method',
  'severity',
  'priority',
]
/** Names of fields that may well have one value only. */
const CONSTANT = ['type', 'kind', 'version']

/** What a person would take for the name of something, and not for a sentence. */
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,39}$/u

/** How much must be seen before the values that came are taken for all that there are. */
const EXPECTED = { count: 20, times: 2, values: 8 }
const UNEXPECTED = { count: 100, times: 5, values: 4 }

/** The values of a field that can only have these, as far as a sample can tell; undefined for an open one. */
export function closedSet(summary: Summary): string[] | undefined {
  const name = summary.path.at(-1) ?? ''
  const { texts, hasMoreTexts, count, formats } = summary
  if (onlyType(summary) !== 'string' || hasMoreTexts || formats.length > 0 || personalClass(summary.path))
    return undefined
  const demanded = hasWord(name, CLOSED) ? EXPECTED : UNEXPECTED
  const isEnough = count >= demanded.count && texts.size <= demanded.values
  const isCommon = [...texts].every(([text, times]) => times >= demanded.times && CODE.test(text))
  const isPlausible = texts.size > 1 || hasWord(name, CONSTANT)
  return isEnough && isCommon && isPlausible ? [...texts.keys()].sort() : undefined
}

/** Whether a text may be shown in a file that others read: a code that came more than once, or one of a field that has only such. */
export function isPublicCode(text: string, summary: Summary): boolean {
  const name = summary.path.at(-1) ?? ''
  if (!CODE.test(text) || personalClass(summary.path)) return false
  return (
    hasWord(name, CLOSED) ||
    ((summary.texts.get(text) ?? 0) > 1 && !hasWord(name, ['id']) && !/\d{3}/.test(text))
  )
}
