import type { Keywords } from './telling.ts'
import { asSchema, isRecord, type Place } from './documents.ts'
import { canonicalJson, type Finding, finding } from './finding.ts'
import type { Walk } from './walk.ts'
import { code } from '../wording.ts'

type ObjectPlace = Place & { readonly schema: Keywords }

/** What differs in what is demanded of an object's properties: by name, by pattern, and of all others. */
export function compareProperties(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  return [
    ...byName(walk, path, base, head),
    ...byPattern(walk, path, base, head),
    ...ofAllOthers(walk, path, base, head),
    ...byCompany(walk, path, base, head),
  ]
}

/** A property that one side does not name is there one of "all others". */
function byName(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [mapOf(base.schema, 'properties'), mapOf(head.schema, 'properties')]
  return namesOf(before, after).flatMap((name) => {
    const inside = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return walk.compare(walk, inside, demand(base, before, name), demand(head, after, name))
  })
}

function demand(place: ObjectPlace, named: Keywords, name: string): Place {
  const { schema, document } = place
  const own = Object.hasOwn(named, name) ? named[name] : schema['additionalProperties']
  return { schema: asSchema(own), document }
}

function byPattern(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [mapOf(base.schema, 'patternProperties'), mapOf(head.schema, 'patternProperties')]
  return namesOf(before, after).flatMap((pattern) => {
    const isOnBoth = Object.hasOwn(before, pattern) && Object.hasOwn(after, pattern)
    if (!isOnBoth && (isClosed(base.schema) || isClosed(head.schema))) {
      return finding('changed', path, `\`patternProperties\` has other patterns: ${code(pattern)}`)
    }
    const inside = `${path}/{${pattern}}`
    return walk.compare(
      walk,
      inside,
      { ...base, schema: asSchema(before[pattern]) },
      { ...head, schema: asSchema(after[pattern]) },
    )
  })
}

/** Whether other properties are not free. */
function isClosed(schema: Keywords): boolean {
  const others = schema['additionalProperties']
  return others !== undefined && others !== true && canonicalJson(others) !== '{}'
}

function ofAllOthers(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [base.schema['additionalProperties'], head.schema['additionalProperties']]
  if (before === undefined && after === undefined) return []
  if (after === false && before !== false) {
    return finding('tightened', path, 'properties that are not named are no longer allowed')
  }
  if (before === false && after !== false) {
    return finding('loosened', path, 'properties that are not named are allowed now')
  }
  return walk.compare(
    walk,
    `${path}/{any other}`,
    { ...base, schema: asSchema(before) },
    { ...head, schema: asSchema(after) },
  )
}

function byCompany(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [mapOf(base.schema, 'dependentSchemas'), mapOf(head.schema, 'dependentSchemas')]
  return namesOf(before, after).flatMap((name) =>
    walk.compare(
      walk,
      `${path} (if ${name} is there)`,
      { ...base, schema: asSchema(before[name]) },
      { ...head, schema: asSchema(after[name]) },
    ),
  )
}

function mapOf(schema: Keywords, keyword: string): Keywords {
  const map = schema[keyword]
  return isRecord(map) ? map : {}
}

function namesOf(base: Keywords, head: Keywords): readonly string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(head)])]
}
