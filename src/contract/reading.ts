import { type Alias, isAlias, type Node } from 'yaml'
import type { ErrorCode } from '../errors/register.ts'
import type { Location, Problem } from '../model/problem.ts'
import type { RecordShape } from './shape.ts'
import type { TextFile } from './text-file.ts'
import { rangeOf } from './yaml-nodes.ts'

/** What is gathered while a file is read against its shape. */
export interface Reading {
  readonly file: TextFile
  /** The whole language: an unknown key may belong elsewhere in it. */
  readonly root: RecordShape
  readonly aliases: ReadonlyMap<Alias, Node>
  readonly problems: Problem[]
  /** Records that have a name, found so far. */
  readonly named: NamedRecord[]
  /** References to such records. They are resolved at the end, for they may point forward. */
  readonly references: Reference[]
  /** Values of data read so far: aliases could make a small file stand for a huge one. */
  readonly data: { values: number }
}

/** A record that others may refer to: its noun (`rule`), its name, and the keys it has. */
export interface NamedRecord {
  readonly noun: string
  readonly name: string
  readonly keys: readonly string[]
}

export interface Reference {
  readonly to: string
  readonly name: string
  readonly check: string | undefined
  readonly where: Where
  readonly at: Location
}

/** Where in the shape we are, for messages. */
export interface Where {
  /** The named record that this is part of, as the beginning of a message: `rule "id": `, or nothing. */
  readonly subject: string
  /** Keys from that record (or the file) down to here, joined by dots. */
  readonly path: string
  /** What a message calls this: `` `producer.team` ``, or "item 2 of `consumers`". */
  readonly label: string
  /** The place to point at when there is no value. */
  readonly at: Location
  /** `key: value` as it could be written. */
  readonly example: string
  /** Number in its list, counted from 1. */
  readonly ordinal?: number
  /** There is also a long form of the value: a mapping or a list. */
  readonly hasLongForm?: boolean
}

/** No person made more mistakes than this in one file. What made them need not be told all of them. */
const MAX_PROBLEMS = 1000

/** True when there is no point in looking for more. */
export function isFull({ problems }: Reading): boolean {
  return problems.length >= MAX_PROBLEMS
}

/** Adds an error, in the name of the record that it is part of. After the first thousand, none is added. */
export function report(
  reading: Reading,
  { subject }: Pick<Where, 'subject'>,
  code: ErrorCode,
  message: string,
  hint: string,
  at: Location,
): void {
  if (isFull(reading)) return
  reading.problems.push({ code, severity: 'error', message: `${subject}${message}`, hint, at })
}

/** Reports a part of the language that is planned. */
export function reportLater(reading: Reading, where: Where, what: string, at: Location): void {
  const message = `${what} is part of the contract language, but not supported yet`
  const hint = 'Remove it for now; a later version will read it.'
  report(reading, where, 'FEATURE_NOT_SUPPORTED_YET', message, hint, at)
}

/** Follows an alias to what it stands for. */
export function resolveNode(reading: Reading, node: Node | null): Node | null {
  return isAlias(node) ? (reading.aliases.get(node) ?? null) : node
}

export function placeOf(reading: Reading, node: Node): Location {
  return reading.file.place(...rangeOf(node))
}
