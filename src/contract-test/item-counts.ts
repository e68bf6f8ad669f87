import type { EventPath } from '../expression/index.ts'

/** A list that a path meets on its way into an event, and how many items it has: the most, where there are several such lists. */
export interface MetList {
  readonly path: EventPath
  readonly count: number
}

/** The lists on a path, from the outside in. Lists on the way are entered item by item, as JSONata does. */
export function listsOn(event: unknown, path: EventPath): MetList[] {
  const lists: MetList[] = []
  let values: readonly unknown[] = [event]
  for (let depth = 0; depth <= path.length; depth++) {
    const arrays = values.filter((value) => Array.isArray(value))
    if (arrays.length > 0 && depth > 0) {
      lists.push({ path: path.slice(0, depth), count: Math.max(...arrays.map(({ length }) => length)) })
    }
    const name = path[depth]
    if (name === undefined) break
    values = values.flat().flatMap((value) => fieldOf(value, name))
  }
  return lists
}

/** How many items the list at the end of a path has; undefined if there is none. */
export function countAt(event: unknown, path: EventPath): number | undefined {
  return listsOn(event, path).find((list) => list.path.length === path.length)?.count
}

/**
 * The event with `count` items in each list at the end of the path: the first ones, the last of them again where there are too few. A
 * list without items stays as it is.
 */
export function withItems(event: unknown, path: EventPath, count: number): unknown {
  const [name, ...below] = path
  if (name === undefined) return Array.isArray(event) ? resized(event, count) : event
  if (Array.isArray(event)) return event.map((item) => withItems(item, path, count))
  if (!isObject(event) || !Object.hasOwn(event, name)) return event
  return { ...event, [name]: withItems(event[name], below, count) }
}

function resized(items: readonly unknown[], count: number): unknown[] {
  if (items.length === 0) return []
  return Array.from({ length: count }, (_, index) => items[Math.min(index, items.length - 1)])
}

function fieldOf(value: unknown, name: string): unknown[] {
  return isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
