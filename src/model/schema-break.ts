import type { ErrorCode } from '../errors/register.ts'
import type { Location } from './problem.ts'

/** What a proposed schema would do to one promise of a contract. */
export interface SchemaBreak {
  readonly contract: string
  /** Undefined for what stands outside of the rules: a path under `fields`. */
  readonly rule: string | undefined
  readonly owner: string
  readonly consumers: readonly string[]
  readonly code: ErrorCode
  /** A break, or only something to know: the rule would look at fewer events, say. */
  readonly severity: 'error' | 'warning'
  /** What would happen, in a sentence that names neither rule nor contract. */
  readonly message: string
  readonly hint: string
  /** The use that would break. */
  readonly at: Location
}

/** What a proposed schema would do to the contracts of its topic. */
export interface SchemaVerdict {
  /** The file of the proposed schema. */
  readonly schema: string
  /** The topics and how many rules and contracts were looked at. */
  readonly topics: readonly string[]
  readonly contracts: number
  readonly rules: number
  /** What the proposed schema was compared with, in words; empty if nothing is known of the events of today. */
  readonly comparedWith: readonly string[]
  readonly breaks: readonly SchemaBreak[]
}
