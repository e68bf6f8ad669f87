import type { JsonTree } from './json-tree.ts'
import type { Location } from './problem.ts'
import type { RejectReason } from './record.ts'
import type { Status, StatusReason } from './status.ts'
import type { EventResult, VerdictKind } from './verdict.ts'

/** What a test expects of one rule. What is undefined may be anything. */
export interface Expectation {
  readonly verdict: VerdictKind
  /** Why: the reason of a fail or a skip, the code of an error. */
  readonly reason: string | undefined
  /** JSONata's code of a fail with the reason `type`. */
  readonly code: string | undefined
  /** JSON pointer of what a schema refused. */
  readonly path: string | undefined
  /** A part of the message. */
  readonly message: string | undefined
  readonly at: Location
}

/** What a test expects of the event as a whole. */
export interface ExpectedResult {
  readonly result: EventResult
  /** Why an undecodable record is one; undefined for whatever reason. */
  readonly reason: RejectReason | undefined
  readonly at: Location
}

/** What a test expects of the status of a rule or promise. */
export interface ExpectedStatus {
  readonly status: Status
  /** Undefined for whatever reason. */
  readonly reason: StatusReason | undefined
  readonly at: Location
}

/** A change of a status that a test expects to be announced. */
export interface ExpectedChange {
  /** A rule or promise, as the test names it. */
  readonly name: string
  readonly status: Status
  readonly at: Location
}

/** A JSON event that stands in the test file, or in a file that it names. */
export type EventText =
  | { readonly kind: 'inline'; readonly json: JsonTree; readonly at: Location }
  | { readonly kind: 'file'; readonly path: string; readonly at: Location }

/** Where the value of a record comes from. */
export type RecordValue =
  | EventText
  | {
      readonly kind: 'base'
      readonly name: string
      /** A JSON merge patch (RFC 7386). */
      readonly patch: JsonTree | undefined
      readonly at: Location
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array | null; readonly at: Location }

/** One record of a case, or several that are alike, when they come, and what is to become of them. Or a silence, which has no record. */
export interface TestStep {
  /** Since the start of the case; of repeated records the first, of a silence its end. */
  readonly offsetMs: number
  /** True if only the clock moves. */
  readonly isSilence: boolean
  /** How often the record comes: 1, unless it is repeated. */
  readonly repeat: number
  /** From one of the repeated records to the next. */
  readonly everyMs: number
  /** When Kafka got the record; undefined for the time of the step. */
  readonly timestampMs: number | undefined
  readonly key: string | undefined
  readonly headers: ReadonlyMap<string, string | readonly string[]>
  readonly value: RecordValue
  /** By rule id, with the place of the id. Rules that are not named must pass or skip. */
  readonly expected: ReadonlyMap<string, Expectation & { readonly nameAt: Location }>
  readonly result: ExpectedResult | undefined
  /** By rule or promise, with the place of the name. */
  readonly status: ReadonlyMap<string, ExpectedStatus & { readonly nameAt: Location }>
  /** Where to point for what the step does not name. */
  readonly at: Location
}

/** One named story: a record, or several on a clock that the test moves. */
export interface TestCase {
  readonly name: string
  /** What $now() and $millis() show at the start; undefined if the case doesn't say. */
  readonly startMs: number | undefined
  readonly steps: readonly TestStep[]
  /** True if the records were written as `steps`. */
  readonly isSequence: boolean
  /** All that are announced in the case; undefined if it does not say. */
  readonly changes: { readonly expected: readonly ExpectedChange[]; readonly at: Location } | undefined
  readonly at: Location
}

/** An event that cases refer to. */
export interface BaseEvent {
  readonly text: EventText
  /** Fields with times that move with the clock. */
  readonly moving: readonly { readonly path: readonly string[]; readonly at: Location }[]
}

/** A file of tests of one contract. */
export interface ContractTest {
  readonly file: string
  readonly bases: ReadonlyMap<string, BaseEvent>
  readonly cases: readonly TestCase[]
}
