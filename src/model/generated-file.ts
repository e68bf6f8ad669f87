/** Stands in every file that Assay makes out of contracts, and on what is made of it elsewhere: what carries it may be changed and removed. */
export const GENERATED_MARK = 'managed-by:assay'

/** A file made out of contracts, relative to the folder that it is written to, with `/` between folders. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** How a folder differs from what would be generated: a file that is not there, says something else, or is of nothing any more. */
export interface Drift {
  readonly path: string
  readonly kind: 'missing' | 'differs' | 'orphaned'
  /** Of the file that is there: the first line that differs, from 1. */
  readonly line?: number
}
