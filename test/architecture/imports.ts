import { tokenize } from './tokens.ts'
import type { Token } from './tokens.ts'

/** An import, a re-export or an `import()`, of values or types. */
export interface Import {
  /** What stands between the quotes; undefined if `import()` gets something that is no plain string. */
  readonly specifier: string | undefined
  /** Counts from 1. */
  readonly line: number
}

/** Everything that a TypeScript module imports, type imports and `typeof import('…')` included. */
export function importsOf(source: string): Import[] {
  const tokens = tokenize(source)
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'word' || isMember(tokens, index)) return []
    if (token.text === 'import') return importAt(tokens, index)
    if (token.text === 'export') return reExportAt(tokens, index)
    return []
  })
}

/** `a.import` and `{ import: … }` are names, not imports. */
function isMember(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === ':'
}

function importAt(tokens: readonly Token[], index: number): Import[] {
  const next = tokens[index + 1]
  if (next === undefined || next.text === '.') return []
  const line = tokens[index]?.line ?? 0
  if (next.kind === 'string') return [{ specifier: next.text, line }]
  if (next.text === '(') return [{ specifier: stringAt(tokens, index + 2), line }]
  return [{ specifier: specifierAfterFrom(tokens, index), line }]
}

function reExportAt(tokens: readonly Token[], index: number): Import[] {
  const start = tokens[index + 1]?.text === 'type' ? index + 2 : index + 1
  const opener = tokens[start]?.text
  if (opener !== '{' && opener !== '*') return []
  const specifier = specifierAfterFrom(tokens, start)
  return specifier === undefined ? [] : [{ specifier, line: tokens[index]?.line ?? 0 }]
}

/** A clause has words, commas, braces and a star only; what else comes first ends it, so `export { a }` finds no `from` of a later line. */
function specifierAfterFrom(tokens: readonly Token[], start: number): string | undefined {
  for (let index = start + 1; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.text === 'from' && tokens[index + 1]?.kind === 'string') return tokens[index + 1]?.text
    const inClause = token?.kind === 'word' || ['{', '}', ',', '*'].includes(token?.text ?? '')
    if (!inClause || ['import', 'export', 'const', 'function'].includes(token?.text ?? '')) return undefined
  }
  return undefined
}

function stringAt(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index]
  return token?.kind === 'string' ? token.text : undefined
}
