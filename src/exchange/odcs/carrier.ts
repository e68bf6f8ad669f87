import type { ContractDraft } from '../contract-draft.ts'
import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** The custom property in which Assay keeps what ODCS has no place for. */
export const CARRIER = 'assay'

/** What a contract that Assay exported says of itself, or nothing. */
export function carriedHead(document: Mapping): Partial<ContractDraft> | undefined {
  const property = asList(valueOf(document, 'customProperties')).find(
    (one) => isMapping(one) && textOf(one, 'property') === CARRIER,
  )
  const value = isMapping(property) ? valueOf(property, 'value') : undefined
  if (!isMapping(value)) return undefined
  return {
    ...textOfKeys(value, [
      'id',
      'version',
      'topic',
      'domain',
      'owner',
      'description',
      'format',
      'tombstones',
    ]),
    ...mappingOfKeys(value, ['producer', 'links', 'tags', 'fields', 'promises']),
    consumers: asList(valueOf(value, 'consumers')).filter((name) => typeof name === 'string'),
  }
}

function textOfKeys(value: Mapping, keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, textOf(value, key)]))
}

function mappingOfKeys(value: Mapping, keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, asMapping(valueOf(value, key))]))
}
