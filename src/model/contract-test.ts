import type { JsonTree } from './json-tree.ts'
import type { Location } from './problem.ts'
import type { RejectReason } from './record.ts'
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

/** One record of a case, when it comes, and what is to become of it. */
export interface TestStep {
  /** Since the start of the case. */
  readonly offsetMs: number
  /** When Kafka got the record; undefined for the time of the step. */
  readonly timestampMs: number | undefined
  readonly key: string | undefined
  readonly headers: ReadonlyMap<string, string | readonly string[]>
  readonly value: RecordValue
  /** By rule id, with the place of the id. Rules that are not named must pass or skip. */
  readonly expected: ReadonlyMap<string, Expectation & { readonly nameAt: Location }>
  readonly result: ExpectedResult | undefined
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
  readonly at: Location
}

/** A file of tests of one contract. */
export interface ContractTest {
  readonly file: string
  readonly bases: ReadonlyMap<string, EventText>
  readonly cases: readonly TestCase[]
}
