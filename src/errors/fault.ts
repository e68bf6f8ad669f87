import type { ErrorCode } from './register.ts'

/** A fault that ends what was being done: carries a code of the register and what to do, so that its reader is never left with a stack trace alone. */
export class Fault extends Error {
  readonly code: ErrorCode
  readonly hint: string

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
    this.hint = hint
  }
}
