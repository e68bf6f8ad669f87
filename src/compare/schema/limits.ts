import type { Keywords } from './telling.ts'
import type { Direction } from '../../model/difference.ts'
import { directionOf } from '../direction.ts'
import { type Finding, finding, show } from './finding.ts'

/** A limit of a schema: undefined is none. */
interface Limit {
  readonly value: number
  readonly isExclusive: boolean
}

const LOWER = ['minLength', 'minItems', 'minProperties', 'minContains'] as const
const UPPER = ['maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const

/** What differs in the limits of numbers, lengths and counts. */
export function compareLimits(path: string, base: Keywords, head: Keywords): Finding[] {
  return [
    ...bound(path, 'minimum', lowest(base), lowest(head), 1),
    ...bound(path, 'maximum', highest(base), highest(head), -1),
    ...LOWER.flatMap((keyword) => bound(path, keyword, plain(base, keyword), plain(head, keyword), 1)),
    ...UPPER.flatMap((keyword) => bound(path, keyword, plain(base, keyword), plain(head, keyword), -1)),
    ...multiples(path, base['multipleOf'], head['multipleOf']),
  ]
}

/** @param sign 1 if a greater limit admits less, -1 if it admits more */
function bound(
  path: string,
  keyword: string,
  base: Limit | undefined,
  head: Limit | undefined,
  sign: 1 | -1,
): Finding[] {
  const direction = directionOf(isWithin(head, base, sign), isWithin(base, head, sign))
  return finding(direction, path, `\`${keyword}\` ${moved(base, head)}`)
}

/** Whether what the first limit admits is admitted by the second. */
function isWithin(inner: Limit | undefined, outer: Limit | undefined, sign: 1 | -1): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  if (inner.value === outer.value) return inner.isExclusive || !outer.isExclusive
  return sign * (inner.value - outer.value) > 0
}

function moved(base: Limit | undefined, head: Limit | undefined): string {
  if (base === undefined) return `${name(head)} is new`
  if (head === undefined) return `${name(base)} is gone`
  return `is ${name(head)}, was ${name(base)}`
}

function name(limit: Limit | undefined): string {
  return limit === undefined ? 'none' : `${limit.value}${limit.isExclusive ? ' (exclusive)' : ''}`
}

function plain(schema: Keywords, keyword: string): Limit | undefined {
  const value = schema[keyword]
  return typeof value === 'number' ? { value, isExclusive: false } : undefined
}

/** Of `minimum` and `exclusiveMinimum` the one that demands more. */
function lowest(schema: Keywords): Limit | undefined {
  return stricter(plain(schema, 'minimum'), exclusive(schema, 'exclusiveMinimum'), 1)
}

function highest(schema: Keywords): Limit | undefined {
  return stricter(plain(schema, 'maximum'), exclusive(schema, 'exclusiveMaximum'), -1)
}

function exclusive(schema: Keywords, keyword: string): Limit | undefined {
  const value = schema[keyword]
  return typeof value === 'number' ? { value, isExclusive: true } : undefined
}

function stricter(a: Limit | undefined, b: Limit | undefined, sign: 1 | -1): Limit | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return isWithin(b, a, sign) ? b : a
}

function multiples(path: string, base: unknown, head: unknown): Finding[] {
  if (base === head) return []
  return finding(multipleDirection(base, head), path, `\`multipleOf\` is ${show(head)}, was ${show(base)}`)
}

function multipleDirection(base: unknown, head: unknown): Direction {
  if (typeof base !== 'number') return 'tightened'
  if (typeof head !== 'number') return 'loosened'
  return directionOf(head % base === 0, base % head === 0)
}
