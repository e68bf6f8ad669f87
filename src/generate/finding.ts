/** Something in a generated file that the system would refuse, or that would mislead its reader. */
export interface Finding {
  /** Of the file, relative to the folder. */
  readonly path: string
  /** JSON pointer into the file; empty for the whole. */
  readonly at: string
  readonly message: string
}

/** Takes what is found at a place of the file that is looked at. */
export type Report = (at: string, message: string) => void
