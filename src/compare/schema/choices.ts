import type { Keywords } from './telling.ts'
import { directionOf } from '../direction.ts'
import { asSchema, isRecord, type Place } from './documents.ts'
import { canonicalJson, type Finding, finding } from './finding.ts'
import { typesOf } from './sets.ts'
import type { Walk } from './walk.ts'
import { code } from '../wording.ts'

type ObjectPlace = Place & { readonly schema: Keywords }

/**
 * Compares schemas of which at least one is a choice (`anyOf`, or a `oneOf` whose branches exclude each other by their types). Each
 * branch must have one that contains it on the other side. Undefined if there is no choice to compare.
 */
export function compareChoices(
  walk: Walk,
  path: string,
  base: ObjectPlace,
  head: ObjectPlace,
): Finding[] | undefined {
  const [keyword, other] = [choiceKeyword(base.schema), choiceKeyword(head.schema)]
  if (keyword === undefined && other === undefined) return undefined
  if (isPure(base.schema, keyword) && isPure(head.schema, other)) {
    return compareBranches(walk, path, branches(base, keyword), branches(head, other))
  }
  return compareWithCompany(walk, path, base, head)
}

/** A choice beside other keywords: both are demanded, so each is compared by itself. */
function compareWithCompany(walk: Walk, path: string, base: ObjectPlace, head: ObjectPlace): Finding[] {
  const found = (['anyOf', 'oneOf'] as const).flatMap((keyword) => {
    const [before, after] = [base.schema[keyword], head.schema[keyword]]
    if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return []
    if (before === undefined) return finding('tightened', path, `\`${keyword}\` is new`)
    if (after === undefined) return finding('loosened', path, `\`${keyword}\` is gone`)
    if (keyword === 'oneOf' && !(isExclusive(before) && isExclusive(after))) {
      return finding('changed', path, '`oneOf` is another one')
    }
    return compareBranches(walk, path, branches(base, keyword), branches(head, keyword))
  })
  return [...found, ...walk.compare(walk, path, withoutChoice(base), withoutChoice(head))]
}

function withoutChoice({ schema, document }: ObjectPlace): Place {
  const others = Object.entries(schema).filter(([keyword]) => keyword !== 'anyOf' && keyword !== 'oneOf')
  return { schema: Object.fromEntries(others), document }
}

function compareBranches(
  walk: Walk,
  path: string,
  base: readonly Place[],
  head: readonly Place[],
): Finding[] {
  const [before, after] = [base[0], head[0]]
  if (base.length === 1 && head.length === 1 && before && after)
    return walk.compare(walk, path, before, after)
  const lost = base.filter((branch) => !head.some((other) => contains(walk, branch, other)))
  const gained = head.filter((branch) => !base.some((other) => contains(walk, other, branch, 'head')))
  const direction = directionOf(gained.length === 0, lost.length === 0)
  return finding(direction, path, `what may stand here is ${counted(gained, 'more')}${counted(lost, 'less')}`)
}

/** Whether the branch of the base is admitted by that of the head; or, with `head`, the other way round. */
function contains(walk: Walk, base: Place, head: Place, inner: 'base' | 'head' = 'base'): boolean {
  const direction = walk.direction(walk, base, head)
  return direction === 'same' || direction === (inner === 'base' ? 'loosened' : 'tightened')
}

function counted(places: readonly Place[], word: string): string {
  return places.length === 0 ? '' : `${word} by ${places.map(named).join(', ')} `
}

function named({ schema }: Place): string {
  if (!isRecord(schema)) return String(schema)
  const { type, $ref: reference } = schema
  return typeof reference === 'string'
    ? code(reference)
    : type === undefined
      ? 'a schema'
      : code(String(type))
}

function choiceKeyword(schema: Keywords): 'anyOf' | 'oneOf' | undefined {
  if (Array.isArray(schema['anyOf'])) return 'anyOf'
  return Array.isArray(schema['oneOf']) ? 'oneOf' : undefined
}

/** Nothing but a choice, or no choice at all. */
function isPure(schema: Keywords, keyword: 'anyOf' | 'oneOf' | undefined): boolean {
  if (keyword === undefined) return true
  return Object.keys(schema).length === 1 && (keyword === 'anyOf' || isExclusive(schema[keyword]))
}

function branches(place: ObjectPlace, keyword: 'anyOf' | 'oneOf' | undefined): readonly Place[] {
  const list = keyword === undefined ? undefined : place.schema[keyword]
  if (!Array.isArray(list)) return [place]
  return list.map((branch: unknown) => ({ schema: asSchema(branch), document: place.document }))
}

/** Whether no value can match two of the branches, told by their types. */
function isExclusive(list: unknown): boolean {
  if (!Array.isArray(list)) return false
  const seen = new Set<string>()
  for (const branch of list) {
    if (!isRecord(branch) || branch['type'] === undefined) return false
    const types = typesOf(branch['type'])
    if ([...types].some((type) => seen.has(type))) return false
    for (const type of types) seen.add(type)
  }
  return true
}
