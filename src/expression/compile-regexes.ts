import type { SyntaxNode } from '#jsonata-sync'
import type { Node } from './analyse/node.ts'
import { allNodes } from './analyse/tree-facts.ts'
import { ExpressionSyntaxError } from './expression-syntax-error.ts'
import { nodesOf } from './names.ts'
import { placeOfRegex } from './place.ts'
import { type SafePattern, compileSafePattern } from './regex/safe-pattern.ts'
import { compileAnyPattern } from './regex/any-regex-engine.ts'
import { UnsupportedPattern } from './regex/unsupported-pattern.ts'

/**
 * Puts a compiled pattern in the place of every regular expression in the tree, where the engine finds it at each evaluation. Throws
 * ExpressionSyntaxError for one that can't be run in linear time.
 */
export function compileRegexes(root: SyntaxNode, source: string): void {
  for (const [node, pattern] of patternsOf(root, source)) node.value = pattern
}

/** The same check, which leaves the tree as it is. */
export function checkRegexes(root: SyntaxNode, source: string): void {
  patternsOf(root, source)
}

function patternsOf(root: SyntaxNode, source: string): [SyntaxNode, SafePattern][] {
  const compiled = new Map<string, SafePattern>()
  return nodesOf(root).flatMap((node): [SyntaxNode, SafePattern][] => {
    if (node.type !== 'regex' || !(node.value instanceof RegExp)) return []
    const pattern = compiled.get(String(node.value)) ?? compile(node.value, node.position ?? 0, source)
    compiled.set(String(node.value), pattern)
    return [[node, pattern]]
  })
}

function compile(regex: RegExp, end: number, source: string): SafePattern {
  try {
    return compileSafePattern(regex.source, regex.flags)
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error
    throw new ExpressionSyntaxError(
      'EXPRESSION_REGEX',
      error.message,
      placeOfRegex(source, end, regex),
      error.hint,
    )
  }
}

/** The same for expressions that are only tried out: what can't be run in linear time stays as it is. */
export function allowAnyRegex(root: SyntaxNode): void {
  for (const node of allNodes(root as Node)) {
    if (node.type === 'regex' && node.value instanceof RegExp) node.value = compileAnyPattern(node.value)
  }
}
