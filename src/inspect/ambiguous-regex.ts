import type { SyntaxNode } from '../expression/index.ts'
import type { Run } from './infer/run.ts'

/** A group that holds nothing but one repeated character or class (or a choice of equals), and is repeated itself. */
const REPEATED_REPEAT = /\((?:\?:)?(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\()[\]|*+?{}])[*+]\)(?:[*+]|\{\d+,\})/

/** Reports patterns that can match one text in exponentially many ways. */
export function reportRegexes(nodes: readonly SyntaxNode[], run: Run): void {
  for (const node of nodes) {
    if (node.type !== 'regex' || !(node.value instanceof RegExp)) continue
    const found = REPEATED_REPEAT.exec(node.value.source)
    if (!found) continue
    const simple = found[0].replace(/^\((?:\?:)?/, '').replace(/\)(?:[*+]|\{\d+,\})$/, '')
    run.report(
      'REGEX_AMBIGUOUS',
      node,
      `${found[0]} repeats what is repeated already: it means no more than ${simple}, and can be matched in very many ways`,
      `Write ${simple} in place of ${found[0]}. Here it is only slow; elsewhere such a pattern stops a service.`,
    )
  }
}
