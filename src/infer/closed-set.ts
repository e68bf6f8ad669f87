import { personalClass } from './personal.ts'
import { type Summary, nameOf, onlyType } from './summary.ts'
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

/** Names of fields that get new values every day, however few came so far. */
const OPEN = [
  'id',
  'sku',
  'code',
  'key',
  'ref',
  'reference',
  'number',
  'name',
  'title',
  'label',
  'tag',
  'category',
  'brand',
  'model',
  'version',
]

/** What a person would take for the name of something, and not for a sentence. */
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,39}$/u

/** How much must be seen before the values that came are taken for all that there are. */
const EXPECTED = { count: 20, times: 2, values: 8 }
const UNEXPECTED = { count: 100, times: 5, values: 4 }

/** The values of a field that can only have these, as far as a sample can tell; undefined for an open one. */
export function closedSet(summary: Summary): string[] | undefined {
  const name = nameOf(summary)
  const { texts, hasMoreTexts, count, formats } = summary
  if (onlyType(summary) !== 'string' || hasMoreTexts || formats.length > 0 || personalClass(summary.path))
    return undefined
  const isExpected = hasWord(name, CLOSED)
  if (!isExpected && hasWord(name, OPEN)) return undefined
  const demanded = isExpected ? EXPECTED : UNEXPECTED
  const isEnough = count >= demanded.count && texts.size <= demanded.values
  const isCommon = [...texts].every(([text, times]) => times >= demanded.times && CODE.test(text))
  const isPlausible = texts.size > 1 || hasWord(name, CONSTANT)
  return isEnough && isCommon && isPlausible ? [...texts.keys()].sort() : undefined
}

/** In a list of names that many share, one name that came more often than this is taken for a code. */
const SHARED = { times: 3, values: 20 }

/** Countries, currencies, languages. */
const STANDARD_CODE = /^[A-Z]{2,3}$/

/** Whether a text may be shown in a file that others read: a code of a field that has only such, or one that several events share. */
export function isPublicCode(text: string, summary: Summary): boolean {
  const { texts, hasMoreTexts, path } = summary
  const name = nameOf(summary)
  if (!CODE.test(text) || personalClass(path)) return false
  if (hasWord(name, CLOSED) || STANDARD_CODE.test(text)) return true
  const isShared = (texts.get(text) ?? 0) >= SHARED.times && texts.size <= SHARED.values && !hasMoreTexts
  return isShared && !hasWord(name, ['id']) && !/\d{3}/.test(text)
}
