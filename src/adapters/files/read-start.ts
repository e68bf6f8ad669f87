import { createReadStream } from 'node:fs'

/**
 * The first bytes of a file or of standard input (`-`): all of them, or somewhat more than `maxBytes`, so that the caller sees that there
 * are too many.
 *
 * @throws the system's error if the file can't be read
 */
export async function readStart(path: string, maxBytes: number): Promise<Buffer> {
  const stream = path === '-' ? process.stdin : createReadStream(path)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) break
  }
  return Buffer.concat(chunks)
}
