import { prometheusLabel, prometheusName } from '../../model/prometheus-name.ts'
import type { CATALOGUE, GLOBAL_TAGS, MetricName, MetricTags } from '../../telemetry/catalogue.ts'
import { type Catalogue, rowFor, type TagFilter } from '../catalogue-check.ts'
import { matcher } from './selectors.ts'

type NamesOf<Type extends (typeof CATALOGUE)[MetricName]['type']> = {
  [Name in MetricName]: (typeof CATALOGUE)[Name]['type'] extends Type ? Name : never
}[MetricName]

type TagOf<Name extends MetricName> = MetricTags<Name> | (typeof GLOBAL_TAGS)[number]

/** Which series are meant: values by tag; several are alternatives. */
type FilterOf<Name extends MetricName> = Readonly<Partial<Record<TagOf<Name>, string | readonly string[]>>>

/**
 * Writes selectors of PromQL for metrics of the catalogue, and for no others: the compiler holds names and tags to it, and so does every
 * call. Methods throw Fault GENERATE_NOT_IN_CATALOGUE.
 */
export class PromQueries {
  readonly #catalogue: Catalogue
  readonly #variables: readonly string[]

  /** @param variables names of the dashboard's variables that every selector goes by, without `$` */
  constructor(catalogue: Catalogue, variables: readonly string[] = []) {
    this.#catalogue = catalogue
    this.#variables = variables
  }

  count<Name extends NamesOf<'count'>>(name: Name, filter: FilterOf<Name>): string {
    return this.#select(name, 'count', filter)
  }

  gauge<Name extends NamesOf<'gauge'>>(name: Name, filter: FilterOf<Name>): string {
    return this.#select(name, 'gauge', filter)
  }

  buckets<Name extends NamesOf<'distribution'>>(name: Name, filter: FilterOf<Name>): string {
    return this.#select(name, 'distribution', filter, '_bucket')
  }

  #select(
    name: string,
    type: 'count' | 'gauge' | 'distribution',
    filter: TagFilter,
    suffix: '' | '_bucket' = '',
  ): string {
    rowFor(this.#catalogue, name, type, filter, this.#variables)
    const chosen = this.#variables.map((variable) => `${prometheusLabel(variable)}=~"$${variable}"`)
    const matchers = Object.entries(filter).flatMap(([tag, values]) =>
      values === undefined ? [] : [matcher(prometheusLabel(tag), values)],
    )
    return `${prometheusName(name, type)}${suffix}{${[...matchers, ...chosen].join(',')}}`
  }
}
