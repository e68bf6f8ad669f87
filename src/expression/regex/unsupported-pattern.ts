/** A regular expression that can't be run in linear time with JavaScript's meaning. */
export class UnsupportedPattern extends Error {
  /** What to write instead. */
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.name = 'UnsupportedPattern'
    this.hint = hint
  }
}
