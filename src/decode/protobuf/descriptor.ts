import { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'
import { UnreadableSchema } from '../unreadable-schema.ts'
import { DESCRIPTOR_FILE, FIELD_TYPES, LABEL, PRESENCE } from './descriptor-file.ts'
import type { EnumDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor } from './descriptor-file.ts'
import { parseProtoText } from './parse-file.ts'
import { protobufReader } from './reader.ts'
import { resolveNames } from './resolve.ts'
import { SCALARS } from './type.ts'
import type {
  MessagePlace,
  NamedField,
  NamedMessage,
  ProtoEnum,
  ProtoFile,
  ProtoMessage,
  Scalar,
} from './type.ts'

const MAX_NESTING = 100

/** Whether a schema is no text but a compiled `FileDescriptorProto` in base64, as Python's serialiser registers it. */
export function isDescriptor(text: string): boolean {
  return /^[A-Za-z0-9+/\s]+=*\s*$/.test(text)
}

/**
 * What a compiled file defines. Messages count as the compiler counts them: the entries of maps are nested messages, too.
 *
 * @throws UnreadableSchema
 */
export function parseDescriptor(text: string, what: string): ProtoFile {
  const file = readDescriptor(Buffer.from(text, 'base64'), what)
  const collected = new DescriptorCollector(file)
  collected.places = file.message_type.map((message) => collected.message(message, file.package ?? ''))
  for (const type of file.enum_type) collected.addEnum(type, file.package ?? '')
  return collected
}

function readDescriptor(bytes: Buffer, what: string): FileDescriptor {
  const definition = parseProtoText(DESCRIPTOR_FILE, 'the descriptor')
  resolveNames([definition])
  const [place] = definition.places
  const source = new ByteSource(MAX_NESTING)
  source.moveTo(bytes, 0)
  try {
    return protobufReader((place as MessagePlace).message, 'safe')(source) as FileDescriptor
  } catch (error) {
    if (!(error instanceof DataFault)) throw error
    throw new UnreadableSchema(`is no Protobuf schema: ${what} is no descriptor (${error.message})`)
  }
}

class DescriptorCollector implements ProtoFile {
  places: readonly MessagePlace[] = []
  readonly messages: NamedMessage[] = []
  readonly enums: ProtoEnum[] = []
  readonly #file: FileDescriptor

  constructor(file: FileDescriptor) {
    this.#file = file
  }

  message(descriptor: MessageDescriptor, scope: string): MessagePlace {
    const message: ProtoMessage = { kind: 'message', name: inScope(scope, descriptor.name), fields: [] }
    const entries = entriesIn(descriptor)
    this.messages.push({ message, fields: descriptor.field.map((field) => this.#field(field, entries)) })
    for (const type of descriptor.enum_type) this.addEnum(type, message.name)
    return { message, nested: descriptor.nested_type.map((nested) => this.message(nested, message.name)) }
  }

  addEnum({ name, value }: EnumDescriptor, scope: string): void {
    const names = new Map(value.toReversed().map((item) => [item.number ?? 0, item.name ?? '']))
    this.enums.push({ kind: 'enum', name: inScope(scope, name), names, first: value[0]?.name ?? 0 })
  }

  #field(field: FieldDescriptor, entries: Entries): NamedField {
    const [key, value] =
      entries.get(field.type_name?.slice(field.type_name.lastIndexOf('.') + 1))?.field ?? []
    const isMap = key !== undefined && value !== undefined
    const presence = field.options?.features?.field_presence
    return {
      name: field.name ?? '',
      number: field.number ?? 0,
      typeName: typeNameOf(isMap ? value : field),
      isRepeated: !isMap && field.label === LABEL.repeated,
      isRequired: field.label === LABEL.required || presence === PRESENCE.required,
      hasPresence: this.#hasPresence(field),
      mapKey: isMap ? scalarOf(key) : undefined,
    }
  }

  #hasPresence({ oneof_index: oneof, options }: FieldDescriptor): boolean {
    if (oneof !== undefined) return true
    if (this.#file.syntax === 'proto3') return false
    const presence = options?.features?.field_presence ?? this.#file.options?.features?.field_presence
    return presence !== PRESENCE.implicit
  }
}

type Entries = ReadonlyMap<string | undefined, MessageDescriptor>

/** The nested messages that stand for the entries of maps, by name. */
function entriesIn({ nested_type: nested }: MessageDescriptor): Entries {
  const entries = nested.filter(({ options }) => options?.map_entry === true)
  return new Map(entries.map((entry) => [entry.name, entry]))
}

function typeNameOf(field: FieldDescriptor): string {
  return field.type_name ?? FIELD_TYPES[field.type ?? 0] ?? 'unknown'
}

function scalarOf(field: FieldDescriptor): Scalar {
  return SCALARS.find((scalar) => scalar === typeNameOf(field)) ?? 'string'
}

function inScope(scope: string, name = ''): string {
  return scope === '' ? name : `${scope}.${name}`
}
