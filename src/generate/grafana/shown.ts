import type { Watched } from '../datadog/watched.ts'
import type { PromQueries } from '../prometheus/queries.ts'

/** A contract and how to ask for its series. */
export interface Shown extends Pick<Watched, 'contract' | 'tags'> {
  readonly queries: PromQueries
}
