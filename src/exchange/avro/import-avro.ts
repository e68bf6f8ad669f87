import { toHead } from '../heads.ts'
import { ImportLog } from '../import-log.ts'
import type { Imported, ImportOptions } from '../imported.ts'
import { fileName, withShape } from '../json-schema/import-json-schema.ts'
import { classified, fieldsOf } from '../json-schema/tagged-fields.ts'
import { mapSchemas } from '../json-schema/walk-schemas.ts'
import type { SourceDocument } from '../source-document.ts'
import { asMapping, isMapping, textOf } from '../values.ts'
import { avroToSchema } from './avro-to-schema.ts'

/** Makes a contract with one schema rule of an Avro schema (`.avsc`). */
export function importAvro(source: SourceDocument, options: ImportOptions): Imported {
  const log = new ImportLog(source)
  if (isJsonSchema(source.value)) {
    const hint = 'Use `assay import json-schema` for it.'
    log.error('IMPORT_WRONG_KIND', [], 'this is a JSON Schema, not an Avro schema', hint)
    return { contracts: [], log }
  }
  const tagged = avroToSchema(source.value, log)
  const avro = asMapping(source.value)
  const name =
    [textOf(avro, 'namespace'), textOf(avro, 'name')].filter(Boolean).join('.') || fileName(source.file)
  const draft = {
    ...toHead({ id: options.topic ?? name, topic: name }, options, log),
    version: '1.0.0',
    description: textOf(avro, 'doc'),
    fields: classified(fieldsOf(tagged)),
    rules: [],
  }
  log.note('a JSON Schema was made of how events look after decoding: times as text, unions without names')
  log.imported('section', 'the schema', [], `${draft.id} / shape`)
  return { contracts: [withShape(draft, withoutTags(tagged))], log }
}

/** A JSON Schema without the marks of Confluent, which the validator does not know. */
export function withoutTags(schema: unknown): unknown {
  return mapSchemas(schema, (one) =>
    Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'confluent:tags')),
  )
}

function isJsonSchema(value: unknown): boolean {
  return isMapping(value) && ('$schema' in value || ('properties' in value && !('fields' in value)))
}
