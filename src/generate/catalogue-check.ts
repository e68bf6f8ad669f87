import { Fault } from '../errors/fault.ts'
import { GLOBAL_TAGS, type MetricRow } from '../telemetry/catalogue.ts'

/** The rows of metrics by name, as the catalogue of the code has them. */
export type Catalogue = Readonly<Record<string, MetricRow>>

/** Values by tag; several are alternatives. */
export type TagFilter = Readonly<Partial<Record<string, string | readonly string[]>>>

/**
 * The row of a metric that is about to be asked for, if the catalogue has it with the tags and values.
 *
 * @throws Fault GENERATE_NOT_IN_CATALOGUE
 */
export function rowFor(
  catalogue: Catalogue,
  name: string,
  type: MetricRow['type'],
  filter: TagFilter,
  by: readonly string[],
): MetricRow {
  const row = catalogue[name]
  if (row?.type !== type) throw notThere(`no ${type} ${name}`)
  const tags = new Set([...GLOBAL_TAGS, ...row.tags])
  for (const tag of [...Object.keys(filter), ...by])
    if (!tags.has(tag)) throw notThere(`no tag ${tag} of ${name}`)
  for (const [tag, values] of Object.entries(filter)) {
    const known = row.values?.[tag]
    const unknown = [values ?? []].flat().find((value) => known !== undefined && !known.includes(value))
    if (unknown !== undefined) throw notThere(`no value ${unknown} of ${tag} of ${name}`)
  }
  return row
}

function notThere(what: string): Fault {
  return new Fault(
    'GENERATE_NOT_IN_CATALOGUE',
    `what is generated would ask for what is never sent: the catalogue has ${what}`,
    'This is a fault of Assay, please report it.',
  )
}
