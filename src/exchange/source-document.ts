import { isMap, isScalar, isSeq, type Alias, isAlias, type Node } from 'yaml'
import { createTextFile, type TextFile } from '../contract/text-file.ts'
import { parseYaml } from '../contract/yaml-document.ts'
import { rangeOf } from '../contract/yaml-nodes.ts'
import type { Location, Problem } from '../model/problem.ts'
import { JsonPlaces, tooDeepAt } from './locate-json.ts'
import type { Path } from './path.ts'

/** A document of another format that can say where each of its values stands. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /** The place of a value, or of the key before it; of the nearest one around it that is there. */
  at(path: Path, what?: 'value' | 'key'): Location
}

/** What came of reading a document. */
export type ReadSource =
  | { readonly document: SourceDocument; readonly problems: readonly Problem[] }
  | { readonly document: undefined; readonly problems: readonly Problem[] }

/** Aliases may stand for one another: more values than this are an attack. */
const MAX_VALUES = 200_000

/** Lists and objects within one another: recursion over them stays far from the end of the stack. */
const MAX_JSON_DEPTH = 500

/** Reads YAML, or JSON as a part of it. Never throws. */
export function readYamlSource(file: string, text: string): ReadSource {
  const textFile = createTextFile(file, text.replace(/^\uFEFF/, ''))
  const { root, aliases, problems } = parseYaml(textFile)
  if (root === undefined) return { document: undefined, problems }
  const value = toValue(root, aliases, { left: MAX_VALUES })
  if (value === TOO_MANY) return { document: undefined, problems: [tooMany(textFile)] }
  return {
    document: { file, value, at: (path, what = 'value') => locateNode(textFile, root, aliases, path, what) },
    problems,
  }
}

/** Reads JSON of any size. Never throws. */
export function readJsonSource(file: string, text: string): ReadSource {
  const textFile = createTextFile(file, text.replace(/^\uFEFF/, ''))
  const tooDeep = tooDeepAt(textFile.text, MAX_JSON_DEPTH)
  if (tooDeep !== undefined) return { document: undefined, problems: [nestedTooDeeply(textFile, tooDeep)] }
  try {
    const value: unknown = JSON.parse(textFile.text)
    // Made at the first question, for most documents are never asked.
    let places: JsonPlaces | undefined
    const at = (path: Path) => textFile.place(...(places ??= new JsonPlaces(textFile.text)).find(path))
    return { document: { file, value, at }, problems: [] }
  } catch (error) {
    return { document: undefined, problems: [notJson(textFile, error)] }
  }
}

function nestedTooDeeply(file: TextFile, offset: number): Problem {
  return {
    code: 'IMPORT_NOT_JSON',
    severity: 'error',
    message: `lists and objects are nested more than ${MAX_JSON_DEPTH} levels deep`,
    hint: 'Look for brackets that are opened and never closed.',
    at: file.place(offset),
  }
}

function notJson(file: TextFile, error: unknown): Problem {
  const said = error instanceof Error ? error.message : String(error)
  const position = /at position (\d+)/.exec(said)?.[1]
  const offset = position === undefined ? file.text.trimEnd().length : Number(position)
  return {
    code: 'IMPORT_NOT_JSON',
    severity: 'error',
    message: `the file is not valid JSON: ${said.replace(/(?: in JSON)? at position.*$/s, '').replace(/, ".*$/s, '')}`,
    hint: 'Look for a missing or superfluous comma, quote or bracket here or just before.',
    at: file.place(offset),
  }
}

const TOO_MANY = Symbol('too many')

function toValue(node: Node | null, aliases: ReadonlyMap<Alias, Node>, budget: { left: number }): unknown {
  budget.left -= 1
  if (budget.left < 0) return TOO_MANY
  const target = isAlias(node) ? (aliases.get(node) ?? null) : node
  if (isScalar(target)) return target.value
  if (isSeq<Node>(target)) return all(target.items.map((item) => () => toValue(item, aliases, budget)))
  if (!isMap<Node, Node | null>(target)) return null
  const entries: [string, unknown][] = []
  for (const { key, value } of target.items) {
    const read = toValue(value, aliases, budget)
    if (read === TOO_MANY) return TOO_MANY
    if (isScalar(key)) entries.push([String(key.value), read])
  }
  return Object.fromEntries(entries)
}

function all(readers: readonly (() => unknown)[]): unknown {
  const values: unknown[] = []
  for (const read of readers) {
    const value = read()
    if (value === TOO_MANY) return TOO_MANY
    values.push(value)
  }
  return values
}

function locateNode(
  file: TextFile,
  root: Node,
  aliases: ReadonlyMap<Alias, Node>,
  path: Path,
  what: 'value' | 'key',
): Location {
  let node: Node | null = root
  let place: Node = root
  for (const part of path) {
    const container: Node | null = isAlias(node) ? (aliases.get(node) ?? null) : node
    const found = childOf(container, part, what)
    if (found === undefined) break
    node = found.value
    place = found.place
  }
  // A mapping or list of many lines is best shown by the key before it, or by its first line.
  return file.place(...rangeOf(place))
}

/** The value under a key or index, and what to point at: the value if it is short, else its key. */
function childOf(
  node: Node | null,
  part: string | number,
  what: 'value' | 'key',
): { readonly value: Node | null; readonly place: Node } | undefined {
  if (isSeq<Node>(node) && typeof part === 'number') {
    const item = node.items[part]
    return item && { value: item, place: firstOf(item) }
  }
  if (!isMap<Node, Node | null>(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
  if (pair === undefined) return undefined
  return {
    value: pair.value,
    place: what === 'value' && isScalar(pair.value) && pair.value.value !== null ? pair.value : pair.key,
  }
}

/** What stands first in an item of a list. */
function firstOf(item: Node): Node {
  const first = isMap<Node, Node | null>(item) ? item.items[0]?.key : undefined
  return first ?? item
}

function tooMany(file: TextFile): Problem {
  return {
    code: 'YAML_TOO_MANY_ALIASES',
    severity: 'error',
    message: `with its aliases written out, the file has more than ${MAX_VALUES} values`,
    hint: 'Write repeated values out where they are needed, or split the file.',
    at: file.place(0),
  }
}
