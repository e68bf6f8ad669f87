import type { Sample } from '../model/sample.ts'
import type { CATALOGUE, MetricName, MetricTags } from './catalogue.ts'

type NamesOf<Type extends Sample['type']> = {
  [Name in MetricName]: (typeof CATALOGUE)[Name]['type'] extends Type ? Name : never
}[MetricName]

export type CountName = NamesOf<'count'>

type TagsOf<Name extends MetricName> = Readonly<Record<MetricTags<Name>, string>>

/** A count's growth. The compiler holds name and tags to the catalogue. */
export function count<Name extends CountName>(name: Name, tags: TagsOf<Name>, value: number): Sample {
  return { type: 'count', name, tags, value }
}

/** A gauge's value. Outside Datadog a negative gauge is a difference, so values are never below 0. */
export function gauge<Name extends NamesOf<'gauge'>>(name: Name, tags: TagsOf<Name>, value: number): Sample {
  return { type: 'gauge', name, tags, value: Math.max(0, value) }
}

/** The values of a distribution since the last flush. */
export function distribution<Name extends NamesOf<'distribution'>>(
  name: Name,
  tags: TagsOf<Name>,
  values: readonly number[],
): Sample {
  return { type: 'distribution', name, tags, values }
}
