import type { Place } from './place.ts'

interface ParserPlace {
  readonly position?: number
  readonly token?: unknown
}

/** An expression that is refused before it is ever evaluated. */
export class ExpressionSyntaxError extends Error {
  /** JSONata's code (`S0201`), or one of the register (`EXPRESSION_UNKNOWN_FUNCTION`). */
  readonly code: string
  /** The offending place in the source, counted from 0; the source's length if it ends too early. */
  readonly offset: number
  /** Characters that the offending place takes; at least 1. */
  readonly length: number
  /** What to do about it. */
  readonly hint: string

  /** Position and token as JSONata's parser states them. */
  readonly jsonataPosition: number | undefined
  readonly jsonataToken: unknown

  constructor(code: string, message: string, place: Place, hint: string, parsed: ParserPlace = {}) {
    super(message)
    this.name = 'ExpressionSyntaxError'
    this.code = code
    this.offset = place.offset
    this.length = place.length
    this.hint = hint
    this.jsonataPosition = parsed.position
    this.jsonataToken = parsed.token
  }
}
