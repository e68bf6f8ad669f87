/** What a primitive or a fixed value stands for, beyond its bytes. */
export type Logical =
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'date' | 'uuid' | 'duration' }
  | { readonly kind: 'time' | 'timestamp' | 'local-timestamp'; readonly digits: 3 | 6 | 9 }

export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const
export type Primitive = (typeof PRIMITIVES)[number]

export interface AvroField {
  readonly name: string
  readonly type: AvroType
}

/** A record's fields are added when its own name is known, for they may refer to it. */
export interface AvroRecord {
  readonly kind: 'record'
  readonly name: string
  fields: readonly AvroField[]
}

/** An Avro schema whose names are resolved. It may refer to itself. */
export type AvroType =
  | { readonly kind: Primitive; readonly logical: Logical | undefined }
  | {
      readonly kind: 'fixed'
      readonly name: string
      readonly size: number
      readonly logical: Logical | undefined
    }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | AvroRecord
