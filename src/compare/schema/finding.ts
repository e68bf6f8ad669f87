import type { Direction } from '../../model/difference.ts'
import { code } from '../wording.ts'

/** One keyword that differs between two schemas. */
export interface Finding {
  readonly direction: Exclude<Direction, 'same'>
  /** JSON pointer into the event, with `*` for each item of an array; empty for the whole event. */
  readonly path: string
  /** What differs, in words. */
  readonly text: string
}

/** A finding, or none if nothing differs. */
export function finding(direction: Direction, path: string, text: string): Finding[] {
  return direction === 'same' ? [] : [{ direction, path, text }]
}

/** A value of a schema in a message. */
export function show(value: unknown): string {
  return value === undefined ? 'not there' : code(JSON.stringify(value))
}

/** JSON text that is the same for equal values: with sorted keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
