/** One kind of mistake or fault. A code is never reused for another meaning. */
export interface ErrorEntry {
  /** What went wrong, in a few words. */
  readonly title: string
  /** Why it happens. */
  readonly cause: string
  /** What to do about it. */
  readonly mend: string
  /** Lines of a file with the mistake, and the same lines without it. */
  readonly example?: { readonly wrong: string; readonly right: string }
}

/** A text of several lines, written as a list of them. */
export function lines(...texts: readonly string[]): string {
  return texts.join('\n')
}
