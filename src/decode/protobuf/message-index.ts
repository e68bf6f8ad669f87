import type { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'
import { zigzag } from '../zigzag.ts'
import type { MessagePlace, ProtoMessage } from './type.ts'

/** As deep as messages are ever nested in one another's definition. */
const MAX_INDEXES = 100

/**
 * Which message of its schema a record holds: the way to it, from the outermost one inwards, written in front of the message. No number
 * at all means the first one.
 */
export function readMessageIndex(source: ByteSource): readonly number[] {
  const count = Number(zigzag(source.varint()))
  if (count === 0) return [0]
  if (count < 0 || count > MAX_INDEXES)
    throw new DataFault('bad_frame', 'the list of message indexes is damaged')
  return Array.from({ length: count }, () => Number(zigzag(source.varint())))
}

/** The message at a place in the schema. It is never guessed: where there is none, the record can't be read. */
export function messageAt(places: readonly MessagePlace[], index: readonly number[]): ProtoMessage {
  let found: MessagePlace | undefined
  let level = places
  for (const at of index) {
    found = level[at]
    if (found === undefined) {
      throw new DataFault('bad_frame', `the schema has no message at the index [${index.join(', ')}]`)
    }
    level = found.nested
  }
  return (found as MessagePlace).message
}
