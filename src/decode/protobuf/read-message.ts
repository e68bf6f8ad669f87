import type { Numbers } from '../../model/contract.ts'
import type { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'
import { plainObject } from '../plain-object.ts'
import type { PlainObject } from '../plain-object.ts'
import { convertWellKnown, isWellKnown } from './convert-well-known.ts'
import type { ScalarReader } from './scalars.ts'
import type { ProtoField } from './type.ts'
import { fieldOf, isGroupEnd, readLength, readTag, skipValue, WIRE, wireOf } from './wire.ts'

export type Read = (source: ByteSource) => unknown

/** A field of a message, ready to be read. */
export interface FieldPlan {
  readonly field: ProtoField
  readonly wire: number
  readonly read: Read
  /** Reads what a group holds; only of messages. */
  readonly readGroup: Read | undefined
  /** Reads a key of a map. */
  readonly readKey: ScalarReader | undefined
  /** What a field is until something is read. */
  readonly initial: () => unknown
  /** The value of an entry of a map that leaves it out. */
  readonly readNothing: Read
}

export interface MessagePlan {
  readonly name: string
  readonly byNumber: Map<number, FieldPlan>
  /** Fields that are there also if they were not written. */
  readonly always: FieldPlan[]
  readonly required: string[]
}

/** Reads a message with its length in front. */
export function readDelimited(source: ByteSource, plan: MessagePlan, numbers: Numbers): unknown {
  return readNarrowed(source, readLength(source), plan, numbers)
}

/** Reads a message that takes up so many bytes. */
export function readNarrowed(
  source: ByteSource,
  length: number,
  plan: MessagePlan,
  numbers: Numbers,
): unknown {
  const end = source.narrow(length)
  const message = readBody(source, plan, numbers)
  source.end = end
  return message
}

/** Reads up to the end of the bytes, or of the group that field number `group` began. */
export function readBody(source: ByteSource, plan: MessagePlan, numbers: Numbers, group?: number): unknown {
  source.enter(plan.byNumber.size)
  const message = plainObject()
  for (const { field, initial } of plan.always) message[field.name] = initial()
  for (;;) {
    if (group === undefined && source.at >= source.end) break
    const tag = readTag(source)
    if (group !== undefined && isGroupEnd(tag, group)) break
    const known = plan.byNumber.get(fieldOf(tag))
    if (known === undefined) skipValue(source, tag)
    else readField(source, message, known, wireOf(tag))
  }
  const missing = plan.required.find((name) => !(name in message))
  if (missing !== undefined)
    throw new DataFault('bad_frame', `the required field ${missing} of ${plan.name} is not there`)
  source.leave()
  return isWellKnown(plan.name) ? convertWellKnown(plan.name, message, numbers, source) : message
}

function readField(source: ByteSource, message: PlainObject, plan: FieldPlan, wire: number): void {
  const { name, isRepeated } = plan.field
  if (plan.readKey !== undefined && wire === WIRE.bytes)
    readEntry(source, message[name] as PlainObject, plan, plan.readKey)
  else if (isRepeated) readItems(source, message[name] as unknown[], plan, wire)
  else message[name] = readValue(source, plan, wire)
}

function readValue(
  source: ByteSource,
  { field, wire: expected, read, readGroup }: FieldPlan,
  wire: number,
): unknown {
  if (wire === expected) return read(source)
  if (wire === WIRE.group && readGroup !== undefined) return readGroup(source)
  // Other decoders take it for an unknown field, and show a record of another type as one with nothing in it.
  throw new DataFault('bad_frame', `field ${field.number} (${field.name}) is not laid out as the schema says`)
}

/** Numbers may stand one by one or packed together, whatever the schema says. */
function readItems(source: ByteSource, items: unknown[], plan: FieldPlan, wire: number): void {
  if (wire !== WIRE.bytes || plan.wire === WIRE.bytes) {
    source.spend(1)
    items.push(readValue(source, plan, wire))
    return
  }
  const end = source.narrow(readLength(source))
  while (source.at < source.end) items.push(plan.read(source))
  source.end = end
}

/** An entry of a map is a message of a key and a value, of which either may be left out. The last entry of a key holds. */
function readEntry(source: ByteSource, map: PlainObject, plan: FieldPlan, readKey: ScalarReader): void {
  const end = source.narrow(readLength(source))
  let key = readKey.zero
  let value: unknown
  while (source.at < source.end) {
    const tag = readTag(source)
    if (fieldOf(tag) === 1 && wireOf(tag) === readKey.wire) key = readKey.read(source)
    else if (fieldOf(tag) === 2) value = readValue(source, plan, wireOf(tag))
    else skipValue(source, tag)
  }
  source.end = end
  source.spend(1)
  if (key === '__proto__') throw new DataFault('unsafe_keys', 'a map has a key `__proto__`')
  map[String(key)] = value ?? plan.readNothing(source)
}
