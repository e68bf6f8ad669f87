import type { Numbers } from '../model/contract.ts'
import type { RegistrySchema } from '../model/schema.ts'
import { parseAvro } from './avro/parse-avro.ts'
import { avroReader } from './avro/reader.ts'
import type { ByteSource } from './byte-source.ts'
import { DataFault } from './data-fault.ts'
import { messageAt, readMessageIndex } from './protobuf/message-index.ts'
import { parseProtobuf } from './protobuf/parse-protobuf.ts'
import { protobufReader } from './protobuf/reader.ts'
import type { MessagePlace, ProtoMessage } from './protobuf/type.ts'

/** Reads the one value behind a frame's header, to the last byte. Throws DataFault. */
export type FrameReader = (source: ByteSource) => unknown

/**
 * A reader of the records that a schema of Avro or Protobuf writes.
 *
 * @throws UnreadableSchema
 */
export function frameReader(schema: RegistrySchema, numbers: Numbers): FrameReader {
  return schema.kind === 'protobuf'
    ? protobufFrameReader(parseProtobuf(schema), numbers)
    : toTheEnd(avroReader(parseAvro(schema), numbers))
}

function toTheEnd(read: FrameReader): FrameReader {
  return (source) => {
    const value = read(source)
    const left = source.end - source.at
    if (left > 0) throw new DataFault('bad_frame', `${left} bytes are left behind the value`)
    return value
  }
}

function protobufFrameReader(places: readonly MessagePlace[], numbers: Numbers): FrameReader {
  const readers = new Map<ProtoMessage, FrameReader>()
  return (source) => {
    const message = messageAt(places, readMessageIndex(source))
    let read = readers.get(message)
    if (read === undefined) {
      read = protobufReader(message, numbers)
      readers.set(message, read)
    }
    return read(source)
  }
}
