import type { ReadReference } from '../evaluate/schema-documents.ts'
import { syntaxTree } from '../expression/index.ts'
import type { SyntaxNode } from '../expression/index.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { eventTypeOf, SchemaTypes } from './event-type.ts'
import { withoutIgnored } from './ignore.ts'
import { inspectRule } from './inspect-rule.ts'

/**
 * Reads the rules of contracts against what is known of their events, without any event: what can't be meant is a warning, what is wrong
 * whatever the events are like an error.
 */
export function inspectContracts(contracts: readonly Contract[], read: ReadReference): Problem[] {
  const schemas = new SchemaTypes(read)
  const treeOf = rememberTrees()
  return contracts.flatMap((contract) => {
    const event = eventTypeOf(contract, schemas)
    return contract.rules.flatMap((rule) => withoutIgnored(rule, inspectRule(rule, event, treeOf)))
  })
}

/** Contracts of one topic, and those made from one another, share many expressions. */
function rememberTrees(): (source: string) => SyntaxNode | undefined {
  const trees = new Map<string, SyntaxNode | undefined>()
  return (source) => {
    if (!trees.has(source)) trees.set(source, syntaxTree(source))
    return trees.get(source)
  }
}
