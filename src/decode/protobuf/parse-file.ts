import protobuf from 'protobufjs'
import { UnreadableSchema } from '../unreadable-schema.ts'
import { isTooCostly } from './parse-cost.ts'
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

/**
 * What the text of a `.proto` file defines. protobufjs parses it; its own decoders are left alone, for they are code made from schema
 * text. Messages count in the order of the file, as Java's serialiser counts them.
 *
 * @throws UnreadableSchema
 */
export function parseProtoText(text: string, what: string): ProtoFile {
  const collected = new Collector()
  collected.places = collected.placesIn(parse(text, what))
  return collected
}

function parse(text: string, what: string): protobuf.Root {
  // protobufjs keeps names as keys of plain objects.
  if (text.includes('__proto__')) throw new UnreadableSchema(`is refused: ${what} has the name __proto__`)
  if (isTooCostly(text)) throw new UnreadableSchema(`is refused: ${what} has messages with too many fields`)
  try {
    const { root } = protobuf.parse(text, new protobuf.Root(), { keepCase: true })
    root._resolveFeaturesRecursive('proto2')
    return root
  } catch (error) {
    throw new UnreadableSchema(
      `is no Protobuf schema: ${what} can’t be parsed (${error instanceof Error ? firstLine(error.message) : 'unknown'})`,
    )
  }
}

class Collector implements ProtoFile {
  places: readonly MessagePlace[] = []
  readonly messages: NamedMessage[] = []
  readonly enums: ProtoEnum[] = []

  /** The messages that stand in a namespace, which may be a message, or packages around those of the file. */
  placesIn(namespace: protobuf.NamespaceBase): MessagePlace[] {
    return namespace.nestedArray.flatMap((found): MessagePlace[] => {
      if (found instanceof protobuf.Type) return [this.#message(found)]
      if (found instanceof protobuf.Enum) this.enums.push(toEnum(found))
      return found instanceof protobuf.Namespace ? this.placesIn(found) : []
    })
  }

  #message(type: protobuf.Type): MessagePlace {
    const message: ProtoMessage = { kind: 'message', name: nameOf(type), fields: [] }
    // A name with a dot is that of an extension: a field of others.
    const fields = type.fieldsArray.filter(({ name }) => !name.includes('.')).map(toField)
    this.messages.push({ message, fields })
    return { message, nested: this.placesIn(type) }
  }
}

function toField(field: protobuf.Field): NamedField {
  return {
    name: field.name,
    number: field.id,
    typeName: field.type,
    isRepeated: field.repeated,
    isRequired: field.required,
    hasPresence: field.partOf !== null || Boolean(field.hasPresence),
    mapKey: field instanceof protobuf.MapField ? mapKeyOf(field) : undefined,
  }
}

function mapKeyOf({ keyType }: protobuf.MapField): Scalar {
  const known = SCALARS.find((scalar) => scalar === keyType)
  if (known === undefined) throw new UnreadableSchema(`has a map with keys of the type ${keyType}`)
  return known
}

function toEnum(type: protobuf.Enum): ProtoEnum {
  const names = new Map<number, string>()
  for (const [name, number] of Object.entries(type.values)) if (!names.has(number)) names.set(number, name)
  return { kind: 'enum', name: nameOf(type), names, first: Object.keys(type.values)[0] ?? 0 }
}

/** Full name without the dot in front. */
function nameOf({ fullName }: protobuf.ReflectionObject): string {
  return fullName.slice(1)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
