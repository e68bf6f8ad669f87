/** What the interpreter throws: plain objects of this shape, whose other fields are named by the templates of messages. */
export interface Thrown {
  readonly code: string
  readonly position?: number
  readonly token?: unknown
  /** The place closest to the mistake, if position and token are those of an operator around it. */
  readonly origin?: { readonly position?: number; readonly token?: unknown }
  readonly [field: string]: unknown
}

/** Gives anything thrown that shape. The engine's own limits have codes too: they are what JSONata's limits are there to prevent. */
export function toThrown(thrown: unknown): Thrown {
  if (isCoded(thrown)) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { ...placeIn(thrown), code: codeOf(thrown, message), message }
}

function isCoded(thrown: unknown): thrown is Thrown {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string'
}

function codeOf(thrown: unknown, message: string): string {
  if (thrown instanceof RangeError && message.includes('call stack')) return 'D1011'
  if (thrown instanceof RangeError && message.includes('string length')) return 'EXPRESSION_STRING_TOO_LONG'
  return 'EXPRESSION_INTERNAL'
}

/** The interpreter writes place and token onto native errors as well. */
function placeIn(thrown: unknown): { position?: number; token?: unknown } {
  if (typeof thrown !== 'object' || thrown === null) return {}
  const position =
    'position' in thrown && typeof thrown.position === 'number' ? { position: thrown.position } : {}
  return 'token' in thrown ? { ...position, token: thrown.token } : position
}
