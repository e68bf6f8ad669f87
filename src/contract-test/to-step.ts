import type { Read, ValueOf } from '../contract/shape.ts'
import type {
  Expectation,
  ExpectedResult,
  ExpectedStatus,
  RecordValue,
  TestStep,
} from '../model/contract-test.ts'
import type { Location } from '../model/problem.ts'
import type { TEST_SHAPE } from './shape-contract-test.ts'
import { delayMs } from '../contract/times.ts'
import type { EXPECT_SHAPE, HEADER_SHAPE, RESULT_SHAPE } from './shape-expect.ts'
import type { STATUS_SHAPE } from './shape-status.ts'

/** What a case and a step have in common. */
export type RecordValues = Pick<
  ValueOf<typeof TEST_SHAPE.keys.cases.value.of>,
  | 'event'
  | 'eventFile'
  | 'base'
  | 'with'
  | 'tombstone'
  | 'raw'
  | 'rawBase64'
  | 'key'
  | 'headers'
  | 'timestamp'
  | 'expect'
  | 'result'
  | 'repeat'
  | 'every'
  | 'status'
>

/** When the record of a step comes, and where the step stands. */
type Timing = Pick<TestStep, 'offsetMs' | 'timestampMs' | 'isSilence' | 'at'>

/** How far apart repeated records come, unless the step says it. */
const USUAL_DISTANCE_MS = 1000

/** One record and what is expected of it. */
export function toStep(read: RecordValues, timing: Timing): TestStep {
  return {
    ...timing,
    repeat: read.repeat?.value ?? 1,
    everyMs: read.every ? delayMs(read.every.value) : USUAL_DISTANCE_MS,
    key: read.key?.value,
    headers: new Map(
      Array.from(read.headers?.value ?? [], ([header, { value }]) => [header, toHeader(value)]),
    ),
    value: toRecordValue(read, timing.at),
    expected: toExpected(read.expect),
    result: read.result && toResult(read.result),
    status: toStatuses(read.status),
  }
}

function toStatuses(read: RecordValues['status']): TestStep['status'] {
  const entries = Array.from(read?.value ?? [], ([name, { value, at, nameAt }]) => {
    return [name, { ...toStatus(value, at), nameAt }] as const
  })
  return new Map(entries)
}

type StatusValue = ValueOf<typeof STATUS_SHAPE.of>

function toStatus(value: StatusValue, at: Location): ExpectedStatus {
  if (typeof value === 'string') return { status: value, reason: undefined, at }
  const [status, reason] = Object.entries(value).find(([, given]) => given !== undefined) as [
    ExpectedStatus['status'],
    Read<NonNullable<ExpectedStatus['reason']>>,
  ]
  return { status, reason: reason.value, at }
}

function toHeader(value: ValueOf<typeof HEADER_SHAPE>): string | readonly string[] {
  return typeof value === 'string' ? value : value.map((text) => text.value)
}

function toRecordValue(read: RecordValues, at: Location): RecordValue {
  const { event, eventFile, base, raw, rawBase64 } = read
  if (event) return { kind: 'inline', json: event.value, at: event.at }
  if (eventFile) return { kind: 'file', path: eventFile.value.text, at: eventFile.at }
  if (base) return { kind: 'base', name: base.value, patch: read.with?.value, at: base.at }
  if (raw) return { kind: 'bytes', bytes: Buffer.from(raw.value, 'utf8'), at: raw.at }
  if (rawBase64) return { kind: 'bytes', bytes: Buffer.from(rawBase64.value, 'base64'), at: rawBase64.at }
  return { kind: 'bytes', bytes: null, at: read.tombstone?.at ?? at }
}

function toExpected(expect: Read<ValueOf<typeof EXPECT_SHAPE>> | undefined): TestStep['expected'] {
  const entries = Array.from(expect?.value ?? [], ([rule, { value, at, nameAt }]) => {
    return [rule, { ...toExpectation(value, at), nameAt }] as const
  })
  return new Map(entries)
}

type ExpectedVerdict = ValueOf<typeof EXPECT_SHAPE.of>

function toExpectation(value: ExpectedVerdict, at: Location): Expectation {
  const nothingMore = { reason: undefined, code: undefined, path: undefined, message: undefined, at }
  if (typeof value === 'string') return { verdict: value, ...nothingMore }
  const { fail, error, skip, code, path, message } = value
  const more = { code: code?.value, path: path && (path.value || '/'), message: message?.value, at }
  if (fail) return { verdict: 'fail', reason: fail.value, ...more }
  if (error) return { verdict: 'error', reason: error.value, ...more }
  return { verdict: 'skip', reason: skip?.value, ...more }
}

function toResult({ value, at }: Read<ValueOf<typeof RESULT_SHAPE>>): ExpectedResult {
  return typeof value === 'string'
    ? { result: value, reason: undefined, at }
    : { result: 'undecodable', reason: value.undecodable.value, at }
}
