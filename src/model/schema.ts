/** Languages in which a registry's schemas are written. */
export const SCHEMA_KINDS = ['avro', 'protobuf', 'json-schema'] as const
export type SchemaKind = (typeof SCHEMA_KINDS)[number]

/** A schema that another one refers to, under the name by which it does: a full name in Avro, the path of an import in Protobuf. */
export interface ReferencedSchema {
  readonly name: string
  readonly text: string
}

/** A schema as a registry holds it. */
export interface RegistrySchema {
  readonly kind: SchemaKind
  readonly text: string
  /** All that is referred to, also by way of others: each stands before those that refer to it. */
  readonly references: readonly ReferencedSchema[]
}

/** What a registry said of an id: the schema, or for good that there is none that can be used. */
export type KnownSchema =
  | { readonly kind: 'schema'; readonly schema: RegistrySchema }
  | { readonly kind: 'unknown'; readonly detail: string }
