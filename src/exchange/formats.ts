import { importAvro } from './avro/import-avro.ts'
import { importConfluent } from './confluent/import-confluent.ts'
import type { Imported, ImportOptions } from './imported.ts'
import { importJsonSchema } from './json-schema/import-json-schema.ts'
import { importOdcs } from './odcs/import-odcs.ts'
import { type ReadSource, readJsonSource, readYamlSource, type SourceDocument } from './source-document.ts'

/** A format that can be imported. */
export interface ImportFormat {
  readonly description: string
  read(file: string, text: string): ReadSource
  convert(document: SourceDocument, options: ImportOptions): Imported
}

/** By the name that the command line has for them. */
export const IMPORT_FORMATS: Readonly<Record<string, ImportFormat>> = {
  odcs: {
    description: 'a contract of the Open Data Contract Standard 3.x (YAML or JSON)',
    read: readYamlSource,
    convert: importOdcs,
  },
  confluent: {
    description: 'a data contract of Confluent’s schema registry: schema, metadata and rule set (JSON)',
    read: readJsonSource,
    convert: importConfluent,
  },
  'json-schema': {
    description: 'a JSON Schema of draft 4, 7, 2019-09 or 2020-12',
    read: readJsonSource,
    convert: importJsonSchema,
  },
  avro: { description: 'an Avro schema (.avsc)', read: readJsonSource, convert: importAvro },
}
