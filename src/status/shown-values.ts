import type { ShownValue } from '../model/violation.ts'
import { valueText } from '../report/value-text.ts'
import type { FieldMasks, FieldPath } from './field-masks.ts'

/** A short text that stands for a value and gives nothing of it away without the key that it was made with. */
export type KeyedHash = (value: string | Uint8Array) => string

/** Values that one path leads to through arrays, entries of one object and levels below it that are looked at. */
const MAX_VALUES = 5
const MAX_ENTRIES = 10
const MAX_LEVELS = 4
const MAX_HASHED_CHARACTERS = 1000

/** What may be shown of an event: the values of the allow-list, as their classes allow it. Those that are not there are left out. */
export function shownValues(masks: FieldMasks, event: unknown, hash: KeyedHash): ShownValue[] {
  return masks.allowed.flatMap((path) =>
    valuesAt(event, path).flatMap((value) => {
      const masked = mask(value, path, masks, hash, MAX_LEVELS)
      return masked === undefined ? [] : [{ path: path.join('.'), text: textOf(masked) }]
    }),
  )
}

/** The values at a path, in arrays on the way those of all items, up to a bound. */
export function valuesAt(event: unknown, path: FieldPath): readonly unknown[] {
  let found: unknown[] = [event]
  for (const name of path) {
    found = found
      .flatMap((value) => (Array.isArray(value) ? value.slice(0, MAX_VALUES) : [value]))
      .flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []))
      .slice(0, MAX_VALUES)
  }
  return found
}

/** A hash is a text of our own, and needs no quotes. */
class Hashed {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Undefined for what must not be seen at all. */
function mask(value: unknown, path: FieldPath, masks: FieldMasks, hash: KeyedHash, levels: number): unknown {
  const visibility = masks.visibility(path)
  if (visibility === 'hidden') return undefined
  if (visibility === 'hashed') return hashed(value, hash)
  if (Array.isArray(value)) {
    return levels === 0
      ? []
      : value.slice(0, MAX_ENTRIES).map((item: unknown) => mask(item, path, masks, hash, levels - 1))
  }
  return isObject(value) ? maskedObject(value, path, masks, hash, levels) : value
}

function maskedObject(
  value: Readonly<Record<string, unknown>>,
  path: FieldPath,
  masks: FieldMasks,
  hash: KeyedHash,
  levels: number,
): Record<string, unknown> {
  const names = levels === 0 ? [] : Object.keys(value).slice(0, MAX_ENTRIES)
  const entries = names.flatMap((name) => {
    const masked = mask(value[name], [...path, name], masks, hash, levels - 1)
    if (masked === undefined) return []
    return [[name, masked instanceof Hashed ? masked.text : masked] as const]
  })
  return Object.fromEntries(entries)
}

function hashed(value: unknown, hash: KeyedHash): Hashed | undefined {
  return typeof value === 'object' && value !== null
    ? undefined
    : new Hashed(`hash:${hash(String(value).slice(0, MAX_HASHED_CHARACTERS))}`)
}

function textOf(masked: unknown): string {
  return masked instanceof Hashed ? masked.text : valueText(masked)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
