import { isUtf8 } from 'node:buffer'
import type { Decoded } from '../model/record.ts'

/** Bytes to UTF-8 text without its byte order mark, or undefined if they are not UTF-8. */
export function utf8Text(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined
  return hasByteOrderMark(bytes) ? bytes.toString('utf8', 3) : bytes.toString('utf8')
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** The format `string`: the event is the text itself. */
export function decodeText(bytes: Buffer): Decoded {
  const text = utf8Text(bytes)
  return text === undefined
    ? BAD_ENCODING
    : { kind: 'event', value: text, roundedNumbers: 0, recognised: 'string', schemaId: undefined }
}

/** Shared, because nothing about such bytes may be quoted. */
export const BAD_ENCODING: Decoded = {
  kind: 'undecodable',
  reason: 'bad_encoding',
  detail: 'not valid UTF-8',
}
