import type { Random } from '../status/sample-picker.ts'
import type { KeyedHash } from '../status/shown-values.ts'

/** What it takes to show people how the contracts stand. */
export interface StatusOptions {
  /** Tells this process from the others of its group. */
  readonly instance: string
  readonly version: string
  /** For keys of records and personal values: nobody without its key can find out what was hashed. */
  readonly hash: KeyedHash
  readonly random: Random
}
