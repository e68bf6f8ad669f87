import { isFieldPath } from '../names.ts'
import { type Pii, piiOf } from '../pii.ts'
import { asList, asMapping, isMapping, type Mapping, valueOf } from '../values.ts'

/** A property of a JSON Schema, by its dotted path, with the tags that stand at it. */
export interface TaggedField {
  readonly path: string
  readonly tags: readonly unknown[]
}

/** Schemas within schemas that are looked at; one that refers to itself would have no end. */
const MAX_DEPTH = 20
const MAX_FIELDS = 50_000

/** Every property of a schema, through lists and references within the document. */
export function fieldsOf(schema: unknown): readonly TaggedField[] {
  const root = asMapping(schema)
  const found: TaggedField[] = []
  collect(root, root, '', 0, found)
  return found
}

function collect(root: Mapping, value: unknown, path: string, depth: number, found: TaggedField[]): void {
  if (depth > MAX_DEPTH || found.length > MAX_FIELDS) return
  const schema = followed(root, value)
  for (const [name, property] of Object.entries(asMapping(valueOf(schema, 'properties')))) {
    const inside = path === '' ? name : `${path}.${name}`
    const tags = [
      ...asList(asMapping(property)['confluent:tags']),
      ...asList(followed(root, property)['confluent:tags']),
    ]
    found.push({ path: inside, tags })
    collect(root, property, inside, depth + 1, found)
  }
  for (const branch of [
    valueOf(schema, 'items'),
    ...asList(valueOf(schema, 'anyOf')),
    ...asList(valueOf(schema, 'oneOf')),
    ...asList(valueOf(schema, 'allOf')),
  ]) {
    if (isMapping(branch)) collect(root, branch, path, depth + 1, found)
  }
}

function followed(root: Mapping, value: unknown): Mapping {
  let schema = asMapping(value)
  for (let step = 0; step < MAX_DEPTH; step += 1) {
    const reference = valueOf(schema, '$ref')
    const [, group = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(String(reference)) ?? []
    if (group === '') break
    schema = asMapping(
      valueOf(
        asMapping(valueOf(root, group)),
        decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'),
      ),
    )
  }
  return schema
}

/** The classification that tags give to fields. */
export function classified(fields: Iterable<TaggedField>): Record<string, { pii: Pii }> {
  const found = new Map<string, { pii: Pii }>()
  for (const { path, tags } of fields) {
    const pii = tags.map(piiOf).find((one) => one !== undefined)
    if (pii !== undefined && isFieldPath(path)) found.set(path, { pii })
  }
  return Object.fromEntries(found)
}
