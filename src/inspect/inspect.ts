import type { ReadReference } from '../evaluate/schema-documents.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { eventTypeOf, SchemaTypes } from './event-type.ts'
import type { EventSchema } from './event-type.ts'
import { withoutIgnored } from './ignore.ts'
import { inspectRule, type TreeOf } from './inspect-rule.ts'
import { inspectStreamRule } from './inspect-stream-rule.ts'

/**
 * Reads the rules of contracts against what is known of their events, without any event: what can't be meant is a warning, what is wrong
 * whatever the events are like an error.
 *
 * @param treeOf is asked for the same expression again and again
 */
export function inspectContracts(
  contracts: readonly Contract[],
  read: ReadReference,
  treeOf: TreeOf,
): Problem[] {
  const schemas = new SchemaTypes(read)
  return contracts.flatMap((contract) => inspectContract(contract, schemas, treeOf))
}

/**
 * The same for one contract.
 *
 * @param registered the schema that a registry has for its events
 */
export function inspectContract(
  contract: Contract,
  schemas: SchemaTypes,
  treeOf: TreeOf,
  registered?: EventSchema,
): Problem[] {
  const event = eventTypeOf(contract, schemas, registered)
  return [
    ...contract.rules.flatMap((rule) => withoutIgnored(rule, inspectRule(rule, event, treeOf))),
    ...contract.streamRules.flatMap((rule) => withoutIgnored(rule, inspectStreamRule(rule, event, treeOf))),
  ]
}
