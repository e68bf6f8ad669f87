import { type Alias, isAlias, type Node } from 'yaml'
import type { Problem } from '../model/problem.ts'
import type { TextFile } from './text-file.ts'
import { nodesInOrder, rangeOf } from './yaml-nodes.ts'

/** What each alias of a document stands for. */
export interface ResolvedAliases {
  readonly targets: ReadonlyMap<Alias, Node>
  readonly problems: readonly Problem[]
}

/** Finds for each alias the last anchor of its name before it. */
export function resolveAliases(file: TextFile, root: Node, maxAliases: number): ResolvedAliases {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  const lost: Problem[] = []
  for (const node of nodesInOrder(root)) {
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target) targets.set(node, target)
      else lost.push(unknownAlias(file, node))
    } else if (node.anchor !== undefined) {
      anchors.set(node.anchor, node)
    }
  }
  return { targets, problems: [...lost, ...tooManyAliases(file, targets, maxAliases)] }
}

function unknownAlias(file: TextFile, alias: Alias): Problem {
  return {
    code: 'YAML_ALIAS',
    severity: 'error',
    message: `the alias \`*${alias.source}\` has no anchor \`&${alias.source}\` before it`,
    hint: "If an expression that begins with `*` was meant, put it in 'single quotes' or in a `|` block.",
    at: file.place(...rangeOf(alias)),
  }
}

function tooManyAliases(file: TextFile, targets: ReadonlyMap<Alias, Node>, maxAliases: number): Problem[] {
  const tooMany = [...targets.keys()][maxAliases]
  if (!tooMany) return []
  const problem: Problem = {
    code: 'YAML_TOO_MANY_ALIASES',
    severity: 'error',
    message: `the file has ${targets.size} aliases; at most ${maxAliases} are allowed`,
    hint: 'Write repeated values out, or split the contract.',
    at: file.place(...rangeOf(tooMany)),
  }
  return [problem]
}
