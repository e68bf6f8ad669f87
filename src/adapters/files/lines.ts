import { createReadStream } from 'node:fs'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** A line of a file, counted from 1, without its line break. */
export interface Line {
  readonly number: number
  readonly bytes: Buffer
}

/**
 * The lines of a file or of standard input (`-`) as bytes, so that a line that is no UTF-8 is judged as a record with the same bytes
 * would be. Blank lines are passed over; a last line needs no line break.
 *
 * @throws the system's error if the file can't be read
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const stream = path === '-' ? process.stdin : createReadStream(path)
  let parts: Buffer[] = []
  let number = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const bytes = trimEnd(Buffer.concat([...parts, chunk.subarray(start, end)]))
      number++
      if (bytes.length > 0) yield { number, bytes }
      parts = []
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  }
  const bytes = trimEnd(Buffer.concat(parts))
  if (bytes.length > 0) yield { number: number + 1, bytes }
}

function trimEnd(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}
