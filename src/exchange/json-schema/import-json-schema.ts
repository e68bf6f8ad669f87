import type { RuleDraft } from '../contract-draft.ts'
import { baseName } from '../contract-draft.ts'
import { toHead } from '../heads.ts'
import { ImportLog } from '../import-log.ts'
import type { Imported, ImportedContract, ImportOptions } from '../imported.ts'
import type { SourceDocument } from '../source-document.ts'
import { asMapping, isMapping, textOf } from '../values.ts'
import { splitWide } from './split-wide.ts'
import { classified, fieldsOf } from './tagged-fields.ts'
import { isSchema, tidySchema } from './tidy-schema.ts'

/** Makes a contract with one schema rule of a JSON Schema of draft 4, 7, 2019-09 or 2020-12. */
export function importJsonSchema(source: SourceDocument, options: ImportOptions): Imported {
  const log = new ImportLog(source)
  if (!isSchema(source.value)) {
    log.error(
      'IMPORT_WRONG_KIND',
      [],
      'a JSON Schema is an object, true or false',
      'Give the file of a schema.',
    )
    return { contracts: [], log }
  }
  if (isAvro(source.value)) {
    const hint = 'Use `assay import avro` for it.'
    log.error('IMPORT_WRONG_KIND', ['type'], 'this is an Avro schema, not a JSON Schema', hint)
    return { contracts: [], log }
  }
  const schema = splitForValidator(tidySchema(source.value, log), log)
  const name = fileName(source.file)
  const draft = {
    ...toHead({ id: options.topic ?? name, topic: name }, options, log),
    version: '1.0.0',
    description: textOf(asMapping(schema), 'description') ?? textOf(asMapping(schema), 'title'),
    fields: classified(fieldsOf(source.value)),
    rules: [],
  }
  log.imported('section', 'the schema', [], `${draft.id} / shape`)
  return { contracts: [withShape(draft, schema)], log }
}

/** The same schema in a form that the validator can run, with a note if it is another one. */
function splitForValidator(schema: unknown, log: ImportLog): unknown {
  const { schema: split, isSplit } = splitWide(schema)
  if (isSplit)
    log.note('objects with very many properties were written as several parts (`allOf`), which says the same')
  return split
}

/** A contract whose first rule is that events match a schema. */
export function withShape(draft: ImportedContract['draft'], schema: unknown): ImportedContract {
  const path = `schemas/${baseName(draft.id, draft.domain)}.schema.json`
  const shape: RuleDraft = {
    id: 'shape',
    description: 'Each event matches the schema.',
    dimension: 'conformity',
    schema: `./${path}`,
  }
  return {
    draft: { ...draft, rules: [shape, ...draft.rules] },
    schemas: [{ path, text: `${JSON.stringify(schema, undefined, 2)}\n` }],
  }
}

function isAvro(value: unknown): boolean {
  const type = isMapping(value) ? value['type'] : undefined
  return (type === 'record' || type === 'fixed' || type === 'enum') && isMapping(value) && 'name' in value
}

/** The name of a file without what its format adds: `orders.schema.json` is `orders`. */
export function fileName(path: string): string {
  const last = path.split(/[\\/]/).at(-1) ?? path
  return last.replace(/(?:\.(?:schema|value|key))?\.(?:json|avsc|avro|ya?ml)$/i, '') || last
}
