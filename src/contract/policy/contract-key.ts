import type { Location } from '../../model/problem.ts'
import { nearest } from '../../model/did-you-mean.ts'
import { matches } from '../read-text.ts'
import { CONTRACT_SHAPE } from '../shape-contract.ts'
import type { MappingShape, Read, RecordShape, Shape } from '../shape.ts'

/** What a key of the contract language is, by its dotted path; `rules.x` is key `x` of every rule. */
export type FoundShape =
  | {
      readonly shape: Shape
      /** `key: value` as it could be written. */
      readonly example: string
    }
  | { readonly unknown: string; readonly hint: string }

/** Finds a key in the description of the contract language. */
export function shapeOfKey(path: string): FoundShape {
  let found = { shape: CONTRACT_SHAPE as Shape, example: '' }
  for (const name of path.split('.')) {
    const inside = insideOf(found.shape, name, path)
    if ('unknown' in inside) return inside
    found = inside
  }
  return found
}

function insideOf(shape: Shape, name: string, path: string): FoundShape {
  switch (shape.kind) {
    case 'list':
      return insideOf(shape.of, name, path)
    case 'record':
      return keyOf(shape, name)
    case 'mapping':
      return nameOf(shape, name, path)
    case 'either':
      return insideOf(shape.long, name, path)
    default:
      return { unknown: name, hint: 'The key before it has no keys of its own.' }
  }
}

function keyOf({ keys, name: recordName }: RecordShape, name: string): FoundShape {
  const known = Object.entries(keys).filter(([, { later }]) => !later)
  const found = known.find(([key]) => key === name)?.[1]
  if (found) return { shape: found.value, example: `${name}: ${found.example}` }
  const names = known.map(([key]) => key)
  const meant = nearest(name, names)
  const list = names.map((key) => `\`${key}\``).join(', ')
  const begin = `${recordName.charAt(0).toUpperCase()}${recordName.slice(1)}`
  return {
    unknown: name,
    hint: meant === undefined ? `${begin} has the keys ${list}.` : `Did you mean \`${meant}\`?`,
  }
}

function nameOf({ of, pattern, names }: MappingShape, name: string, path: string): FoundShape {
  return matches(pattern, name)
    ? { shape: of, example: `${path.slice(0, -name.length - 1)}: { ${name}: … }` }
    : { unknown: name, hint: `A ${names} must be ${pattern.says}.` }
}

/** A value of a contract that a key leads to, or the place where it is missing. */
export interface FoundValue {
  /** The value as text; undefined if it was not written. */
  readonly text: string | undefined
  /** Where it stands, or the place at which it could. */
  readonly at: Location
  /** The beginning of a message about it: `rule "a": `, or nothing. */
  readonly subject: string
}

type AnyRead = Read<unknown, Location | undefined>

interface Holder {
  readonly at: Location
  readonly subject: string
  /** Rules that stand in this file are not the author's. */
  readonly policyFile: string
}

/** All values of a contract at a dotted path, and the places where there could be one. Rules that layers added are passed over. */
export function valuesOfKey(root: Read<unknown>, path: string, policyFile: string): readonly FoundValue[] {
  const holder = { at: root.at, subject: '', policyFile }
  return [...find(CONTRACT_SHAPE, root, path.split('.'), holder)]
}

function* find(
  shape: Shape,
  read: AnyRead | undefined,
  path: readonly string[],
  holder: Holder,
): Generator<FoundValue> {
  const [name, ...rest] = path
  if (!read) yield { text: undefined, ...holder }
  else if (shape.kind === 'list') yield* findInItems(shape.of, read, path, holder)
  // The short form of a value has no keys, and stands for all of them.
  else if (shape.kind === 'either' && name !== undefined && typeof read.value === 'string') return
  else if (shape.kind === 'either') yield* find(shape.long, read, path, holder)
  else if (name === undefined) yield valueAt(read, holder)
  else if (shape.kind === 'record' && !mayHold(shape, name, read)) return
  else if (shape.kind === 'record' || shape.kind === 'mapping') {
    yield* find(valueShape(shape, name), childOf(read, name), rest, holderOf(read, holder))
  }
}

/** A key that goes with certain others only is missing nowhere else: a rule over the stream needs no `tolerance`. */
function mayHold({ keys }: RecordShape, name: string, read: AnyRead): boolean {
  const partners = [keys[name]?.onlyWith ?? []].flat()
  return partners.length === 0 || partners.some((partner) => childOf(read, partner) !== undefined)
}

function* findInItems(
  of: Shape,
  { value }: AnyRead,
  path: readonly string[],
  holder: Holder,
): Generator<FoundValue> {
  const items = Array.isArray(value) ? (value as Read<unknown>[]) : []
  const isItsOwn = (item: Read<unknown>) => of.kind !== 'record' || item.at.file !== holder.policyFile
  for (const item of items.filter(isItsOwn)) yield* find(of, item, path, itemHolder(of, item, holder))
  if (items.length === 0) yield { text: undefined, ...holder }
}

function itemHolder(of: Shape, item: Read<unknown>, holder: Holder): Holder {
  const by = of.kind === 'record' ? of.subject : undefined
  const name = by && childOf(item, by.by)
  if (!by || !name?.at) return { ...holder, at: item.at }
  return { ...holder, at: name.at, subject: `${by.noun} "${String(name.value)}": ` }
}

function holderOf({ at }: AnyRead, holder: Holder): Holder {
  return holder.subject === '' && at ? { ...holder, at } : holder
}

function valueAt({ value, at }: AnyRead, holder: Holder): FoundValue {
  const isWritten = at !== undefined
  const text = typeof value === 'string' ? value : ''
  return { ...holder, text: isWritten ? text : undefined, at: at ?? holder.at }
}

function valueShape(shape: RecordShape | MappingShape, name: string): Shape {
  return shape.kind === 'mapping' ? shape.of : (shape.keys[name]?.value ?? { kind: 'anything' })
}

function childOf({ value }: AnyRead, name: string): AnyRead | undefined {
  if (value instanceof Map) return value.get(name) as AnyRead | undefined
  const record = value as Readonly<Record<string, AnyRead | undefined>>
  return Object.hasOwn(record, name) ? record[name] : undefined
}
