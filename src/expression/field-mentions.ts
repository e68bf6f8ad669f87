import jsonata, { type SyntaxNode } from '#jsonata-sync'
import { childrenOf, nodesIn } from './names.ts'
import { placeOf } from './place.ts'

/** A field that an expression reads. */
export interface FieldMention {
  /** Names from the event down to the field; from somewhere inside of the event if `isAbsolute` is false. */
  readonly path: readonly string[]
  /** Whether the path begins at the event. What a variable or a function gave may come from anywhere in it. */
  readonly isAbsolute: boolean
  /** Where its last name stands in the source. */
  readonly offset: number
  readonly length: number
}

/** Where a path goes on from: the names so far, and whether they begin at the event. */
interface Context {
  readonly path: readonly string[]
  readonly isAbsolute: boolean
}

const EVENT: Context = { path: [], isAbsolute: true }
const ANYWHERE: Context = { path: [], isAbsolute: false }

/** All fields that an expression reads, in the order of the source; none if it can't be parsed. Steps into arrays have no part in a path. */
export function fieldMentions(source: string): readonly FieldMention[] {
  const mentions: FieldMention[] = []
  const root = parse(source)
  if (root) visit(root, EVENT, { source, mentions })
  return mentions.toSorted((a, b) => a.offset - b.offset)
}

function parse(source: string): SyntaxNode | undefined {
  try {
    return jsonata(source).ast()
  } catch {
    return undefined
  }
}

interface Finding {
  readonly source: string
  readonly mentions: FieldMention[]
}

function visit(node: SyntaxNode, context: Context, finding: Finding): void {
  if (node.type !== 'path') {
    for (const child of [...childrenOf(node), ...nodesIn(node['procedure'])]) visit(child, context, finding)
    return
  }
  let current = context
  for (const step of nodesIn(node['steps'])) current = visitStep(step, current, finding)
  for (const part of nodesIn(node['group'])) visit(part, current, finding)
}

/** The context after a step, which is also the one that its predicates see. */
function visitStep(step: SyntaxNode, context: Context, finding: Finding): Context {
  const next = afterStep(step, context)
  if (step.type === 'name') mention(step, next, finding)
  else if (step.type !== 'variable') visit(step, context, finding)
  for (const key of ['predicate', 'stages']) {
    for (const part of nodesIn(step[key])) visit(part, next, finding)
  }
  return next
}

function afterStep({ type, value }: SyntaxNode, { path, isAbsolute }: Context): Context {
  if (type === 'name') return { path: [...path, String(value)], isAbsolute }
  if (type === 'variable' && value === '') return { path, isAbsolute }
  return type === 'variable' && value === '$' ? EVENT : ANYWHERE
}

function mention(step: SyntaxNode, context: Context, { source, mentions }: Finding): void {
  mentions.push({ ...context, ...placeOf(source, step.position ?? 0, step.value) })
}
