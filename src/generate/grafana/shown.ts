import type { PromQueries } from '../promql/queries.ts'
import type { Watched } from '../watched.ts'

/** A contract and how to ask for its series. */
export type Shown = Pick<Watched<PromQueries>, 'contract' | 'tags' | 'queries'>
