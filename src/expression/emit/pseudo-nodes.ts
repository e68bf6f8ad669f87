import { ANY, EVENT, MADE, OBJECT, SEQUENCE, isEventData } from '../analyse/kind.ts'
import type { Group, Node, Stage } from '../analyse/node.ts'
import { namesInTuples } from '../analyse/tree-facts.ts'
import { type Code, type Context, below, emitFunction, frameOf, newTemporary, placed } from './context.ts'
import { writeLiteral, writeText } from './text.ts'

/**
 * Objects that upstream's functions take for nodes of a syntax tree, with compiled functions in the place of expressions: so what is rare
 * (tuples, sorting, grouping) is done by upstream's own code.
 */
export interface PseudoNode {
  readonly js: string
  readonly isHoisted: boolean
}

/** An object literal, in front of the main function if all of its parts are. */
export function pseudoNode(
  { unit }: Context,
  fields: readonly (readonly [string, string])[],
  parts: readonly { readonly isHoisted: boolean }[],
): PseudoNode {
  const js = `{ ${fields.map(([name, text]) => `${name}: ${text}`).join(', ')} }`
  return parts.every(({ isHoisted }) => isHoisted)
    ? { js: unit.hoist(js), isHoisted: true }
    : { js: `(${js})`, isHoisted: false }
}

/** Names that may be in the tuples of what is filtered, sorted or grouped. */
export function inTuple(names: ReadonlySet<string>, outer: Context): (inner: Context) => Context {
  if (names.size === 0) return (inner) => inner
  return (inner) => ({
    ...inner,
    scope: { type: 'tuple', names, frame: inner.frame, outerFrame: outer.frame, parent: inner.scope },
  })
}

/** A filter, as upstream's evaluateFilter takes it. */
export function emitPredicate(
  predicate: Node,
  context: Context,
  itemKind: number,
  names: Set<string>,
): PseudoNode {
  if (predicate.type === 'number' && predicate.predicate === undefined)
    return pseudoNode(
      context,
      [
        ['type', '"number"'],
        ['value', writeLiteral(predicate.value)],
      ],
      [],
    )
  const { js, isHoisted } = emitFunction(predicate, below(context), itemKind, inTuple(names, context))
  return pseudoNode(
    context,
    [
      ['type', '"emitted"'],
      ['emitted', js],
    ],
    [{ isHoisted }],
  )
}

/** Filters of a node that is no step of a path. */
export function emitFilters(node: Node, { js, kind }: Code, context: Context): Code {
  if (node.predicate === undefined) return { js, kind }
  const names = namesInTuples([{ ...node, predicate: [] }])
  const itemKind = isEventData(kind) ? kind | EVENT : ANY
  let filtered = js
  for (const { expr } of node.predicate) {
    if (expr === undefined) continue
    const predicate = emitPredicate(expr, context, itemKind, names)
    filtered = `${context.unit.use('filter')}(${predicate.js}, ${filtered}, ${frameOf(context)})`
  }
  return { js: placed(context, filtered), kind: itemKind | SEQUENCE }
}

/** A group of a node that is no path. */
export function emitGroup(node: Node, { js, kind }: Code, context: Context): Code {
  if (node.group === undefined) return { js, kind }
  const names = namesInTuples([{ ...node, group: { lhs: [] } }])
  const group = emitGroupOf(node.group, context, names)
  const value = newTemporary(context)
  const grouped = `${context.unit.use('group')}(${group}, ${value}, ${frameOf(context)})`
  return { js: `(${value} = ${js}, ${placed(context, grouped)})`, kind: OBJECT | MADE }
}

export function emitGroupOf(group: Group, context: Context, names: Set<string>): string {
  return emitGroupNode(group.lhs, group.position, below(context), names)
}

/** What upstream's evaluateGroupExpression takes, and for keys that are plain names, these. */
export function emitGroupNode(
  pairs: readonly (readonly [Node, Node])[],
  position: number | undefined,
  context: Context,
  names: Set<string> | false,
): string {
  // Items of a group may be lists that upstream makes of them.
  const itemKind = names === false ? context.inputKind | SEQUENCE : ANY
  const scoped = inTuple(names === false ? new Set() : names, context)
  const parts = pairs.map((pair) => pair.map((node) => emitFunction(node, context, itemKind, scoped)))
  const text = parts.map((pair) => `[${pair.map(({ js }) => `{ emitted: ${js} }`).join(', ')}]`)
  const keys = names === false ? plainKeys(pairs.map(([key]) => key)) : undefined
  const fields: [string, string][] = [
    ['lhs', `[${text.join(', ')}]`],
    ['position', String(position)],
    ['keys', keys === undefined ? 'undefined' : `[${keys.map(writeText).join(', ')}]`],
  ]
  return pseudoNode(context, fields, parts.flat()).js
}

/** The keys, if they are different strings that no object puts in another order. */
function plainKeys(keys: readonly Node[]): string[] | undefined {
  const names = keys.flatMap((key) =>
    key.type === 'string' && key.predicate === undefined && key.group === undefined
      ? [String(key.value)]
      : [],
  )
  const areAllPlain = names.length === keys.length && new Set(names).size === names.length
  return areAllPlain && names.every(keepsItsPlace) ? names : undefined
}

function keepsItsPlace(name: string): boolean {
  return !/^\d+$/.test(name) && !name.startsWith('_jsonata_')
}

/** Filters and positions of a step, as upstream takes them. */
export function emitStages(
  stages: readonly Stage[],
  context: Context,
  itemKind: number,
  names: Set<string>,
): PseudoNode {
  const parts = stages.map(({ type, expr, value }) =>
    expr === undefined
      ? { js: `{ type: ${writeText(type)}, value: ${writeLiteral(value)} }`, isHoisted: true }
      : wrapFilter(emitPredicate(expr, context, itemKind, names)),
  )
  return { js: `[${parts.map(({ js }) => js).join(', ')}]`, isHoisted: parts.every((it) => it.isHoisted) }
}

function wrapFilter({ js, isHoisted }: PseudoNode): PseudoNode {
  return { js: `{ type: "filter", expr: ${js} }`, isHoisted }
}
