import type { Format } from '../model/contract.ts'

/** What a first contract is about: what its maker says of it. */
export interface StarterNames {
  readonly topic: string
  readonly domain: string
  readonly owner: string
  /** Of the files, and with the domain the id of the contract: letters, digits, `.`, `_` and `-`. */
  readonly name: string
  readonly format: Format
}

/** A first contract with what belongs to it, as texts of files. */
export interface Starter {
  readonly contract: StarterFile
  readonly schema: StarterFile
  readonly test: StarterFile
  readonly rules: readonly string[]
  /** Places in the schema, and how many of them are required. */
  readonly fields: { readonly all: number; readonly required: number }
  readonly personal: readonly PersonalField[]
  readonly cases: number
}

/** Relative to the folder of all contracts, with `/`. */
export interface StarterFile {
  readonly path: string
  readonly text: string
}

export interface PersonalField {
  readonly path: string
  readonly pii: 'high' | 'low'
}

/** A case of the test: the example as it is, or changed in one place. */
export interface StarterCase {
  readonly name: string
  readonly change: { readonly patch: unknown } | { readonly event: unknown } | undefined
  /** Verdicts of rules that must be named. */
  readonly expect: Readonly<Record<string, string>>
  /** For a rule about silence: an event, and then none. */
  readonly silence?: { readonly rule: string; readonly within: string; readonly after: string }
}
