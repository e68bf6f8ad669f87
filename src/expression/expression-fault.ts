interface FaultParts {
  readonly code: string
  readonly message: string
  readonly position: number | undefined
  readonly jsonataPosition?: number | undefined
  readonly jsonataToken?: unknown
  readonly dataCaused: boolean
}

/** Why an evaluation has no value. It is returned, never thrown. */
export class ExpressionFault {
  /** JSONata's code, or one of ours for what JSONata has no code for. */
  readonly code: string
  /** In English, without values of the event: they may be private, and go where metrics and logs go. */
  readonly message: string
  /** Where in the source it arose, counted from 0, if that is known. */
  readonly position: number | undefined
  /** Position and token as JSONata itself states them, which may be those of an operator around the mistake. */
  readonly jsonataPosition: number | undefined
  readonly jsonataToken: unknown
  /** True if the data did not have the type that the expression takes for granted; false if the rule could not be judged. */
  readonly dataCaused: boolean

  constructor(fault: FaultParts) {
    this.code = fault.code
    this.message = fault.message
    this.position = fault.position
    this.jsonataPosition = fault.jsonataPosition
    this.jsonataToken = fault.jsonataToken
    this.dataCaused = fault.dataCaused
  }
}
