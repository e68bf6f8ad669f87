/** One kind of mistake or fault. A code is never reused for another meaning. */
export interface ErrorEntry {
  /** What went wrong, in a few words. */
  readonly title: string
  /** Why it happens. */
  readonly cause: string
  /** What to do about it. */
  readonly mend: string
}
