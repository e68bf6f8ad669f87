import { avroToSchema } from '../avro/avro-to-schema.ts'
import { withoutTags } from '../avro/import-avro.ts'
import type { RuleDraft } from '../contract-draft.ts'
import { toHead } from '../heads.ts'
import { ImportLog } from '../import-log.ts'
import type { Imported, ImportOptions } from '../imported.ts'
import { fileName, withShape } from '../json-schema/import-json-schema.ts'
import { classified, fieldsOf, type TaggedField } from '../json-schema/tagged-fields.ts'
import { tidySchema } from '../json-schema/tidy-schema.ts'
import { readJsonSource, type SourceDocument } from '../source-document.ts'
import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { readDomainRules, readOtherRules } from './rules.ts'

const SECTIONS = ['domainRules', 'migrationRules', 'encodingRules'] as const

/**
 * Makes a contract of a data contract of Confluent's schema registry: what its API gives for a version of a subject (`schema`, `metadata`,
 * `ruleSet`), or a rule set alone.
 */
export function importConfluent(source: SourceDocument, options: ImportOptions): Imported {
  const log = new ImportLog(source)
  const document = asMapping(source.value)
  const ruleSet = ruleSetOf(document)
  if (ruleSet === undefined && textOf(document, 'schema') === undefined) {
    const hint = 'Give what `GET /subjects/<subject>/versions/latest` answers, or its `ruleSet` alone.'
    const message =
      'the file has neither `schema` nor `ruleSet`, so it is no data contract of a schema registry'
    log.error('IMPORT_WRONG_KIND', [], message, hint)
    return { contracts: [], log }
  }
  const schema = readSchema(document, log)
  const draft = { ...draftOf(document, source.file, options, log), rules: readRules(document, ruleSet, log) }
  const fields = classified([...fieldsOf(schema?.tagged), ...taggedByMetadata(document, schema?.tagged, log)])
  const whole = { ...draft, fields }
  const contract = schema === undefined ? { draft: whole, schemas: [] } : withShape(whole, schema.schema)
  listReferences(document, log)
  if (schema !== undefined) log.imported('section', 'schema', ['schema'], `${draft.id} / shape`)
  return { contracts: contract.draft.rules.length > 0 ? [contract] : [], log }
}

/** Schemas of other subjects are not in the file. */
function listReferences(document: Mapping, log: ImportLog): void {
  asList(valueOf(document, 'references')).forEach((reference, index) => {
    const name = textOf(asMapping(reference), 'name') ?? `reference ${index + 1}`
    log.listed('section', name, ['references', index], 'the schema of another subject is not in this file')
  })
}

function ruleSetOf(document: Mapping): Mapping | undefined {
  const nested = valueOf(document, 'ruleSet')
  if (isMapping(nested)) return nested
  return SECTIONS.some((section) => Array.isArray(valueOf(document, section))) ? document : undefined
}

function readRules(document: Mapping, ruleSet: Mapping | undefined, log: ImportLog): readonly RuleDraft[] {
  const path = isMapping(valueOf(document, 'ruleSet')) ? ['ruleSet'] : []
  const rules = ruleSet
    ? readDomainRules(asList(valueOf(ruleSet, 'domainRules')), [...path, 'domainRules'], log)
    : []
  for (const section of ['migrationRules', 'encodingRules']) {
    if (ruleSet) readOtherRules(asList(valueOf(ruleSet, section)), section, [...path, section], log)
  }
  return rules
}

/** A schema as it will be written, and as it was with its tags. */
interface ReadSchema {
  readonly schema: unknown
  readonly tagged: unknown
}

/** The schema as JSON Schema. Protobuf is listed. */
function readSchema(document: Mapping, log: ImportLog): ReadSchema | undefined {
  const text = textOf(document, 'schema')
  if (text === undefined) return undefined
  // The registry leaves the type out of Avro schemas.
  const type = textOf(document, 'schemaType') ?? 'AVRO'
  if (type !== 'AVRO' && type !== 'JSON') {
    log.listed('section', 'schema', ['schema'], `a schema of type ${type} can’t be read by this version`)
    return undefined
  }
  const read = readJsonSource('schema', text)
  if (read.document === undefined) {
    const reason = read.problems.map(({ message }) => message).join('; ')
    log.error(
      'IMPORT_INVALID',
      ['schema'],
      `the text of \`schema\` can’t be read: ${reason}`,
      'Fetch it anew from the registry.',
    )
    log.listed('section', 'schema', ['schema'], 'it is not valid JSON')
    return undefined
  }
  const { value } = read.document
  if (type === 'JSON') return { schema: tidySchema(value, log.inside(['schema'])), tagged: value }
  const tagged = avroToSchema(value, log.inside(['schema']))
  return { schema: withoutTags(tagged), tagged }
}

function draftOf(document: Mapping, file: string, options: ImportOptions, log: ImportLog) {
  const properties = asMapping(valueOf(asMapping(valueOf(document, 'metadata')), 'properties'))
  for (const key of Object.keys(properties)) {
    const path = ['metadata', 'properties', key]
    if (['owner', 'team', 'domain'].includes(key))
      log.imported('section', `metadata ${key}`, path, key === 'domain' ? key : 'owner')
    else log.listed('section', `metadata ${key}`, path, 'a contract of Assay has no place for it')
  }
  const topic = textOf(document, 'subject')?.replace(/-(?:value|key)$/, '') ?? fileName(file)
  const version = valueOf(document, 'version')
  return {
    ...toHead(
      {
        id: options.topic ?? topic,
        topic,
        domain: textOf(properties, 'domain'),
        owner: textOf(properties, 'owner') ?? textOf(properties, 'team'),
      },
      options,
      log,
    ),
    version: typeof version === 'number' ? `${version}.0.0` : '1.0.0',
  }
}

/** Tags by path: `**.ssn` is every field of that name, `*` one step of a path. */
function taggedByMetadata(document: Mapping, schema: unknown, log: ImportLog): readonly TaggedField[] {
  const fields = fieldsOf(schema)
  const tags = asMapping(valueOf(asMapping(valueOf(document, 'metadata')), 'tags'))
  return Object.entries(tags).flatMap(([pattern, words]) => {
    const path = ['metadata', 'tags', pattern]
    const found = fields.filter((field) => matchesTag(pattern, field.path))
    const isPlain = !pattern.includes('*')
    if (found.length === 0 && !isPlain) {
      log.listed('property', `tags of ${pattern}`, path, 'no field of the schema has that path')
      return []
    }
    log.imported('property', `tags of ${pattern}`, path, 'fields')
    return (found.length > 0 ? found : [{ path: pattern }]).map((field) => ({
      path: field.path,
      tags: asList(words),
    }))
  })
}

function matchesTag(pattern: string, path: string): boolean {
  const [wanted, steps] = [pattern.split('.'), path.split('.')]
  if (wanted[0] === '**') {
    const tail = wanted.slice(1)
    return tail.length <= steps.length && matchesSteps(tail, steps.slice(steps.length - tail.length))
  }
  return matchesSteps(wanted, steps) || matchesSteps(wanted.slice(1), steps)
}

function matchesSteps(wanted: readonly string[], steps: readonly string[]): boolean {
  return (
    wanted.length === steps.length && wanted.every((step, index) => step === '*' || step === steps[index])
  )
}
