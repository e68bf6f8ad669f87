import type { Location, ProblemSeverity } from './problem.ts'

/** A word of a policy file with its place. */
export interface PlacedText {
  readonly text: string
  readonly at: Location
}

/** What a policy demands: exactly one of these. */
export type Demand =
  | {
      readonly kind: 'pattern'
      readonly key: PlacedText
      readonly matches: PlacedText
      readonly says: string
    }
  | { readonly kind: 'require'; readonly keys: readonly PlacedText[] }
  | { readonly kind: 'allow'; readonly key: PlacedText; readonly values: readonly string[] }
  | { readonly kind: 'classify'; readonly words: readonly string[] }
  | { readonly kind: 'maxRules'; readonly limit: number }

/** What a platform demands of every contract. */
export interface Policy {
  readonly id: string
  readonly description: string | undefined
  readonly severity: ProblemSeverity
  readonly demand: Demand
  readonly at: Location
}

/** Leave for one contract not to comply with one policy, up to a day. */
export interface Waiver {
  readonly policy: string
  readonly contract: string
  /** The last day, as YYYY-MM-DD. */
  readonly until: PlacedText
  readonly reason: string
  /** Where the contract's id stands. */
  readonly at: Location
}
