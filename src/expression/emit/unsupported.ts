/** A part of an expression that is not emitted: it runs on the interpreter. */
export class Unsupported extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unsupported'
  }
}
