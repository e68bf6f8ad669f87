import { readLines } from '../adapters/files/lines.ts'
import { DEFAULT_DECODE_LIMITS, decodeValue } from '../decode/decode.ts'
import type { DecodedValue } from '../decode/decode.ts'
import type { Problem } from '../model/problem.ts'
import { unreadableInput } from './unreadable-input.ts'

/** Events to learn from, and what was left out. */
export interface SampleEvents {
  readonly events: readonly unknown[]
  /** Lines that are no events. */
  readonly unreadable: number
  /** The first of them, as `line 3: not_json (not valid JSON)`. */
  readonly firstUnreadable: string | undefined
  /** There are more events than were read. */
  readonly isCut: boolean
}

/** More would tell nothing new. */
const MAX_EVENTS = 10_000
const MAX_BYTES = 64 * 1024 * 1024

type Undecodable = Extract<DecodedValue, { kind: 'undecodable' }>

/** Reads a sample: JSON events, one a line; or one event on many lines. */
export async function readSample(file: string): Promise<SampleEvents | Problem> {
  try {
    const reading = new SampleReading()
    for await (const { number, bytes } of readLines(file)) {
      if (reading.isFull) break
      reading.add(number, bytes)
    }
    return toSample(file, reading)
  } catch (error) {
    return unreadableInput(file, error)
  }
}

class SampleReading {
  readonly events: unknown[] = []
  readonly failures: { readonly line: number; readonly decoded: Undecodable }[] = []
  /** The whole text, while it is no longer than an event may be: the lines may be parts of one event. */
  readonly #lines: Buffer[] = []
  #bytes = 0

  get isFull(): boolean {
    return this.events.length >= MAX_EVENTS || this.#bytes > MAX_BYTES
  }

  add(line: number, bytes: Buffer): void {
    this.#bytes += bytes.length
    if (this.#bytes <= DEFAULT_DECODE_LIMITS.maxEventBytes) this.#lines.push(bytes)
    const decoded = decodeValue(bytes, 'auto', DEFAULT_DECODE_LIMITS)
    if (decoded.kind === 'event') this.events.push(decoded.value)
    else if (decoded.kind === 'undecodable') this.failures.push({ line, decoded })
  }

  /** The one event that all lines together are, if they are one. */
  asOneEvent(): DecodedValue | undefined {
    if (this.#bytes > DEFAULT_DECODE_LIMITS.maxEventBytes) return undefined
    const joined = this.#lines.flatMap((line) => [line, Buffer.from('\n')])
    return decodeValue(Buffer.concat(joined), 'auto', DEFAULT_DECODE_LIMITS)
  }
}

function toSample(file: string, reading: SampleReading): SampleEvents | Problem {
  const { events, failures } = reading
  const whole = failures.length > 0 ? reading.asOneEvent() : undefined
  const all = whole?.kind === 'event' ? [whole.value] : events
  const [only, another] = all
  if (another === undefined && Array.isArray(only) && only.some((item) => typeof item === 'object')) {
    return unusable(
      `${file} is one JSON array, and not one event a line`,
      `Split it: jq -c '.[]' ${file} > events.ndjson`,
    )
  }
  if (whole?.kind === 'event') return sampleOf(all, [], false)
  if (events.length + failures.length === 0) {
    return unusable(
      `${file} holds no event`,
      'Give one JSON event a line, or leave out --from for a template.',
    )
  }
  if (failures.length > events.length) {
    return unusable(
      `${file}: ${failures.length} of ${events.length + failures.length} lines are no JSON events; ${describe(failures)}`,
      'Give one JSON event a line, as `kafka-console-consumer.sh` prints the values of a topic of JSON.',
    )
  }
  return sampleOf(all, failures, reading.isFull)
}

function sampleOf(
  events: readonly unknown[],
  failures: SampleReading['failures'],
  isCut: boolean,
): SampleEvents {
  const firstUnreadable = failures.length === 0 ? undefined : describe(failures)
  return { events, unreadable: failures.length, firstUnreadable, isCut }
}

function describe([first]: SampleReading['failures']): string {
  return first === undefined ? '' : `line ${first.line}: ${first.decoded.reason} (${first.decoded.detail})`
}

function unusable(message: string, hint: string): Problem {
  return { code: 'SAMPLE_UNUSABLE', severity: 'error', message, hint }
}
