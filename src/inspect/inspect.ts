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
 * @param registered the schema that a registry has for a contract's events
 */
export function inspectContracts(
  contracts: readonly Contract[],
  read: ReadReference,
  treeOf: TreeOf,
  registered: (contract: Contract) => EventSchema | undefined = () => undefined,
): Problem[] {
  const schemas = new SchemaTypes(read)
  return contracts.flatMap((contract) => {
    const event = eventTypeOf(contract, schemas, registered(contract))
    return [
      ...contract.rules.flatMap((rule) => withoutIgnored(rule, inspectRule(rule, event, treeOf))),
      ...contract.streamRules.flatMap((rule) => withoutIgnored(rule, inspectStreamRule(rule, event, treeOf))),
    ]
  })
}
