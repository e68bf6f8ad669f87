import { isMap, isScalar, type Node } from 'yaml'
import type { Location } from '../model/problem.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { quote } from './describe-node.ts'
import { placeOf, report, type Reading } from './reading.ts'
import { entriesOf } from './record-keys.ts'
import type { Shape } from './shape.ts'

/** Two values that differ only in what metric tags drop are as bad as two equal ones: their counts would be one. */
export function checkUniqueNames(
  reading: Reading,
  of: Shape,
  key: string,
  items: readonly (Node | null)[],
): void {
  const noun = of.kind === 'record' ? (of.subject?.noun ?? 'item') : 'item'
  const first = new Map<string, Name>()
  for (const item of items) {
    const name = nameOf(reading, item, key)
    if (!name) continue
    const tag = normaliseTagValue(name.text)
    const earlier = first.get(tag)
    if (earlier) reportNotUnique(reading, noun, key, earlier, name)
    else first.set(tag, name)
  }
}

function reportNotUnique(reading: Reading, noun: string, key: string, earlier: Name, later: Name): void {
  const { line, column } = earlier.at
  const isSame = earlier.text === later.text
  const where = { subject: `${noun} ${quote(later.text)}: ` }
  const message = isSame
    ? `another ${noun} at ${line}:${column} has the same \`${key}\``
    : `as a metric tag its \`${key}\` is the same as that of ${noun} ${quote(earlier.text)} at ${line}:${column}`
  const hint = `Give each ${noun} its own \`${key}\`: messages, and all that is made from the file, know it by that.`
  report(reading, where, isSame ? 'RULE_DUPLICATE_ID' : 'TAG_COLLISION', message, hint, later.at)
}

/** The value of the key by which records are told apart, and where it stands. */
export interface Name {
  readonly text: string
  readonly at: Location
}

/** The name of a record, if it has one that can be read. */
export function nameOf(reading: Reading, node: Node | null, by: string): Name | undefined {
  const value = isMap<Node, Node | null>(node) ? entriesOf(reading, node).get(by)?.value : undefined
  if (!isScalar(value) || typeof value.value !== 'string') return undefined
  return { text: value.value, at: placeOf(reading, value) }
}
