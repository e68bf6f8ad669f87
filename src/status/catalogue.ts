import type { ContractReport, FieldReport } from '../model/status-report.ts'

/** What a contract can be found by. */
export interface CatalogueEntry {
  readonly id: string
  readonly topic: string
  readonly owner: string
  readonly producer: string
  readonly consumers: readonly string[]
  readonly description: string
  readonly rules: readonly { readonly id: string; readonly description: string }[]
  readonly fields: readonly string[]
}

/** The part of a report that searches go through. */
export function catalogueOf(contract: ContractReport, fields: readonly FieldReport[]): CatalogueEntry {
  const { id, topic, owner, producer, consumers, description, ruleReports } = contract
  return {
    id,
    topic,
    owner,
    producer: [producer.team, producer.service].filter((name) => name !== undefined).join(' '),
    consumers,
    description: description ?? '',
    rules: ruleReports.map((rule) => ({ id: rule.id, description: rule.description ?? '' })),
    fields: fields.map(({ path }) => path),
  }
}
