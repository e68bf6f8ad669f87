import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import type { JsonTree } from '../model/json-tree.ts'
import { describeNode } from './describe-node.ts'
import { placeOf, report, resolveNode, type Reading, type Where } from './reading.ts'
import { entriesOf } from './record-keys.ts'
import { checkRepeatedKeys } from './repeated-keys.ts'
import type { JsonShape, Read } from './shape.ts'
import { exampleHint, reportType } from './wrong-type.ts'

/** Values in one file, those behind aliases counted each time. */
const MAX_VALUES = 5_000_000
/** Deeper than any event that is judged (`DEFAULT_DECODE_LIMITS`), and far from the end of the stack. */
const MAX_DEPTH = 120

/** RFC 8259, section 6. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/** Reads any value as the JSON that it stands for, or reports what JSON can't write. */
export function readJson(
  reading: Reading,
  { isMapping }: JsonShape,
  node: Node | null,
  where: Where,
): Read<JsonTree> | undefined {
  if (isMapping ? !isMap(node) : isUnwritten(node)) {
    const expected = isMapping ? 'a mapping of keys to values' : 'a value (`null` if that is meant)'
    reportType(reading, node, where, expected, exampleHint(where))
    return undefined
  }
  const found = { reading, where, isReadable: true }
  const value = toTree(found, node, 0)
  return found.isReadable ? { value, at: node ? placeOf(reading, node) : where.at } : undefined
}

/** A key with nothing behind it is a slip. */
function isUnwritten(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null && node.source === '')
}

interface Conversion {
  readonly reading: Reading
  readonly where: Where
  isReadable: boolean
}

function toTree(conversion: Conversion, node: Node | null, depth: number): JsonTree {
  const { reading } = conversion
  if (node === null || isTooMuch(conversion, node, depth)) return null
  if (isSeq<Node>(node)) {
    return node.items.map((item) => toTree(conversion, resolveNode(reading, item), depth + 1))
  }
  if (isMap<Node, Node | null>(node)) {
    checkRepeatedKeys(reading, node, conversion.where)
    const entries = [...entriesOf(reading, node).values()]
    return new Map(entries.map(({ key, value }) => [key, toTree(conversion, value, depth + 1)]))
  }
  return isScalar(node) ? scalarOf(conversion, node) : null
}

/** Aliases can lead in circles, or stand for values that stand for values: both end here, with one message. */
function isTooMuch(conversion: Conversion, node: Node, depth: number): boolean {
  const { reading, where } = conversion
  if (!conversion.isReadable) return true
  reading.data.values += 1
  if (depth <= MAX_DEPTH && reading.data.values <= MAX_VALUES) return false
  conversion.isReadable = false
  const message = `${where.label} is nested deeper than ${MAX_DEPTH} levels, or the values of the file, with what aliases stand for, are more than ${MAX_VALUES}`
  const hint = 'Look for an alias inside of its own anchor, and for aliases of values with many aliases.'
  report(reading, where, 'YAML_TOO_DEEP', message, hint, placeOf(reading, node))
  return true
}

function scalarOf(conversion: Conversion, node: Scalar): JsonTree {
  const { value, source = '' } = node
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && JSON_NUMBER.test(source)) return { digits: source }
  conversion.isReadable = false
  const { reading, where } = conversion
  const message = `${where.label} holds ${describeNode(node)}, which is no number in JSON`
  const hint = `Write it as JSON does (0.5, 12, 1e3), or put it in quotes if a text is meant.`
  report(reading, where, 'TEST_EVENT_NOT_JSON', message, hint, placeOf(reading, node))
  return null
}
