import type { Keywords } from './telling.ts'
import type { Direction } from '../../model/difference.ts'
import { combine, directionOf, opposite } from '../direction.ts'
import { compareChoices } from './choices.ts'
import { asSchema, isRecord, type Place } from './documents.ts'
import { canonicalJson, type Finding, finding, show } from './finding.ts'
import { compareLimits } from './limits.ts'
import { compareProperties } from './properties.ts'
import { compareSets } from './sets.ts'
import { without } from '../sets.ts'
import type { Walk } from './walk.ts'
import { code } from '../wording.ts'

type ObjectPlace = Place & { readonly schema: Keywords }

/** Keywords that hold one schema about parts of the value: what each part is called in a path. */
const PARTS: Readonly<Record<string, string>> = {
  items: '/*',
  additionalItems: '/*',
  unevaluatedItems: '/*',
  unevaluatedProperties: '/*',
  contains: '/*',
  propertyNames: '',
}

/** Keywords of which it can only be said that they came, went, or are another. */
const OPAQUE = ['pattern', 'format'] as const

const HANDLED: ReadonlySet<string> = new Set([
  ...Object.keys(PARTS),
  ...OPAQUE,
  ...'type enum const required dependentRequired uniqueItems multipleOf'.split(' '),
  ...'minimum maximum exclusiveMinimum exclusiveMaximum'.split(' '),
  ...'minLength minItems minProperties minContains'.split(' '),
  ...'maxLength maxItems maxProperties maxContains'.split(' '),
  ...'properties patternProperties additionalProperties dependentSchemas prefixItems'.split(' '),
  ...'allOf anyOf oneOf not if then else $ref'.split(' '),
])

/** What differs between two schemas that are objects. */
export function compareKeywords(walk: Walk, path: string, base: Place, head: Place): Finding[] {
  const [before, after] = [toObject(base), toObject(head)]
  const asChoices = compareChoices(walk, path, before, after)
  if (asChoices !== undefined) return asChoices
  return [
    ...compareSets(path, before.schema, after.schema),
    ...compareLimits(path, before.schema, after.schema),
    ...OPAQUE.flatMap((keyword) => compareOpaque(path, keyword, before.schema, after.schema)),
    ...compareUniqueItems(path, before.schema, after.schema),
    ...compareProperties(walk, path, before, after),
    ...compareParts(walk, path, before, after),
    ...compareTuple(walk, path, before, after),
    ...compareAllOf(walk, path, before, after),
    ...compareNot(walk, path, before, after),
    ...compareCondition(walk, path, before, after),
    ...compareReference(walk, path, before, after),
    ...compareOthers(path, before.schema, after.schema),
  ]
}

function toObject({ schema, document }: Place): ObjectPlace {
  return { schema: isRecord(schema) ? schema : {}, document }
}

function compareOpaque(path: string, keyword: string, base: Keywords, head: Keywords): Finding[] {
  const [before, after] = [base[keyword], head[keyword]]
  if (before === after) return []
  const direction = before === undefined ? 'tightened' : after === undefined ? 'loosened' : 'changed'
  return finding(direction, path, `${code(keyword)} ${said(before, after)}`)
}

/** How a keyword moved, in words. */
function said(before: unknown, after: unknown): string {
  if (before === undefined) return `${show(after)} is new`
  return after === undefined ? `${show(before)} is gone` : `is ${show(after)}, was ${show(before)}`
}

function compareUniqueItems(path: string, base: Keywords, head: Keywords): Finding[] {
  const [before, after] = [base['uniqueItems'] === true, head['uniqueItems'] === true]
  return finding(directionOf(after || !before, before || !after), path, `\`uniqueItems\` is ${after} now`)
}

function compareParts(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  return Object.entries(PARTS).flatMap(([keyword, below]) => {
    const [before, after] = [base.schema[keyword], head.schema[keyword]]
    if (before === undefined && after === undefined) return []
    if (Array.isArray(before) || Array.isArray(after)) return []
    const inside = keyword === 'propertyNames' ? `${path} (names)` : `${path}${below}`
    return walk.compare(walk, inside, at(base, before), at(head, after))
  })
}

/** Items by their position: `prefixItems`, and the list that draft 7 writes into `items`. */
function compareTuple(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [tupleOf(base.schema), tupleOf(head.schema)]
  const length = Math.max(before.length, after.length)
  return Array.from({ length }, (_, index) =>
    walk.compare(walk, `${path}/${index}`, at(base, before[index]), at(head, after[index])),
  ).flat()
}

function tupleOf(schema: Keywords): readonly unknown[] {
  if (Array.isArray(schema['prefixItems'])) return schema['prefixItems']
  return Array.isArray(schema['items']) ? schema['items'] : []
}

/** Parts that are equal on both sides cancel out; of the others, those at the same place are versions of one. */
function compareAllOf(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [listOf(base.schema, 'allOf'), listOf(head.schema, 'allOf')]
  const there = new Set(after.map(canonicalJson))
  const common = new Set(before.map(canonicalJson).filter((part) => there.has(part)))
  const left = before.filter((part) => !common.has(canonicalJson(part)))
  const right = after.filter((part) => !common.has(canonicalJson(part)))
  const length = Math.max(left.length, right.length)
  return Array.from({ length }, (_, index) =>
    walk.compare(walk, path, at(base, left[index]), at(head, right[index])),
  ).flat()
}

function compareNot(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [base.schema['not'], head.schema['not']]
  if (before === undefined && after === undefined) return []
  // No `not` is the same as forbidding nothing.
  const found = walk.compare(walk, path, at(base, before ?? false), at(head, after ?? false))
  const direction = opposite(combine(found.map((one) => one.direction)))
  return finding(direction, path, `\`not\` is ${show(after)}, was ${show(before)}`)
}

function compareCondition(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [base.schema['if'], head.schema['if']]
  if (before === undefined && after === undefined) return []
  if (before === undefined) return finding('tightened', path, '`if` is new')
  if (after === undefined) return finding('loosened', path, '`if` is gone')
  if (walk.compare(walk, path, at(base, before), at(head, after)).length > 0) {
    return finding('changed', path, '`if` is another one')
  }
  return ['then', 'else'].flatMap((keyword) =>
    walk.compare(walk, path, at(base, base.schema[keyword]), at(head, head.schema[keyword])),
  )
}

/** A `$ref` beside other keywords adds its demands to theirs. */
function compareReference(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const [before, after] = [base.schema['$ref'], head.schema['$ref']]
  if (before === undefined && after === undefined) return []
  return walk.compare(walk, path, at(base, referenceOnly(before)), at(head, referenceOnly(after)))
}

function referenceOnly(reference: unknown): unknown {
  return reference === undefined ? true : { $ref: reference }
}

function compareOthers(path: string, base: Keywords, head: Keywords): Finding[] {
  const keys = without(new Set([...Object.keys(base), ...Object.keys(head)]), HANDLED)
  return keys.flatMap((keyword) => {
    const isSame = canonicalJson(base[keyword] ?? null) === canonicalJson(head[keyword] ?? null)
    const direction: Direction = isSame ? 'same' : 'changed'
    return finding(direction, path, `${code(keyword)} ${said(base[keyword], head[keyword])}`)
  })
}

export function at({ document }: Place, schema: unknown): Place {
  return { schema: asSchema(schema), document }
}

export function listOf(schema: Keywords, keyword: string): readonly unknown[] {
  const list = schema[keyword]
  return Array.isArray(list) ? list : []
}
