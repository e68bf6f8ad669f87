import type { Keywords } from './telling.ts'
import { directionOf } from '../direction.ts'
import { isSubset, without } from '../sets.ts'
import { canonicalJson, type Finding, finding, show } from './finding.ts'
import { isRecord } from './documents.ts'
import { code } from '../wording.ts'

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'] as const

/** What differs in `type`, `enum`, `const`, `required` and `dependentRequired`. */
export function compareSets(path: string, base: Keywords, head: Keywords): Finding[] {
  return [
    ...compareTypes(path, base['type'], head['type']),
    ...compareValues(path, valuesOf(base), valuesOf(head)),
    ...compareRequired(path, namesOf(base['required']), namesOf(head['required']), ''),
    ...compareDependentRequired(path, base['dependentRequired'], head['dependentRequired']),
  ]
}

function compareTypes(path: string, base: unknown, head: unknown): Finding[] {
  const [before, after] = [typesOf(base), typesOf(head)]
  const direction = directionOf(isSubset(after, before), isSubset(before, after))
  return finding(direction, path, `\`type\` is ${show(head)}, was ${show(base)}`)
}

/** Every type in the small: an integer is a number, and no type written is any type. */
export function typesOf(type: unknown): ReadonlySet<string> {
  if (type === undefined) return new Set(TYPES)
  const types = new Set((Array.isArray(type) ? type : [type]).map(String))
  return types.has('number') ? types.add('integer') : types
}

/** The only values that a schema admits, as text by which equal ones are the same; undefined if it names none. */
function valuesOf(schema: Keywords): ReadonlySet<string> | undefined {
  const listed = Array.isArray(schema['enum']) ? new Set(schema['enum'].map(canonicalJson)) : undefined
  if (!Object.hasOwn(schema, 'const')) return listed
  const only = new Set([canonicalJson(schema['const'])])
  return listed ? new Set([...only].filter((value) => listed.has(value))) : only
}

function compareValues(
  path: string,
  base: ReadonlySet<string> | undefined,
  head: ReadonlySet<string> | undefined,
): Finding[] {
  if (!base) return head ? finding('tightened', path, `only ${list(head)} may be the value`) : []
  if (!head) return finding('loosened', path, `the value need no longer be one of ${list(base)}`)
  const direction = directionOf(isSubset(head, base), isSubset(base, head))
  const [gained, lost] = [without(head, base), without(base, head)]
  const says = [
    gained.length > 0 && `${list(gained)} may be the value now`,
    lost.length > 0 && `${list(lost)} may not any more`,
  ]
  return finding(direction, path, says.filter(Boolean).join('; '))
}

function compareRequired(
  path: string,
  base: ReadonlySet<string>,
  head: ReadonlySet<string>,
  condition: string,
): Finding[] {
  const [gained, lost] = [without(head, base), without(base, head)]
  return [
    ...gained.flatMap((name) => finding('tightened', path, `${code(name)} is required now${condition}`)),
    ...lost.flatMap((name) =>
      finding('loosened', path, `${code(name)} is not required any more${condition}`),
    ),
  ]
}

function compareDependentRequired(path: string, base: unknown, head: unknown): Finding[] {
  const [before, after] = [isRecord(base) ? base : {}, isRecord(head) ? head : {}]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    compareRequired(path, namesOf(before[key]), namesOf(after[key]), ` if ${code(key)} is there`),
  )
}

function namesOf(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.map(String) : [])
}

function list(values: Iterable<string>): string {
  const shown = [...values].map(code)
  return shown.length > 8 ? `${shown.slice(0, 8).join(', ')} and ${shown.length - 8} more` : shown.join(', ')
}
