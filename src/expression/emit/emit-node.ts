import {
  ARRAY,
  BOOLEAN,
  EVENT,
  FUNCTION,
  type Kind,
  NULL,
  NUMBER,
  SEQUENCE,
  STRING,
  collapsed,
  mayBe,
} from '../analyse/kind.ts'
import type { Node } from '../analyse/node.ts'
import { part } from '../analyse/node.ts'
import { emitBinary } from './binary.ts'
import { emitBind, emitBlock, emitCondition } from './blocks.ts'
import { emitApply, emitCall, emitPartial } from './calls.ts'
import { emitArray, emitNegation, emitObject } from './constructors.ts'
import { type Code, type Context, below, frameOf, inputOf } from './context.ts'
import { useLocal } from './function-scope.ts'
import { emitInterpreted } from './interpreted.ts'
import { emitLambda, emitTailCall } from './lambdas.ts'
import { emitPath, emitStepName } from './paths.ts'
import { emitFilters, emitGroup } from './pseudo-nodes.ts'
import { readVariable } from './scope.ts'
import { canBeShared, sharedSlot } from './sharing.ts'
import { writeLiteral } from './text.ts'
import { emitTransform } from './transforms.ts'
import { Unsupported } from './unsupported.ts'

/** The value of a node: what upstream's `evaluate` gives, with its filters, its group, and a sequence collapsed. */
export function emitNode(node: Node, context: Context): Code {
  const slot = sharedSlot(node, context)
  if (slot === undefined) return emitWhole(node, context)
  const { js, kind } = emitWhole(node, context)
  if (!canBeShared(node, kind, context)) return { js, kind }
  const id = useLocal(slot, context.fn)
  return { js: `(${id} !== ${context.unit.use('UNSET')} ? ${id} : (${id} = ${js}))`, kind }
}

function emitWhole(node: Node, context: Context): Code {
  try {
    return emitDecorated(node, context)
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error
    return emitInterpreted(node, context, error)
  }
}

function emitDecorated(node: Node, context: Context): Code {
  const isPlain = node.predicate === undefined && (node.group === undefined || node.type === 'path')
  const bare = emitBare(node, isPlain ? context : { ...context, isTail: false })
  const filtered = emitFilters(node, bare, context)
  const grouped = node.type === 'path' ? filtered : emitGroup(node, filtered, context)
  return collapse(grouped, node.keepArray === true, context)
}

function collapse({ js, kind }: Code, keepArray: boolean, { unit }: Context): Code {
  // A list of event data may still be a sequence, of several items: it only keeps the mark.
  const isOpen = mayBe(kind, keepArray ? SEQUENCE | ARRAY : SEQUENCE)
  if (!isOpen) return { js, kind }
  return { js: `${unit.use(keepArray ? 'collapseKeeping' : 'collapse')}(${js})`, kind: collapsed(kind) }
}

const LITERAL_KINDS: Readonly<Record<string, Kind>> = { string: STRING, number: NUMBER, boolean: BOOLEAN }

type Emit = (node: Node, context: Context) => Code

const EMITTERS: Readonly<Record<string, Emit>> = {
  path: emitPath,
  name: emitStepName,
  string: emitLiteral,
  number: emitLiteral,
  value: emitLiteral,
  variable: emitVariable,
  binary: emitBinary,
  unary: emitUnary,
  condition: emitCondition,
  block: emitBlock,
  bind: emitBind,
  function: emitCall,
  partial: emitPartial,
  apply: emitApply,
  lambda: (node, context) =>
    node.thunk === true ? emitTailCall(node, context) : emitLambda(node, below(context)),
  transform: emitTransform,
  regex: (node, context) => ({
    js: `${context.unit.use('regex')}(${context.unit.constant(node)}, ${frameOf(context)})`,
    kind: FUNCTION,
  }),
  wildcard: (_, context) => ({
    js: `${context.unit.use('wildcard')}(${inputOf(context)}, ${frameOf(context)})`,
    kind: context.inputKind | EVENT | SEQUENCE,
  }),
  descendant: (_, context) => ({
    js: `${context.unit.use('descendants')}(${inputOf(context)}, ${frameOf(context)})`,
    kind: context.inputKind | EVENT | SEQUENCE,
  }),
  parent: (node, context) => readVariable(context, part(node.slot).label),
}

function emitBare(node: Node, context: Context): Code {
  const emit = Object.hasOwn(EMITTERS, node.type) ? EMITTERS[node.type] : undefined
  if (emit === undefined) throw new Unsupported(`a node of type ${node.type} is not emitted`)
  return emit(node, context)
}

function emitLiteral({ value }: Node): Code {
  return { js: writeLiteral(value), kind: LITERAL_KINDS[typeof value] ?? NULL }
}

function emitVariable(node: Node, context: Context): Code {
  const name = String(node.value)
  if (name !== '') return readVariable(context, name)
  if (context.isRoot) return { js: useLocal(context.unit.root, context.fn), kind: context.inputKind }
  const input = inputOf(context)
  return {
    js: context.mayBeWrapped ? `${context.unit.use('unwrap')}(${input})` : input,
    kind: context.inputKind,
  }
}

function emitUnary(node: Node, context: Context): Code {
  if (node.value === '-') return emitNegation(node, context)
  return node.value === '[' ? emitArray(node, context) : emitObject(node, context)
}
