import type { RegistrySchema } from '../../model/schema.ts'
import { isDescriptor, parseDescriptor } from './descriptor.ts'
import { parseProtoText } from './parse-file.ts'
import { resolveNames } from './resolve.ts'
import type { MessagePlace, ProtoFile } from './type.ts'
import { WELL_KNOWN_FILES } from './well-known.ts'

/**
 * The messages of a Protobuf schema in the order in which records number them, with all names resolved, through its references too.
 *
 * @throws UnreadableSchema
 */
export function parseProtobuf({
  text,
  references,
}: Pick<RegistrySchema, 'text' | 'references'>): readonly MessagePlace[] {
  const own = parseFile(text, 'it')
  const given = references.map((reference) => parseFile(reference.text, `the reference ${reference.name}`))
  // Well-known files go last: somebody may have registered one of them under its own name.
  const known = WELL_KNOWN_FILES.map((file) => parseProtoText(file, 'a well-known file'))
  resolveNames([own, ...given, ...known])
  return own.places
}

/** Registries keep a `.proto` file as text; some clients give them a compiled descriptor in base64 instead. */
function parseFile(text: string, what: string): ProtoFile {
  return isDescriptor(text) ? parseDescriptor(text, what) : parseProtoText(text, what)
}
