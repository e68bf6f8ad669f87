import type { RejectReason } from '../model/record.ts'

/** Why the bytes of a record are no event: thrown by those who read them, and caught where records are decoded. Quotes no value. */
export class DataFault extends Error {
  readonly reason: RejectReason

  constructor(reason: RejectReason, detail: string) {
    super(detail)
    this.name = 'DataFault'
    this.reason = reason
  }
}
