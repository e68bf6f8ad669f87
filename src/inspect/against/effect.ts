import type { Place } from '../../expression/index.ts'
import type { Location } from '../../model/problem.ts'
import type { Type } from '../types/type.ts'

/** What is known of the events of today, and of those to come. */
export interface Evidence {
  /** Undefined if nothing is known: then the proposed schema is judged alone. */
  readonly today: Type | undefined
  /** Whether that is the schema which the events are written by, and not only what the contract demands of them. */
  readonly isWhole: boolean
  readonly proposed: Type
}

/** Something that an expression would do with events of the proposed schema. */
export interface Effect {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint: string
  /** In the expression's source. */
  readonly place: Place
}

/** An effect, and where it stands in its file. */
export type LocatedEffect = Omit<Effect, 'place'> & { readonly at: Location }
