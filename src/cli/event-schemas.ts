import { readReferencedFile } from '../adapters/files/text-file.ts'
import { eventSchema } from '../decode/json-schema/event-schema.ts'
import type { EventReading } from '../decode/json-schema/event-schema.ts'
import { UnreadableSchema } from '../decode/unreadable-schema.ts'
import { gatherSchemas } from '../evaluate/schema-documents.ts'
import { SchemaCompileError } from '../evaluate/schema-fault.ts'
import { filesOf } from '../inspect/event-type.ts'
import type { EventSchema } from '../inspect/event-type.ts'
import type { RegistrySchema } from '../model/schema.ts'

/** Why a schema says nothing of its events, in words that end "the schema …". */
export interface NoEvents {
  readonly reason: string
}

/**
 * What the events of a schema look like to rules.
 *
 * @param path what messages call the schema; a file, if schemas of files are to be found from there
 */
export function toEventSchema(
  path: string,
  schema: RegistrySchema,
  reading: EventReading,
  isFile: boolean,
): EventSchema | NoEvents {
  try {
    const text = JSON.stringify(eventSchema(schema, reading))
    const found: EventSchema = {
      path,
      text,
      ...(isFile && schema.kind === 'json-schema' ? { files: readReferencedFile } : {}),
    }
    gatherSchemas(path, path, filesOf(found))
    return found
  } catch (error) {
    if (error instanceof UnreadableSchema) return { reason: error.message }
    if (error instanceof SchemaCompileError) return { reason: `can’t be followed: ${error.message}` }
    // The parsers have limits of their own; beyond them it is the stack.
    if (error instanceof RangeError) return { reason: 'nests too deeply' }
    throw error
  }
}
