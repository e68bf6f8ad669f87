import type { SyntaxNode } from '#jsonata-sync'
import type { Node } from './analyse/node.ts'
import { canGenerateCode } from './code-generation.ts'
import { type Emission, emitExpression } from './emit/emit-expression.ts'
import { Unsupported } from './emit/unsupported.ts'

/** `auto` compiles an expression as far as it can be compiled. */
export type EngineChoice = 'auto' | 'interpreter'

/** How an expression runs: as generated code, as such with parts on the interpreter, or on the interpreter as a whole. */
export type Engine = 'emitted' | 'mixed' | 'sync'

/** How an expression runs, why not wholly as generated code, and that code. */
export interface ChosenEngine {
  readonly name: Engine
  readonly reason: string | undefined
  readonly emission: Emission | undefined
}

/** Emits an expression if that is wanted and possible. */
export function chooseEngine(
  root: SyntaxNode,
  externals: ReadonlySet<string>,
  maxDepth: number,
  choice: EngineChoice,
): ChosenEngine {
  if (choice === 'interpreter') return sync('the interpreter was asked for')
  if (!canGenerateCode()) return sync('this process may not generate code from strings')
  try {
    const emission = emitExpression(root as Node, externals, maxDepth > 0 ? maxDepth : Infinity)
    const [reason] = emission.interpreted
    return { name: reason === undefined ? 'emitted' : 'mixed', reason, emission }
  } catch (error) {
    if (error instanceof Unsupported) return sync(error.message)
    if (error instanceof RangeError) return sync('it nests too deeply to be compiled')
    throw error
  }
}

function sync(reason: string): ChosenEngine {
  return { name: 'sync', reason, emission: undefined }
}
