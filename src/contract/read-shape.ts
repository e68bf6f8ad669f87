import { isCollection, isMap, isScalar, isSeq, type Node } from 'yaml'
import type { Location } from '../model/problem.ts'
import { quote } from './describe-node.ts'
import { readJson } from './read-json.ts'
import { readScalar } from './read-scalar.ts'
import { matches } from './read-text.ts'
import { checkRepeatedKeys } from './repeated-keys.ts'
import { exampleHint, reportType } from './wrong-type.ts'
import { placeOf, report, resolveNode, type Reading, type Where } from './reading.ts'
import {
  checkAtLeastOne,
  checkClashes,
  checkCompany,
  checkExactlyOne,
  checkKnown,
  checkRequired,
  type Entry,
  entriesOf,
  keyShape,
  labelOf,
  pathOf,
} from './record-keys.ts'
import { reportLostReferences } from './references.ts'
import { checkUniqueNames, nameOf } from './unique-names.ts'
import type { KeyShape, ListShape, MappingShape, Read, RecordShape, Shape, ValueOf } from './shape.ts'

/** What was read, before its type is known. A default stands nowhere. */
type AnyRead = Read<unknown, Location | undefined>

/**
 * Reads a node as its shape says. All that is wrong is reported. What can't be read is left out: a list loses the item, a record is lost
 * with any of its keys (unknown keys do no harm). Undefined if nothing is left.
 */
export function readRoot<S extends RecordShape>(
  reading: Reading,
  shape: S,
  node: Node,
): Read<ValueOf<S>> | undefined {
  const at = placeOf(reading, node)
  const where = { subject: '', path: '', label: shape.name, at, example: exampleOf(shape) }
  const read = readShape(reading, shape, resolveNode(reading, node), where)
  reportLostReferences(reading)
  // The description's type and its interpretation meet here, and only here.
  return read as Read<ValueOf<S>> | undefined
}

function readShape(reading: Reading, shape: Shape, node: Node | null, where: Where): AnyRead | undefined {
  switch (shape.kind) {
    case 'record':
      return readRecord(reading, shape, node, where)
    case 'list':
      return readList(reading, shape, node, where)
    case 'mapping':
      return readMapping(reading, shape, node, where)
    case 'either':
      return isCollection(node)
        ? readShape(reading, shape.long, node, where)
        : readShape(reading, shape.short, node, { ...where, hasLongForm: true })
    case 'json':
      return readJson(reading, shape, node, where)
    case 'anything':
      return { value: node, at: where.at }
    default:
      return readScalar(reading, shape, node, where)
  }
}

function readList(reading: Reading, shape: ListShape, node: Node | null, where: Where): AnyRead | undefined {
  if (!isSeq<Node>(node)) {
    const hint = `Begin each item with a dash and a space. ${exampleHint(where)}`
    reportType(reading, node, where, 'a list', hint)
    return undefined
  }
  const at = placeOf(reading, node)
  if (shape.nonEmpty && node.items.length === 0) {
    const message = `${where.label} must have at least one item`
    report(reading, where, 'CONTRACT_EMPTY_LIST', message, exampleHint(where), at)
    return undefined
  }
  const items = node.items.map((item) => resolveNode(reading, item))
  if (shape.uniqueBy !== undefined) checkUniqueNames(reading, shape.of, shape.uniqueBy, items)
  const read = items.map((item, index) =>
    readShape(reading, shape.of, item, itemWhere(reading, where, node.items[index], index)),
  )
  return { value: read.filter((item) => item !== undefined), at }
}

function itemWhere(reading: Reading, where: Where, node: Node | undefined, index: number): Where {
  const ordinal = index + 1
  const at = node ? placeOf(reading, node) : where.at
  return { ...where, label: `item ${ordinal} of ${where.label}`, at, ordinal }
}

function readMapping(
  reading: Reading,
  shape: MappingShape,
  node: Node | null,
  where: Where,
): AnyRead | undefined {
  if (shape.canBeEmpty && isNothing(node)) return { value: new Map(), at: where.at }
  if (!isMap<Node, Node | null>(node)) {
    reportType(reading, node, where, 'a mapping of names to values', exampleHint(where))
    return undefined
  }
  checkRepeatedKeys(reading, node, where)
  const values = new Map<string, AnyRead & { readonly nameAt: Location }>()
  for (const { key, at, value } of entriesOf(reading, node).values()) {
    const inside = { ...where, path: pathOf(where, key), label: labelOf(where, key), at }
    if (!matches(shape.pattern, key)) reportName(reading, shape, key, inside)
    const read = readShape(reading, shape.of, value, inside)
    if (read) values.set(key, { ...read, nameAt: at })
  }
  return { value: values, at: placeOf(reading, node) }
}

function isNothing(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

function reportName(reading: Reading, shape: MappingShape, key: string, where: Where): void {
  const message = `a ${shape.names} must be ${shape.pattern.says}; found ${quote(key)}`
  report(reading, where, 'CONTRACT_BAD_VALUE', message, `Rename ${quote(key)}.`, where.at)
}

function readRecord(
  reading: Reading,
  shape: RecordShape,
  node: Node | null,
  outside: Where,
): AnyRead | undefined {
  if (!isMap<Node, Node | null>(node)) {
    reportType(reading, node, outside, 'a mapping of keys to values', exampleHint(outside))
    return undefined
  }
  const entries = entriesOf(reading, node)
  const where = enter(reading, shape, node, entries, outside)
  checkRepeatedKeys(reading, node, where)
  checkKnown(reading, shape, entries.values(), where)
  checkCompany(reading, shape, entries, where)
  checkClashes(reading, shape, entries, where)
  // What a merge key would bring along is not missing: that there is one has been reported.
  const isWhole =
    !entries.has('<<') &&
    [
      checkRequired(reading, shape, new Set(entries.keys()), where),
      checkExactlyOne(reading, shape, entries, where),
      checkAtLeastOne(reading, shape, entries, where),
    ].every(Boolean)
  const values = readKeys(reading, shape, entries, where)
  return isWhole && values ? { value: values, at: placeOf(reading, node) } : undefined
}

/** From a record's outside to its inside: a record with a name becomes the subject of the messages about it. */
function enter(
  reading: Reading,
  shape: RecordShape,
  node: Node,
  entries: ReadonlyMap<string, Entry>,
  outside: Where,
): Where {
  const [firstEntry] = entries.values()
  const where = { ...outside, at: firstEntry?.at ?? placeOf(reading, node) }
  if (!shape.subject) return where
  const { noun, by } = shape.subject
  const name = nameOf(reading, node, by)
  if (name) reading.named.push({ noun, name: name.text, keys: [...entries.keys()] })
  const subject = name ? `${noun} ${quote(name.text)}: ` : `${noun} ${outside.ordinal ?? ''}: `
  return { ...where, subject, path: '' }
}

/** The values of a record's keys with the defaults of missing ones, or undefined if a value could not be read. */
function readKeys(
  reading: Reading,
  shape: RecordShape,
  entries: ReadonlyMap<string, Entry>,
  where: Where,
): Readonly<Record<string, AnyRead>> | undefined {
  const values: Record<string, AnyRead> = Object.fromEntries(defaultsOf(shape))
  let isReadable = true
  for (const entry of entries.values()) {
    const known = keyShape(shape, entry.key)
    if (!known || known.later) continue
    const value = readShape(reading, known.value, entry.value, keyWhere(where, entry, known))
    if (value) values[entry.key] = value
    else isReadable = false
  }
  return isReadable ? values : undefined
}

/** How a record could begin. */
function exampleOf({ keys }: RecordShape): string {
  const all = Object.entries(keys)
  const first = all.find(([, { required }]) => required) ?? all[0]
  return first ? `${first[0]}: ${first[1].example}` : '{}'
}

function keyWhere(where: Where, { key, at }: Entry, { example }: KeyShape): Where {
  const { subject } = where
  return { subject, path: pathOf(where, key), label: labelOf(where, key), at, example: `${key}: ${example}` }
}

function defaultsOf(shape: RecordShape): [string, AnyRead][] {
  return Object.entries(shape.keys).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, { value, at: undefined }]],
  )
}
