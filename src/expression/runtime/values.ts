import jsonata, { type Frame, type Sequence, type SyntaxNode } from '#jsonata-sync'

const { internals } = jsonata
const { pushTo, createSequence } = internals

/** Stands for a variable that has no value yet, not even undefined. */
export const UNSET: unique symbol = Symbol('unset')

export function isList(value: unknown): value is Sequence {
  return Array.isArray(value)
}

/** An event that is a list stays one input. */
export function wrapRoot(root: Sequence): Sequence {
  if (root.sequence === true) return root
  const wrapped = createSequence(root)
  wrapped.outerWrapper = true
  return wrapped
}

export function unwrap(input: unknown): unknown {
  return Array.isArray(input) && (input as Sequence).outerWrapper === true ? input[0] : input
}

/** What is left of a sequence after the node that made it: nothing, its only item, or the sequence. */
export function collapse(value: unknown): unknown {
  return Array.isArray(value) && (value as Sequence).sequence === true ? collapseSequence(value) : value
}

function collapseSequence(sequence: Sequence): unknown {
  if (sequence.length > 1 || sequence.tupleStream === true) return sequence
  if (sequence.length === 0) return undefined
  return sequence.keepSingleton === true ? sequence : sequence[0]
}

/** The same for a node that is followed by `[]`. */
export function collapseKeeping(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const sequence: Sequence = value
  if (sequence.sequence !== true || sequence.tupleStream === true) return sequence
  sequence.keepSingleton = true
  return sequence.length === 0 ? undefined : sequence
}

/** `[a, b]`: lists among the values are taken apart, but for those of array constructors. */
export function makeArray(values: readonly unknown[], isNested: readonly boolean[] | undefined): unknown[] {
  const list: unknown[] = []
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (value === undefined) continue
    if (isNested?.[index] === true || !Array.isArray(value)) pushTo(list, value)
    else for (const item of value) pushTo(list, item)
  }
  return list
}

/** The same at the beginning or end of a path, where the list stays whole. */
export function makeConsArray(
  values: readonly unknown[],
  isNested: readonly boolean[] | undefined,
): unknown[] {
  const list = makeArray(values, isNested)
  Object.defineProperty(list, 'cons', { enumerable: false, configurable: false, value: true })
  return list
}

/** Pairs of compiled keys and values, and the keys if they are known. */
export interface ObjectPairs {
  readonly lhs: readonly (readonly [SyntaxNode, SyntaxNode])[]
  readonly keys: readonly string[] | undefined
}

/** `{"a": b}`. */
export function makeObject(pairs: ObjectPairs, input: unknown, frame: Frame): unknown {
  const { keys, lhs } = pairs
  if (keys === undefined || Array.isArray(input))
    return internals.evaluateGroupExpression(pairs, input, frame)
  const object = Object.create(null) as Record<string, unknown>
  for (let index = 0; index < keys.length; index++) {
    const value = lhs[index]?.[1].emitted?.(input, frame)
    if (value !== undefined) object[keys[index] as string] = value
  }
  return object
}

/** A variable that may be in a tuple. Where there is no tuple, its frame is the one around. */
export function tupleVariable(frame: Frame, outer: Frame, name: string, otherwise: () => unknown): unknown {
  if (frame === outer || frame.bindings?.has(name) !== true) return otherwise()
  return frame.bindings.get(name)
}

export function bindInTuple(frame: Frame, name: string, value: unknown): unknown {
  frame.bind(name, value)
  return value
}
