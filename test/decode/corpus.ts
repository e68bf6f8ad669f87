import { readFileSync } from 'node:fs'
import { DEFAULT_DECODE_LIMITS, Decoder } from '../../src/decode/decode.ts'
import type { FindSchema } from '../../src/decode/decode.ts'
import type { Format, Numbers } from '../../src/model/contract.ts'
import type { RegistrySchema } from '../../src/model/schema.ts'

/** A record that Confluent's Python client wrote (`tools/foreign-records/make.py`), and what an event must show of it. */
export interface ForeignRecord {
  readonly case: string
  readonly topic: string
  readonly schema_id: number
  readonly key_base64: string | null
  readonly value_base64: string
  readonly shown: unknown
}

interface Corpus {
  readonly schemas: Readonly<Record<string, RegistrySchema>>
  readonly records: readonly ForeignRecord[]
}

const file = new URL('../fixtures/records/python-made.json', import.meta.url)
export const CORPUS = JSON.parse(readFileSync(file, 'utf8')) as Corpus

/** The record of a case. */
export function foreign(name: string): Buffer {
  const found = CORPUS.records.find((record) => record.case === name)
  return Buffer.from(found?.value_base64 ?? '', 'base64')
}

/** Knows the schemas that are given by id, and that there are no others. */
export function findIn(schemas: Readonly<Record<string, RegistrySchema>>): FindSchema {
  return (id) => {
    const schema = schemas[id]
    return schema === undefined ? { kind: 'unknown', detail: 'no such schema' } : { kind: 'schema', schema }
  }
}

/** A decoder of records that are framed with schemas of these. */
export function decoder(
  schemas: Readonly<Record<string, RegistrySchema>> = CORPUS.schemas,
  format: Format = 'auto',
  numbers: Numbers = 'safe',
): Decoder {
  return new Decoder({ format, numbers, limits: DEFAULT_DECODE_LIMITS }, findIn(schemas))
}

/** Bytes framed with schema id 1. */
export function framed(...bytes: readonly (number | Uint8Array)[]): Buffer {
  const parts = bytes.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part)))
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), ...parts])
}

export function avro(schema: unknown, ...references: readonly unknown[]): Record<string, RegistrySchema> {
  const texts = references.map((reference, index) => ({ name: `r${index}`, text: JSON.stringify(reference) }))
  return { 1: { kind: 'avro', text: JSON.stringify(schema), references: texts } }
}

export function protobuf(
  text: string,
  references: RegistrySchema['references'] = [],
): Record<string, RegistrySchema> {
  return { 1: { kind: 'protobuf', text, references } }
}
