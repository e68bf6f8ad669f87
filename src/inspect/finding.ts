import type { ErrorCode } from '../errors/register.ts'
import type { Place } from '../expression/index.ts'

/** Something about an expression that its author should know. */
export interface Finding {
  readonly code: ErrorCode
  /** An error is certain whatever the events are like; everything else is a warning. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint: string
  /** In the expression's source. */
  readonly place: Place
}
