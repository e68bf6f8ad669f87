import { UnreadableSchema } from '../unreadable-schema.ts'
import { SCALARS } from './type.ts'
import type { NamedField, ProtoEnum, ProtoField, ProtoFile, ProtoMessage } from './type.ts'

/**
 * Gives the fields of all messages their types. Of two files that define the same name, the earlier one holds.
 *
 * @throws UnreadableSchema
 */
export function resolveNames(files: readonly ProtoFile[]): void {
  new Scope(files).resolve()
}

class Scope {
  readonly #types = new Map<string, ProtoMessage | ProtoEnum>()
  readonly #files: readonly ProtoFile[]

  constructor(files: readonly ProtoFile[]) {
    this.#files = files
    for (const { messages, enums } of files) {
      for (const type of [...messages.map(({ message }) => message), ...enums]) {
        if (!this.#types.has(type.name)) this.#types.set(type.name, type)
      }
    }
  }

  resolve(): void {
    for (const { messages } of this.#files) {
      for (const { message, fields } of messages) {
        message.fields = fields.map((field) => this.#field(field, message.name))
      }
    }
  }

  #field({ typeName, ...field }: NamedField, scope: string): ProtoField {
    const type = SCALARS.find((scalar) => scalar === typeName) ?? this.#find(typeName, scope)
    const isPlain = !field.isRepeated && field.mapKey === undefined
    const isMessage = typeof type === 'object' && type.kind === 'message'
    return { ...field, type, hasPresence: isPlain && (field.hasPresence || isMessage) }
  }

  /** A name is looked for from the innermost scope outwards; with a dot in front it is whole. */
  #find(name: string, scope: string): ProtoMessage | ProtoEnum {
    if (name.startsWith('.')) return this.#types.get(name.slice(1)) ?? notDefined(name.slice(1), scope)
    for (let prefix = scope; ; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('.')))) {
      const found = this.#types.get(prefix === '' ? name : `${prefix}.${name}`)
      if (found !== undefined) return found
      if (prefix === '') return notDefined(name, scope)
    }
  }
}

function notDefined(name: string, scope: string): never {
  throw new UnreadableSchema(`uses the type ${name} in ${scope}, which neither it nor its references define`)
}
