import {
  ANY,
  BOOLEAN,
  EVENT,
  NULL,
  SEQUENCE,
  STRING,
  UNDEFINED,
  isEventData,
  isWithin,
} from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import { hasTuples } from '../analyse/tree-facts.ts'
import {
  type Code,
  type Context,
  below,
  emitFunction,
  frameOf,
  inputOf,
  newTemporary,
  placed,
  readsEventData,
} from './context.ts'
import { useLocal } from './function-scope.ts'
import { emitWholePath } from './path-nodes.ts'
import { emitStages, pseudoNode } from './pseudo-nodes.ts'
import { isPlainKey } from './plain-keys.ts'
import { sharedPrefix } from './sharing.ts'
import { writeText } from './text.ts'

/**
 * A path. Between its steps, generated code holds the *items*: undefined for none, a list for several, anything else for the only one.
 * Paths with tuples, a group, a sort, or marks for lists of one item are upstream's.
 */
export function emitPath(node: Node, context: Context): Code {
  return isSimple(node) ? emitSteps(node, context) : emitWholePath(node, context)
}

function isSimple(node: Node): boolean {
  const steps = part(node.steps)
  const [first] = steps
  return (
    !hasTuples(node) &&
    node.group === undefined &&
    node.keepSingletonArray !== true &&
    steps.length > (first?.type === 'variable' ? 1 : 0) &&
    first?.consarray !== true &&
    (first?.type !== 'variable' || first.stages === undefined) &&
    steps.every(
      ({ type, stages }) => type !== 'sort' && stages?.every((stage) => stage.type === 'filter') !== false,
    )
  )
}

/** The items that the steps so far lead to. */
interface Items {
  readonly js: string
  /** They are all event data. */
  readonly isEvent: boolean
  readonly itemKind: number
  /** Names of properties that lead there from the event itself, read at once. */
  readonly chain: readonly string[] | undefined
  /** They are the input, which counts as one item even if it is undefined. */
  readonly isInput: boolean
  /** They are the same whether the path goes on or not. */
  readonly isAlwaysSame?: boolean
}

function emitSteps(node: Node, context: Context): Code {
  const steps = part(node.steps)
  const isAbsolute = steps[0]?.type === 'variable'
  let items = isAbsolute ? startAtVariable(part(steps[0]), context) : startAtInput(context)
  let index = isAbsolute ? 1 : 0
  while (index < steps.length) {
    const length = nameRun(steps, index)
    const next = index + Math.max(1, length)
    const isLast = next === steps.length
    const walk = (from: Items): Items =>
      length > 0
        ? emitNames(steps.slice(index, next), from, isLast, context)
        : emitStep(part(steps[index]), from, isLast, context)
    items = sharedPrefix(node, next, walk(items), isLast, context)
    index = next
  }
  const kind = items.isEvent ? EVENT | SEQUENCE : ANY
  return { js: items.js, kind: items.itemKind === 0 ? kind : items.itemKind }
}

function startAtInput(context: Context): Items {
  return {
    js: inputOf(context),
    isEvent: readsEventData(context),
    itemKind: context.inputKind,
    chain: context.isRoot ? [] : undefined,
    isInput: true,
  }
}

function startAtVariable(variable: Node, context: Context): Items {
  const { js, kind } = context.emit(variable, below(context))
  return {
    js: `${context.unit.use('itemsOf')}(${js})`,
    isEvent: isEventData(kind),
    itemKind: kind,
    chain: js === context.unit.root.id ? [] : undefined,
    isInput: false,
  }
}

/** How many steps from `index` on are names and nothing else. */
function nameRun(steps: readonly Node[], index: number): number {
  const end = steps.findIndex((step, at) => at >= index && !isBareName(step))
  return (end < 0 ? steps.length : end) - index
}

function isBareName({ type, stages, predicate, group, keepArray }: Node): boolean {
  return (
    type === 'name' &&
    stages === undefined &&
    predicate === undefined &&
    group === undefined &&
    keepArray !== true
  )
}

function emitNames(steps: readonly Node[], items: Items, isLast: boolean, context: Context): Items {
  const { unit, fn } = context
  const names = steps.map(({ value }) => String(value))
  const keys = unit.constant(names)
  const isQuick = items.isEvent && names.every(isPlainKey)
  const slow = (source: string) => {
    const walked = `${unit.use(isLast ? 'lastNames' : 'names')}(${source}, ${keys})`
    return items.isEvent && isLast ? `${unit.use('collapse')}(${walked})` : walked
  }
  const done = { ...items, itemKind: items.isEvent ? EVENT : 0, isInput: false }
  if (!isQuick) return { ...done, chain: undefined, js: slow(items.js) }
  if (items.chain !== undefined) {
    const chain = [...items.chain, ...names]
    const id = useLocal(unit.load(chain), fn)
    return { ...done, chain, js: `(${id} !== undefined ? ${id} : ${slow(items.js)})` }
  }
  const [source, value] = [newTemporary(context), newTemporary(context)]
  const read = `${source}${names.map((name) => `?.[${writeText(name)}]`).join('')}`
  return {
    ...done,
    chain: undefined,
    js: `(${source} = ${items.js}, (${value} = ${read}) !== undefined ? ${value} : ${slow(source)})`,
  }
}

/** Kinds of a predicate that only says yes or no: numbers and lists are positions. */
const TEST = BOOLEAN | UNDEFINED | NULL | STRING

function emitStep(step: Node, items: Items, isLast: boolean, context: Context): Items {
  const { unit } = context
  const bare = { ...step, stages: undefined }
  const itemKind = items.isEvent ? EVENT : ANY
  const source = items.isInput ? `${unit.use('inputItems')}(${items.js})` : items.js
  const frame = frameOf(context)
  const call = (name: 'filterNames' | 'mapItems' | 'lastItems' | 'anyStep' | 'lastAnyStep', first: string) =>
    placed(context, `${unit.use(name)}(${source}, ${first}, ${frame})`)
  const stages = step.stages ?? []
  const rest = { chain: undefined, isInput: false }

  if (stages.length === 0) {
    const { js, kind } = emitFunction(bare, below(context), itemKind)
    const name = isLast ? 'lastItems' : 'mapItems'
    return {
      ...rest,
      js: call(name, js),
      isEvent: isEventData(kind),
      itemKind: isLast ? kind | UNDEFINED | SEQUENCE : kind,
    }
  }
  const fields: [string, string][] = []
  const value = isBareName(bare) ? undefined : emitFunction(bare, below(context), itemKind)
  const isEvent = value === undefined ? items.isEvent : isEventData(value.kind)
  const tests = isEvent && value === undefined ? emitTests(step, context) : undefined
  if (tests !== undefined) {
    fields.push(
      ['key', writeText(String(step.value))],
      ['tests', `[${tests.map(({ js }) => js).join(', ')}]`],
    )
    const filtered = call('filterNames', pseudoNode(context, fields, tests).js)
    return { ...rest, js: filtered, isEvent, itemKind: EVENT | SEQUENCE, isAlwaysSame: true }
  }
  const filters = emitStages(stages, below(context), isEvent ? EVENT | SEQUENCE : ANY, new Set())
  const emitted = value ?? emitFunction(bare, below(context), itemKind)
  fields.push(['type', '"emitted"'], ['emitted', emitted.js], ['stages', filters.js])
  const walked = call(isLast ? 'lastAnyStep' : 'anyStep', pseudoNode(context, fields, [emitted, filters]).js)
  return {
    ...rest,
    js: walked,
    isEvent,
    itemKind: isLast && isEvent ? EVENT | SEQUENCE : isEvent ? EVENT : 0,
  }
}

/** Filters that only say yes or no, of a name in the event. */
function emitTests(step: Node, context: Context) {
  const tests = (step.stages ?? []).map(({ expr }) => {
    const predicate = part(expr)
    return emitFunction(predicate, below(below(context)), EVENT)
  })
  return tests.every(({ kind }) => isWithin(kind, TEST)) ? tests : undefined
}

/** A name that is a step of a path with more to it. */
export function emitStepName(node: Node, context: Context): Code {
  const { unit } = context
  const kind = readsEventData(context) ? EVENT | SEQUENCE : ANY
  return { js: `${unit.use('lookup')}(${inputOf(context)}, ${unit.constant(node.value)})`, kind }
}
