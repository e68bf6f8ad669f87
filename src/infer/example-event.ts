import { isPublicCode } from './closed-set.ts'
import { personalClass } from './personal.ts'
import { type Summary, nameOf } from './summary.ts'
import { hasWord } from './words.ts'

/** How many items of a list, and entries of a map, the example has. */
const MAX_ITEMS = 2

/**
 * An event of the sample with made-up values where the real ones may be private: the example goes into a file that others read, and the
 * sample may come from production. Numbers, times and codes that many events share are kept; texts, ids and personal fields are not.
 */
export function toExample(event: unknown, summary: Summary): unknown {
  if (Array.isArray(event)) {
    return event.slice(0, MAX_ITEMS).map((item) => (summary.items ? toExample(item, summary.items) : null))
  }
  if (typeof event === 'string') return exampleText(event, summary)
  if (typeof event === 'number') return exampleNumber(event, summary)
  return typeof event === 'object' && event !== null ? exampleObject(event, summary) : event
}

function exampleObject(event: object, summary: Summary): Record<string, unknown> {
  const entries = summary.isMap
    ? Object.values(event)
        .slice(0, MAX_ITEMS)
        .map((value, index) => [`example_${index + 1}`, value, summary.items] as const)
    : Object.entries(event).map(([name, value]) => [name, value, summary.fields.get(name)] as const)
  return Object.fromEntries(
    entries.flatMap(([name, value, inside]) => (inside ? [[name, toExample(value, inside)]] : [])),
  )
}

function exampleNumber(value: number, summary: Summary): number {
  if (personalClass(summary.path) !== undefined) return 0
  return hasWord(nameOf(summary), ['id']) ? 1 : value
}

function exampleText(text: string, summary: Summary): string {
  const name = nameOf(summary) || 'text'
  const [format] = summary.formats
  if (format !== undefined) return exampleOfFormat(format, text, personalClass(summary.path) !== undefined)
  if (isPublicCode(text, summary)) return text
  return /\d/.test(text) && /^[^\s]{1,40}$/.test(text) ? shapeOf(text) : `example ${name}`
}

function exampleOfFormat(format: string, text: string, isPersonal: boolean): string {
  switch (format) {
    case 'date-time':
      return isPersonal ? '2000-01-01T00:00:00Z' : text
    case 'date':
      return isPersonal ? '2000-01-01' : text
    case 'uuid':
      return '00000000-0000-4000-8000-000000000001'
    case 'email':
      return 'someone@example.org'
    case 'ipv4':
      return '192.0.2.1'
    default:
      return 'https://example.org/'
  }
}

/** What has the same form and says nothing: `ad-48539008` becomes `xx-00000000`. */
function shapeOf(text: string): string {
  return text.replaceAll(/\p{L}/gu, 'x').replaceAll(/\d/g, '0')
}
