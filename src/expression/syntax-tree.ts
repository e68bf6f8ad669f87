import jsonata, { type SyntaxNode } from '#jsonata-sync'
import type { Place } from './place.ts'

/** The syntax tree of an expression; undefined if it is none, for `compileExpression` says why. Each call gives a tree of its own. */
export function syntaxTree(source: string): SyntaxNode | undefined {
  try {
    return jsonata(source).ast()
  } catch {
    return undefined
  }
}

/** The stretch of the source that a node was read from; undefined for one that the parser made up. */
export function placeOfSyntax(node: SyntaxNode): Place | undefined {
  const range = jsonata.rangeOf(node)
  return range && { offset: range.start, length: range.end - range.start }
}

/** The node in a value of a node. */
export function nodeIn(value: unknown): SyntaxNode | undefined {
  return isSyntaxNode(value) ? value : undefined
}

/** The nodes in a value of a node that is a list, of lists perhaps. */
export function nodesIn(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.flatMap(nodesIn) : isSyntaxNode(value) ? [value] : []
}

function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
