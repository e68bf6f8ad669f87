import type { Location, Problem } from './problem.ts'

/** What kind of thing of another format was met. Rules are what is counted most carefully: none may go missing. */
export type ExchangeKind = 'rule' | 'promise' | 'property' | 'section'

/** One thing of another format, and what became of it. */
export interface ExchangeEntry {
  readonly kind: ExchangeKind
  /** What the source calls it, or where it stands there. */
  readonly name: string
  readonly at: Location | undefined
  readonly outcome: ExchangeOutcome
}

export type ExchangeOutcome =
  | { readonly kind: 'imported'; readonly into: string }
  /** Not carried over, and why not. */
  | { readonly kind: 'listed'; readonly reason: string }

/** A file to be written, relative to the folder that all go into. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** What an import came to. */
export interface ImportResult {
  readonly source: string
  readonly contracts: readonly { readonly id: string; readonly file: string; readonly rules: number }[]
  readonly files: readonly NewFile[]
  readonly entries: readonly ExchangeEntry[]
  /** What was filled in or written otherwise, to be read by the author. */
  readonly notes: readonly string[]
  readonly problems: readonly Problem[]
}
