import { type SyntaxNode, syntaxTree } from '../../expression/index.ts'
import type { Direction } from '../../model/difference.ts'
import { directionOf } from '../direction.ts'
import { implies } from './implies.ts'
import { canonical } from './syntax.ts'

/**
 * What the change of an assertion means: fewer events meet the new one (tightened), more do (loosened), or it can't be told. Only what is
 * certain is told; how expressions are laid out never matters. One that is nested too deeply for us can't be told.
 */
export function compareExpressions(base: string, head: string): Direction {
  if (base === head) return 'same'
  return withinStack('changed', () => {
    const [before, after] = [syntaxTree(base), syntaxTree(head)]
    return before && after ? compareTrees(before, after) : 'changed'
  })
}

function compareTrees(before: SyntaxNode, after: SyntaxNode): Direction {
  if (canonical(before) === canonical(after)) return 'same'
  return directionOf(implies(after, before), implies(before, after))
}

/** The text by which two expressions are the same, whatever their layout. */
export function meaningOf(source: string): string {
  return withinStack(source, () => {
    const tree = syntaxTree(source)
    return tree ? canonical(tree) : source
  })
}

/** What is said of expressions of thousands of levels, which recursion can't follow. */
function withinStack<T>(otherwise: T, ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (error instanceof RangeError) return otherwise
    throw error
  }
}
