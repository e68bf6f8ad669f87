import type { CST } from 'yaml'

/**
 * How deep lists and mappings may be nested. Composing is recursive in the parser: this keeps it far from the end of the stack,
 * wherever we are called from.
 */
const MAX_DEPTH = 50

/** The offset of the first list or mapping that is nested too deeply, if there is one. */
export function tooDeepAt(document: CST.Token): number | undefined {
  const pending: [token: CST.Token, depth: number][] = [[document, 0]]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [token, depth] = next
    if (depth > MAX_DEPTH) return token.offset
    for (const child of childrenOf(token).toReversed()) pending.push([child, depth + 1])
  }
  return undefined
}

/** Collections directly inside of a token. */
function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return [token.value].filter(isCollection)
  if (!isCollection(token)) return []
  return token.items.flatMap(({ key, value }) => [key, value].filter(isCollection))
}

function isCollection(
  token: CST.Token | null | undefined,
): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection'
}
