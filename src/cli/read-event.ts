import { readLines } from '../adapters/files/lines.ts'
import { readStart } from '../adapters/files/read-start.ts'
import { DEFAULT_DECODE_LIMITS, decodeValue } from '../decode/decode.ts'
import type { Problem } from '../model/problem.ts'
import { unreadableInput } from './unreadable-input.ts'

/** The bytes of one event, and the line that they stand in (1 for a file that is one event). */
export interface EventBytes {
  readonly line: number
  readonly bytes: Buffer
}

/** Reads the event of a file: all of it, or one of its lines. */
export async function readEvent(file: string, line: number | undefined): Promise<EventBytes | Problem> {
  try {
    return line === undefined ? await readWhole(file) : await readLine(file, line)
  } catch (error) {
    return unreadableInput(file, error)
  }
}

/** A file that is no event, but whose first line is one, holds one event a line. */
async function readWhole(file: string): Promise<EventBytes | Problem> {
  const bytes = await readStart(file, DEFAULT_DECODE_LIMITS.maxEventBytes)
  const text = bytes.toString('latin1').trim()
  const end = text.indexOf('\n')
  if (text === '') return unclear(`${file} holds no event`)
  if (!isJson(bytes) && end !== -1 && isJson(Buffer.from(text.slice(0, end), 'latin1'))) {
    return unclear(`${file} holds several events, one a line`)
  }
  return { line: 1, bytes: withoutLineBreak(bytes) }
}

async function readLine(file: string, wanted: number): Promise<EventBytes | Problem> {
  let last = 0
  for await (const { number, bytes } of readLines(file)) {
    last = number
    if (number === wanted) return { line: number, bytes }
    if (number > wanted) return unclear(`line ${wanted} of ${file} is blank`)
  }
  return unclear(`${file} has no event in line ${wanted}; its last one is in line ${last}`)
}

function isJson(bytes: Buffer): boolean {
  return decodeValue(bytes, 'json', DEFAULT_DECODE_LIMITS).kind === 'event'
}

/** Editors end a file with a line break, which is no part of the event. */
function withoutLineBreak(bytes: Buffer): Buffer {
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0
  return bytes.subarray(0, bytes.length - end)
}

function unclear(message: string): Problem {
  return {
    code: 'LINE_UNCLEAR',
    severity: 'error',
    message,
    hint: 'Name the line of the event with --line, counted from 1.',
  }
}
