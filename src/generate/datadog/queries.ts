import type { CATALOGUE, GLOBAL_TAGS, MetricName, MetricTags } from '../../telemetry/catalogue.ts'
import { type Catalogue, rowFor, type TagFilter } from '../catalogue-check.ts'

type NamesOf<Type extends (typeof CATALOGUE)[MetricName]['type']> = {
  [Name in MetricName]: (typeof CATALOGUE)[Name]['type'] extends Type ? Name : never
}[MetricName]

type TagOf<Name extends MetricName> = MetricTags<Name> | (typeof GLOBAL_TAGS)[number]

/** Which series are meant: values by tag (several are alternatives), beside those that variables of the dashboard choose. */
export type FilterOf<Name extends MetricName> = Readonly<
  Partial<Record<TagOf<Name>, string | readonly string[]>>
>

/**
 * Writes queries for metrics of the catalogue, and for no others: the compiler holds names and tags to it, and so does every call.
 * Methods throw Fault GENERATE_NOT_IN_CATALOGUE.
 */
export class Queries {
  readonly #catalogue: Catalogue
  readonly #variables: readonly string[]

  /** @param variables names of the dashboard's variables that every query goes by, without `$` */
  constructor(catalogue: Catalogue, variables: readonly string[] = []) {
    this.#catalogue = catalogue
    this.#variables = variables
  }

  /** The same with variables of a dashboard. */
  withVariables(...variables: readonly string[]): Queries {
    return new Queries(this.#catalogue, variables)
  }

  /** A sum of counts: `.as_count()`, so that windows add up before anything is divided. */
  count<Name extends NamesOf<'count'>>(
    name: Name,
    filter: FilterOf<Name>,
    by: readonly TagOf<Name>[] = [],
  ): string {
    rowFor(this.#catalogue, name, 'count', filter, by)
    return `sum:${name}${this.#scope(filter)}${groups(by)}.as_count()`
  }

  gauge<Name extends NamesOf<'gauge'>>(
    over: 'min' | 'max' | 'sum',
    name: Name,
    filter: FilterOf<Name>,
    by: readonly TagOf<Name>[] = [],
  ): string {
    rowFor(this.#catalogue, name, 'gauge', filter, by)
    return `${over}:${name}${this.#scope(filter)}${groups(by)}`
  }

  /** A percentile needs a tag configuration that switches percentiles on: it is generated with the catalogue. */
  distribution<Name extends NamesOf<'distribution'>>(
    over: 'p50' | 'p95' | 'p99' | 'histogram',
    name: Name,
    filter: FilterOf<Name>,
    by: readonly TagOf<Name>[] = [],
  ): string {
    rowFor(this.#catalogue, name, 'distribution', filter, by)
    return `${over}:${name}${this.#scope(filter)}${groups(by)}`
  }

  /** Commas join single values. With alternatives everything is joined by AND: the two forms don't mix. */
  #scope(filter: TagFilter): string {
    const entries = Object.entries(filter).filter(([, values]) => values !== undefined)
    const hasAlternatives = entries.some(([, values]) => Array.isArray(values) && values.length > 1)
    const terms = entries.map(([tag, values]) => termOf(tag, [values ?? []].flat()))
    const all = [...this.#variables.map((name) => `$${name}`), ...terms]
    return `{${all.length === 0 ? '*' : all.join(hasAlternatives ? ' AND ' : ',')}}`
  }
}

function termOf(tag: string, values: readonly string[]): string {
  return values.length === 1 ? `${tag}:${values[0]}` : `${tag} IN (${values.join(', ')})`
}

function groups(by: readonly string[]): string {
  return by.length === 0 ? '' : ` by {${by.join(',')}}`
}
