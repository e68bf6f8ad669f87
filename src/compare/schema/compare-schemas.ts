import type { ReadReference } from '../../evaluate/schema-documents.ts'
import { readDocuments } from './documents.ts'
import type { Finding } from './finding.ts'
import { createWalk } from './compare-places.ts'

/** Beyond this many pairs of schemas the answer is "changed": choices within choices multiply. */
const MAX_PAIRS = 200_000

/** A schema rule: the contract's file, the path that the rule gives, and how its documents are read. */
export interface SchemaSource {
  readonly file: string
  readonly path: string
  readonly read: ReadReference
}

/**
 * What differs between two versions of a JSON Schema, keyword by keyword, whatever the layout of the files. Undefined if one of them can't
 * be read.
 */
export function compareSchemas(base: SchemaSource, head: SchemaSource): readonly Finding[] | undefined {
  const before = readDocuments(base.file, base.path, base.read)
  const after = readDocuments(head.file, head.path, head.read)
  if (before === undefined || after === undefined) return undefined
  const walk = createWalk(before, after, MAX_PAIRS)
  return [
    ...draftFindings(before.root.schema, after.root.schema),
    ...walk.compare(walk, '', before.root, after.root),
  ]
}

function draftFindings(base: unknown, head: unknown): Finding[] {
  const [before, after] = [draftOf(base), draftOf(head)]
  if (before === after) return []
  return [{ direction: 'changed', path: '', text: `\`$schema\` is ${after}, was ${before}` }]
}

/** A schema without `$schema` is read as draft 2020-12. */
function draftOf(schema: unknown): string {
  const declared = typeof schema === 'object' && schema !== null && '$schema' in schema ? schema.$schema : ''
  return /draft-07|2019-09/.exec(String(declared))?.[0] ?? '2020-12'
}
