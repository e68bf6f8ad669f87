import { DEFAULT_DECODE_LIMITS, decodeValue, valueFormat } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { compileExpression, ExpressionSyntaxError } from '../expression/index.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Problem } from '../model/problem.ts'
import { readEventTime } from '../stream/event-time.ts'

/** Says when a record arrived, in milliseconds since the epoch; undefined if it does not tell. */
export type SampleClock = (record: KafkaRecord) => number | undefined

/** The word for the time of the record itself, of lines that are records. */
const TIMESTAMP = 'timestamp'

/**
 * The clock on which a sample is played.
 *
 * @param clock `timestamp` for lines that are records, else an expression for the time of an event
 */
export function sampleClock(
  clock: string,
  areRecords: boolean,
  { format }: CompiledTopic,
): SampleClock | Problem {
  if (areRecords)
    return clock === TIMESTAMP ? timestampOf : unusable(`is \`${clock}\`, but lines are records`)
  try {
    const expression = compileExpression(clock)
    return (record) => {
      const decoded = decodeValue(record.value, valueFormat(format), DEFAULT_DECODE_LIMITS)
      if (decoded.kind !== 'event') return undefined
      return readEventTime(expression.evaluate(decoded.value, new EventContext(record, record.timestampMs)))
    }
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return unusable(`can’t be used: ${error.message}`)
    throw error
  }
}

/** A record without a timestamp was given the moment at which it was read. */
function timestampOf({ timestampMs }: KafkaRecord): number {
  return timestampMs
}

/** Said where a sample can't be played at all. */
export const NO_TIMES = unusable('finds no time in any event')

function unusable(what: string): Problem {
  return {
    code: 'CLOCK_UNUSABLE',
    severity: 'error',
    message: `--clock ${what}`,
    hint: 'Give a JSONata expression for the time of an event, such as `--clock occurred_at`; with --records, write `--clock timestamp`.',
  }
}
