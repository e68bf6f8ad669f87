import jsonata, { type EmittedNode, type Frame, type Sequence, type SyntaxNode } from '#jsonata-sync'
import { isTruthy } from './operators.ts'
import { collapse } from './values.ts'

const { internals } = jsonata
const { fn, budget, pushTo, createSequence, toStepResult } = internals

/**
 * What a path has come to between two steps: undefined for nothing, a list for its items, anything else for itself as the only item.
 */
type Items = unknown

const SEQUENCES = { createSequence }
const ONE_UNDEFINED: readonly unknown[] = Object.freeze([undefined])

/** The items that a path begins with: its input, which counts even if it is undefined. */
export function inputItems(input: unknown): Items {
  return input === undefined ? ONE_UNDEFINED : input
}

/** The items of a value that is no last step. */
export function itemsOf(value: unknown): Items {
  return Array.isArray(value) && (value as Sequence).cons === true ? createSequence(value) : value
}

/** The value of a name for one item. */
export function lookup(item: unknown, key: string): unknown {
  if (typeof item !== 'object' || item === null) return undefined
  if (Array.isArray(item)) return fn.lookup.call(SEQUENCES, item, key)
  return Object.hasOwn(item, key) && !jsonata.isFunction(item)
    ? (item as Record<string, unknown>)[key]
    : undefined
}

export function names(items: Items, keys: readonly string[]): Items {
  return walkNames(items, keys, keys.length)
}

export function lastNames(items: Items, keys: readonly string[]): unknown {
  const last = keys.length - 1
  return lastName(walkNames(items, keys, last), keys[last] as string)
}

function walkNames(start: Items, keys: readonly string[], end: number): Items {
  let items = start
  for (let index = 0; index < end && items !== undefined; index++) {
    const key = keys[index] as string
    items = Array.isArray(items) ? nameOfAll(items, key) : itemsOf(nameOf(items, key))
  }
  return items
}

function lastName(items: Items, key: string): unknown {
  if (items === undefined) return undefined
  return Array.isArray(items) ? lastNameOfAll(items, key) : lastOf(nameOf(items, key))
}

function nameOf(item: unknown, key: string): unknown {
  return collapse(lookup(item, key))
}

function nameOfAll(items: readonly unknown[], key: string): Sequence {
  const sequence = createSequence()
  for (const item of items) {
    charge()
    add(sequence, nameOf(item, key))
  }
  return sequence
}

function lastNameOfAll(items: readonly unknown[], key: string): unknown {
  if (items.length === 1) return lastOf(nameOf(items[0], key))
  const results = new StepResults()
  for (const item of items) {
    charge()
    results.add(nameOf(item, key))
  }
  return results.joined()
}

/** Results of a last step: a single list of the event stays what it is; all else becomes one sequence. */
class StepResults {
  readonly #sequence = createSequence()
  #count = 0
  /** The first result, as long as it is the only one. */
  #only: unknown

  add(result: unknown): void {
    if (result === undefined) return
    this.#count++
    if (this.#count === 1 && isEventList(result)) {
      this.#only = result
      return
    }
    add(this.#sequence, this.#only)
    this.#only = undefined
    add(this.#sequence, result)
  }

  joined(): unknown {
    return this.#only ?? this.#sequence
  }
}

function isEventList(value: unknown): boolean {
  return Array.isArray(value) && (value as Sequence).sequence !== true
}

/** What a last step gives for a single item. Its own caller collapses it. */
function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? toStepResult(value, true) : value
}

function add(sequence: Sequence, value: unknown): void {
  if (value === undefined) return
  if (!Array.isArray(value) || (value as Sequence).cons === true) pushTo(sequence, value)
  else for (const item of value) pushTo(sequence, item)
}

function charge(): void {
  if (--budget.fuel < 0) internals.readClock()
}

/** A step that is any expression. */
export function mapItems(items: Items, step: EmittedNode, frame: Frame): Items {
  if (items === undefined) return undefined
  if (!Array.isArray(items)) return itemsOf(step(items, frame))
  const sequence = createSequence()
  for (const item of items) {
    charge()
    add(sequence, step(item, frame))
  }
  return sequence
}

export function lastItems(items: Items, step: EmittedNode, frame: Frame): unknown {
  if (items === undefined) return undefined
  if (!Array.isArray(items)) return lastOf(step(items, frame))
  if (items.length === 1) return lastOf(step(items[0], frame))
  const results = new StepResults()
  for (const item of items) {
    charge()
    results.add(step(item, frame))
  }
  return results.joined()
}

/** A name and filters that only say yes or no. */
export interface FilteredName {
  readonly key: string
  readonly tests: readonly EmittedNode[]
}

/** Always a sequence: it serves as items and, collapsed, as the value of the path. */
export function filterNames(items: Items, step: FilteredName, frame: Frame): unknown {
  if (items === undefined) return undefined
  if (!Array.isArray(items)) return filterName(items, step, frame)
  const sequence = createSequence()
  for (const item of items) {
    charge()
    for (const passed of filterName(item, step, frame)) pushTo(sequence, passed)
  }
  return sequence
}

function filterName(item: unknown, { key, tests }: FilteredName, frame: Frame): readonly unknown[] {
  let value = nameOf(item, key)
  for (const test of tests) value = pass(Array.isArray(value) ? value : [value], test, frame)
  return value as Sequence
}

function pass(items: readonly unknown[], test: EmittedNode, frame: Frame): Sequence {
  const passed = createSequence()
  for (const item of items) {
    charge()
    const verdict = test(item, frame)
    if (verdict === true || (verdict !== false && isTruthy(verdict))) pushTo(passed, item)
  }
  return passed
}

/** A step with filters of any kind. */
export function anyStep(items: Items, node: SyntaxNode, frame: Frame): Items {
  return items === undefined ? undefined : internals.evaluateStep(node, listOf(items), frame, false)
}

export function lastAnyStep(items: Items, node: SyntaxNode, frame: Frame): unknown {
  return items === undefined ? undefined : internals.evaluateStep(node, listOf(items), frame, true)
}

function listOf(items: Items): unknown[] {
  return Array.isArray(items) ? items : [items]
}

export function walkPath(node: SyntaxNode, input: unknown, frame: Frame): unknown {
  return internals.evaluatePath(node, input, frame)
}

export function filter(predicate: SyntaxNode, value: unknown, frame: Frame): unknown {
  return internals.evaluateFilter(predicate, value, frame)
}

export function group(node: SyntaxNode, value: unknown, frame: Frame): unknown {
  return internals.evaluateGroupExpression(node, value, frame)
}

export function wildcard(input: unknown, frame: Frame): unknown {
  return internals.evaluateWildcard(undefined, input, frame)
}

export function descendants(input: unknown, frame: Frame): unknown {
  return internals.evaluateDescendants(undefined, input, frame)
}
