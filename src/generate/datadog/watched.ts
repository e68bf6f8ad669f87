import type * as watched from '../watched.ts'
import type { Queries } from './queries.ts'

export type Watched = watched.Watched<Queries>
export type WatchedGroup = watched.WatchedGroup<Queries>
