export const SCALARS = [
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
] as const
export type Scalar = (typeof SCALARS)[number]

export interface ProtoEnum {
  readonly kind: 'enum'
  readonly name: string
  /** By number; of several names for one, the first. */
  readonly names: ReadonlyMap<number, string>
  /** What a field is that was not written. */
  readonly first: string | number
}

export interface ProtoField {
  readonly name: string
  readonly number: number
  readonly type: Scalar | ProtoEnum | ProtoMessage
  readonly isRepeated: boolean
  readonly isRequired: boolean
  /** Whether "not written" is told from the default value. If it is not, a field that was not written has that value. */
  readonly hasPresence: boolean
  /** For a map, the type of its keys; `type` is then that of its values. */
  readonly mapKey: Scalar | undefined
}

/** A message whose names are resolved. It may refer to itself: fields are added when all names are known. */
export interface ProtoMessage {
  readonly kind: 'message'
  readonly name: string
  fields: readonly ProtoField[]
}

/** Where messages stand in a file, for a record says by numbers which of them it holds. */
export interface MessagePlace {
  readonly message: ProtoMessage
  readonly nested: readonly MessagePlace[]
}

/** A field whose type is still a name, to be looked for from the scope that the field stands in. */
export interface NamedField extends Omit<ProtoField, 'type'> {
  readonly typeName: string
}

/** A message of which the fields are not resolved yet. */
export interface NamedMessage {
  readonly message: ProtoMessage
  readonly fields: readonly NamedField[]
}

/** What one file defines. */
export interface ProtoFile {
  readonly places: readonly MessagePlace[]
  readonly messages: readonly NamedMessage[]
  readonly enums: readonly ProtoEnum[]
}
