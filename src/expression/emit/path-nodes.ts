import { ANY, MADE, OBJECT, SEQUENCE, UNDEFINED } from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import { namesInTuples } from '../analyse/tree-facts.ts'
import { type Code, type Context, below, emitFunction, frameOf, inputOf, placed } from './context.ts'
import { type PseudoNode, emitGroupOf, emitStages, inTuple, pseudoNode } from './pseudo-nodes.ts'
import { writeLiteral } from './text.ts'

const NO_NAMES: Set<string> = new Set()

/** A path that upstream's evaluatePath walks, with compiled steps. */
export function emitWholePath(node: Node, context: Context): Code {
  const steps = part(node.steps)
  const names = namesInTuples(steps)
  const parts: PseudoNode[] = []
  let isTuple = false
  for (const step of steps) {
    const isStream = isTuple
    isTuple ||= step.tuple === true
    const isFirst = step === steps[0]
    parts.push(emitPathStep(step, context, { names, isStream, isTuple, isFirst }))
  }
  const isHoisted = parts.every((it) => it.isHoisted)
  const group =
    node.group === undefined ? undefined : emitGroupOf(node.group, context, isTuple ? names : NO_NAMES)
  const fields: [string, string][] = [
    ['steps', `[${parts.map(({ js }) => js).join(', ')}]`],
    ...flags(node, ['keepSingletonArray', 'tuple']),
    ['group', group ?? 'undefined'],
  ]
  const isAllHoisted = isHoisted && (group === undefined || /^h\d+$/.test(group))
  const path = pseudoNode(context, fields, [{ isHoisted: isAllHoisted }])
  const js = `${context.unit.use('walkPath')}(${path.js}, ${inputOf(context)}, ${frameOf(context)})`
  const kind = node.group === undefined ? ANY | SEQUENCE : OBJECT | MADE | UNDEFINED
  return { js: placed(context, js), kind }
}

interface Stream {
  readonly names: Set<string>
  /** The step's input is a stream of tuples. */
  readonly isStream: boolean
  /** So is its output. */
  readonly isTuple: boolean
  readonly isFirst: boolean
}

function emitPathStep(
  step: Node,
  context: Context,
  { names, isStream, isTuple, isFirst }: Stream,
): PseudoNode {
  const inner = below(context)
  const isSort = step.type === 'sort'
  const hasFrame = isSort ? isStream : isTuple
  const inFrame = inTuple(hasFrame ? names : NO_NAMES, context)
  // A binding by `@` hands its input on to the next step, the wrapped one as well.
  const mayBeWrapped = (isFirst || isStream) && context.mayBeWrapped
  const scoped = (inside: Context) => ({ ...inFrame(inside), mayBeWrapped })
  const own = isSort
    ? emitTerms(step, inner, scoped)
    : emitValue({ ...step, stages: undefined }, inner, scoped)
  const stages =
    step.stages === undefined ? undefined : emitStages(step.stages, inner, ANY, isTuple ? names : NO_NAMES)
  const fields: [string, string][] = [
    ['type', writeLiteral(step.type)],
    [isSort ? 'terms' : 'emitted', own.js],
    ['stages', stages?.js ?? 'undefined'],
    ['position', String(step.position)],
    [
      'ancestor',
      step.ancestor === undefined ? 'undefined' : `{ label: ${writeLiteral(step.ancestor.label)} }`,
    ],
    ...flags(step, ['tuple', 'focus', 'index', 'consarray']),
  ]
  return pseudoNode(context, fields, stages === undefined ? [own] : [own, stages])
}

function emitValue(step: Node, context: Context, scoped: (inner: Context) => Context): PseudoNode {
  return emitFunction(step, context, ANY, scoped)
}

function emitTerms(step: Node, context: Context, scoped: (inner: Context) => Context): PseudoNode {
  const terms = part(step.terms).map(({ expression, descending }) => {
    const { js, isHoisted } = emitFunction(expression, context, ANY, scoped)
    return { js: `{ descending: ${descending}, expression: { emitted: ${js} } }`, isHoisted }
  })
  return { js: `[${terms.map(({ js }) => js).join(', ')}]`, isHoisted: terms.every((it) => it.isHoisted) }
}

function flags(node: Node, names: readonly string[]): [string, string][] {
  return names.map((name) => [name, node[name] === undefined ? 'undefined' : writeLiteral(node[name])])
}
