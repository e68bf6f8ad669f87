import { isScalar, type Node, type YAMLMap } from 'yaml'
import type { Location } from '../model/problem.ts'
import { isFull, placeOf, report, reportLater, resolveNode, type Reading, type Where } from './reading.ts'
import { hintForUnknownKey } from './shape-levels.ts'
import type { ExactlyOne, KeyShape, RecordShape } from './shape.ts'

/** A key as it stands in a file, with its value (null if it has none). */
export interface Entry {
  readonly key: string
  readonly at: Location
  readonly value: Node | null
}

/** The entries of a mapping; of a repeated key the first (the repetition has been reported). */
export function entriesOf(reading: Reading, map: YAMLMap<Node, Node | null>): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const { key: node, value } of map.items) {
    if (!isScalar(node)) continue
    const key = String(node.value)
    if (!entries.has(key))
      entries.set(key, { key, at: placeOf(reading, node), value: resolveNode(reading, value) })
  }
  return entries
}

/** Reports keys that the record does not have, or not yet. */
export function checkKnown(
  reading: Reading,
  shape: RecordShape,
  entries: Iterable<Entry>,
  where: Where,
): void {
  for (const { key, at } of entries) {
    if (isFull(reading)) return
    // Merge keys are reported as such.
    if (key === '<<') continue
    const known = keyShape(shape, key)
    if (!known) reportUnknownKey(reading, shape, key, where, at)
    else if (known.later) reportLater(reading, where, labelOf(where, key), at)
  }
}

function reportUnknownKey(
  reading: Reading,
  shape: RecordShape,
  key: string,
  where: Where,
  at: Location,
): void {
  const message = `${shape.name} has no key \`${key}\``
  report(reading, where, 'CONTRACT_UNKNOWN_KEY', message, hintForUnknownKey(reading.root, shape, key), at)
}

/** Reports keys that must be there and are not. */
export function checkRequired(
  reading: Reading,
  shape: RecordShape,
  present: ReadonlySet<string>,
  where: Where,
): boolean {
  const missing = Object.entries(shape.keys).filter(([key, { required }]) => required && !present.has(key))
  for (const [key, { description, example }] of missing) {
    const message = `${labelOf(where, key)} is missing`
    report(
      reading,
      where,
      'CONTRACT_MISSING_KEY',
      message,
      `Add \`${key}: ${example}\`, say. ${description}`,
      where.at,
    )
  }
  return missing.length === 0
}

/** Reports keys that are senseless without another one. */
export function checkCompany(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  where: Where,
): void {
  for (const entry of entries.values()) {
    const partners = keyShape(shape, entry.key)?.onlyWith
    if (partners !== undefined && !partners.some((partner) => entries.has(partner)))
      reportAlone(reading, shape, entries, entry, partners, where)
  }
}

function reportAlone(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  { key, at }: Entry,
  partners: readonly string[],
  where: Where,
): void {
  const possible = partners.filter((partner) => !keyShape(shape, partner)?.later)
  const names = possible.map((partner) => `\`${partner}\``).join(' or ')
  const label = labelOf(where, key)
  const group = keyShape(shape, partners[0] ?? '')?.group
  const rival = [...entries.keys()].find(
    (other) => group !== undefined && keyShape(shape, other)?.group === group,
  )
  // Of partners that exclude what is there, none can be added. If nothing of their kind is there, that has been reported.
  if (rival === undefined && group !== undefined) return
  const message = rival
    ? `${label} has no meaning beside \`${rival}\``
    : `${label} has a meaning only beside ${names}`
  const hint = rival
    ? `Remove \`${key}\`: it goes with ${names} only.`
    : `Remove \`${key}\`, or add ${names}.`
  report(reading, where, 'CONTRACT_KEY_ALONE', message, hint, at)
}

/** Reports a record without any of the keys of which at least one must be there. */
export function checkAtLeastOne(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  where: Where,
): boolean {
  const { atLeastOne } = shape
  if (!atLeastOne || atLeastOne.of.some((key) => entries.has(key))) return true
  const names = atLeastOne.of.map((key) => labelOf(where, key)).join(' or ')
  const examples = atLeastOne.of.map((key) => `\`${key}: ${keyShape(shape, key)?.example}\``).join(' or ')
  const message = `${atLeastOne.what} is missing: ${names}`
  report(reading, where, atLeastOne.code, message, `Add ${examples}, say, or both.`, where.at)
  return false
}

/** Reports keys that exclude one another. */
export function checkClashes(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  where: Where,
): void {
  for (const { key, at } of entries.values()) {
    const other = entries.get(keyShape(shape, key)?.notWith ?? '')
    if (other === undefined) continue
    const message = `${labelOf(where, key)} can’t stand beside \`${other.key}\` (line ${other.at.line})`
    report(reading, where, 'CONTRACT_KEYS_CLASH', message, 'Decide for one of the two.', at)
  }
}

/** Reports a record with none or several of the keys of which exactly one must be there. True if there is one, and it can be read. */
export function checkExactlyOne(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  where: Where,
): boolean {
  if (!shape.exactlyOne) return true
  const { group } = shape.exactlyOne
  const [first, second, ...more] = [...entries.values()].filter(
    ({ key }) => keyShape(shape, key)?.group === group,
  )
  if (!first) {
    reportNoneOf(reading, shape, shape.exactlyOne, where)
    return false
  }
  if (second) reportSeveralOf(reading, [first, second, ...more], shape.exactlyOne, where)
  return !second && keyShape(shape, first.key)?.later !== true
}

/** More would hide one another. */
const MAX_EXAMPLES = 5

function reportNoneOf(
  reading: Reading,
  shape: RecordShape,
  { group, codes }: ExactlyOne,
  where: Where,
): void {
  const possible = Object.entries(shape.keys).filter(([, key]) => key.group === group && !key.later)
  const names = possible.map(([key]) => `\`${key}\``).join(' or ')
  const examples = possible.slice(0, MAX_EXAMPLES).map(([key, { example }]) => `\`${key}: ${example}\``)
  const message = `a ${group} is missing`
  report(
    reading,
    where,
    codes?.none ?? 'RULE_WITHOUT_CHECK',
    message,
    `Add exactly one of ${names}: ${examples.join(' or ')}, say.`,
    where.at,
  )
}

function reportSeveralOf(
  reading: Reading,
  found: readonly Entry[],
  { group, explain, mend = 'Make one of each.', codes }: ExactlyOne,
  where: Where,
): void {
  const list = found.map(({ key, at }) => `\`${key}\` (line ${at.line})`).join(' and ')
  const message = `only one ${group} is allowed; found ${list}`
  report(
    reading,
    where,
    codes?.several ?? 'RULE_WITH_SEVERAL_CHECKS',
    message,
    `${explain} ${mend}`,
    found[1]?.at ?? where.at,
  )
}

/** The description of a key, if the record has it: a key of the author's may be called `constructor`. */
export function keyShape(shape: RecordShape, key: string): KeyShape | undefined {
  return Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined
}

/** What messages call a key inside of `where`. */
export function labelOf(where: Where, key: string): string {
  return `\`${pathOf(where, key)}\``
}

export function pathOf({ path }: Where, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
