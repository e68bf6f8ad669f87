import type { JsonTree } from '../model/json-tree.ts'
import { readEventTime } from '../stream/event-time.ts'

/** The time of a field in an event, in milliseconds since the epoch; undefined if there is none. */
export function timeAt(tree: JsonTree, path: readonly string[]): number | undefined {
  const found = path.reduce<JsonTree | undefined>(
    (inner, name) => (inner instanceof Map ? (inner.get(name) as JsonTree | undefined) : undefined),
    tree,
  )
  return found === undefined ? undefined : timeOf(found)
}

/** The event with the time of a field that much later, in the same form. The field must hold a time. */
export function withLaterTime(tree: JsonTree, [name, ...below]: readonly string[], byMs: number): JsonTree {
  if (name === undefined) return later(tree, byMs)
  if (!(tree instanceof Map)) return tree
  const inner = tree.get(name) as JsonTree
  return new Map([...(tree as ReadonlyMap<string, JsonTree>), [name, withLaterTime(inner, below, byMs)]])
}

function timeOf(value: JsonTree): number | undefined {
  return readEventTime(isNumber(value) ? Number(value.digits) : value)
}

function later(value: JsonTree, byMs: number): JsonTree {
  const timeMs = timeOf(value)
  if (timeMs === undefined) return value
  if (isNumber(value)) return { digits: laterNumber(value.digits, timeMs, byMs) }
  if (typeof value !== 'string') return value
  return /^\s*\d+(?:\.\d+)?\s*$/.test(value)
    ? laterNumber(value, timeMs, byMs)
    : laterText(value, timeMs + byMs)
}

function laterNumber(digits: string, timeMs: number, byMs: number): string {
  const value = Number(digits)
  const isMilliseconds = Math.floor(value) === timeMs
  return String(isMilliseconds ? value + byMs : value + byMs / 1000)
}

/** A day stays a day, and whole seconds stay whole, if they can. */
function laterText(text: string, timeMs: number): string {
  const moment = new Date(timeMs).toISOString()
  if (text.trim().length === 'YYYY-MM-DD'.length) return moment.slice(0, 'YYYY-MM-DD'.length)
  return /[.,]\d/.test(text) ? moment : moment.replace('.000Z', 'Z')
}

function isNumber(value: JsonTree): value is { readonly digits: string } {
  return typeof value === 'object' && value !== null && 'digits' in value
}
