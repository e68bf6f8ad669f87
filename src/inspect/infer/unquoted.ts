import type { SyntaxNode } from '../../expression/index.ts'
import { spotOf } from './nodes.ts'
import type { Run } from './run.ts'
import type { Scope } from './scope.ts'

/** Reports a value that lacks its quotes, `status = active`, and so is taken for a field. False if there is nothing to say. */
export function reportUnquoted(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): boolean {
  if (run.isQuiet) return false
  return isUnquoted(right, left, scope, run) || isUnquoted(left, right, scope, run)
}

function isUnquoted(word: SyntaxNode, other: SyntaxNode, scope: Scope, run: Run): boolean {
  const spot = spotOf(word)
  const [name] = spot?.names ?? []
  if (name === undefined || spot?.variable !== '' || spot.names.length > 1 || scope.context.isUnknown)
    return false
  if (scope.context.objects.some((object) => object.field(name).standing === 'described')) return false
  const values = run.quietly(() => run.infer(other, scope)).texts?.values ?? []
  if (!values.includes(name)) return false
  const message = `\`${name}\` is no field of ${scope.isRoot ? 'the event' : 'the item'}, but a value of \`${run.textOf(other)}\``
  run.report('PATH_IMPOSSIBLE', word, message, `Write it in quotes: "${name}".`)
  return true
}
