import { quote } from '../contract/describe-node.ts'
import { decodeValue, DEFAULT_DECODE_LIMITS } from '../decode/decode.ts'
import type { Format } from '../model/contract.ts'
import type { BaseEvent, ContractTest, EventText, RecordValue } from '../model/contract-test.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { JsonTree } from '../model/json-tree.ts'
import type { Location, Problem } from '../model/problem.ts'
import { explainJsonMistake } from './json-mistake.ts'
import { jsonText, jsonTree, mergePatch } from './json-text.ts'
import { timeAt, withLaterTime } from './moving-times.ts'

/** The bytes of a file that a test refers to, as the caller found them. */
export type EventFile =
  { readonly path: string; readonly bytes: Uint8Array } | { readonly path: string; readonly missing: string }

/** Finds the file that `reference` names, seen from the file `from`. Given by the caller: this room reads no files. */
export type ReadEventFile = (from: string, reference: string) => EventFile

/** Stands for a value that can't be made: the problem has been reported, so nothing will be judged. */
const NONE = null

/** Makes the values of records out of what a test file says, each base and file once. */
export class RecordValues {
  readonly #test: ContractTest
  readonly #format: Format
  readonly #read: ReadEventFile
  readonly #isWhole: boolean
  readonly #problems: Problem[]
  readonly #files = new Map<string, Uint8Array | null>()
  readonly #trees = new Map<string, JsonTree>()

  /** @param isWhole whether all bases of the file could be read */
  constructor(
    test: ContractTest,
    format: Format,
    read: ReadEventFile,
    isWhole: boolean,
    problems: Problem[],
  ) {
    this.#test = test
    this.#format = format
    this.#read = read
    this.#isWhole = isWhole
    this.#problems = problems
  }

  /** Reports what is wrong with bases, also with those that no case uses. */
  checkBases(): void {
    for (const [name, base] of this.#test.bases) {
      const bytes = this.#textBytes(base.text, `base ${quote(name)}`)
      if (bytes !== NONE) this.#checkMoving(name, base)
    }
  }

  #checkMoving(name: string, { text, moving }: BaseEvent): void {
    const tree = moving.length === 0 ? undefined : this.#treeOf(name, text)
    for (const { path, at } of moving) {
      if (tree === undefined || timeAt(tree, path) === undefined) {
        this.#problems.push(notMoving(name, path, at))
      }
    }
  }

  /**
   * @param name that of the case, for messages
   * @param offsetMs since the start of the case, for times that move with the clock
   */
  bytesOf(value: RecordValue, name: string, offsetMs: number): Uint8Array | null {
    if (value.kind === 'bytes') return value.bytes
    return value.kind === 'base'
      ? this.#baseBytes(value, name, offsetMs)
      : this.#textBytes(value, `case ${quote(name)}`)
  }

  /** Whether the bytes of the value depend on when the record comes. */
  isMoving(value: RecordValue): boolean {
    return value.kind === 'base' && (this.#test.bases.get(value.name)?.moving.length ?? 0) > 0
  }

  #baseBytes(
    { name: base, patch, at }: Extract<RecordValue, { kind: 'base' }>,
    name: string,
    offsetMs: number,
  ): Uint8Array | null {
    const event = this.#test.bases.get(base)
    if (!event) {
      if (this.#isWhole) this.#problems.push(this.#unknownBase(base, name, at))
      return NONE
    }
    // What is wrong with the base itself has been reported once.
    const isAsWritten = offsetMs === 0 || event.moving.length === 0
    if (patch === undefined && isAsWritten) return this.#bytesOrNone(event.text)
    const tree = this.#treeOf(base, event.text)
    if (tree === undefined) return NONE
    const moved = event.moving.reduce((moving, { path }) => withLaterTime(moving, path, offsetMs), tree)
    const changed = patch === undefined ? moved : mergePatch(moved, patch)
    return this.#encode(changed, at, `case ${quote(name)}`)
  }

  #bytesOrNone(text: EventText): Uint8Array | null {
    if (text.kind === 'file') return this.#files.get(text.path) ?? NONE
    return this.#isWritable(text.json) ? this.#textBytes(text, '') : NONE
  }

  #treeOf(base: string, text: EventText): JsonTree | undefined {
    if (text.kind === 'inline') return text.json
    const known = this.#trees.get(base)
    if (known !== undefined) return known
    const bytes = this.#files.get(text.path)
    if (!bytes || this.#format === 'string') return undefined
    const tree = jsonTree(textOf(bytes))
    this.#trees.set(base, tree)
    return tree
  }

  #textBytes(text: EventText, label: string): Uint8Array | null {
    return text.kind === 'inline'
      ? this.#encode(text.json, text.at, label)
      : this.#fileBytes(text.path, text.at, label)
  }

  #encode(json: JsonTree, at: Location, label: string): Uint8Array | null {
    if (this.#format !== 'string') return Buffer.from(jsonText(json), 'utf8')
    if (typeof json === 'string') return Buffer.from(json, 'utf8')
    this.#problems.push(notText(label, at))
    return NONE
  }

  #isWritable(json: JsonTree): boolean {
    return this.#format !== 'string' || typeof json === 'string'
  }

  #fileBytes(path: string, at: Location, label: string): Uint8Array | null {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const found = this.#read(this.#test.file, path)
    const fault =
      'missing' in found ? `${found.path}: ${found.missing}` : this.#faultOf(found.path, found.bytes)
    if (fault !== undefined) this.#problems.push(unusableFile(label, fault, at))
    const bytes = 'bytes' in found && fault === undefined ? found.bytes : NONE
    this.#files.set(path, bytes)
    return bytes
  }

  /** An event file holds an event. What can't be decoded is written as `raw`, where it can be seen. */
  #faultOf(path: string, bytes: Uint8Array): string | undefined {
    const decoded = decodeValue(bytes, this.#format, DEFAULT_DECODE_LIMITS)
    if (decoded.kind !== 'undecodable') return undefined
    return decoded.reason === 'not_json'
      ? explainJsonMistake(path, textOf(bytes))
      : `${path} is no event: ${decoded.detail} (${decoded.reason})`
  }

  #unknownBase(base: string, name: string, at: Location): Problem {
    const bases = [...this.#test.bases.keys()]
    const meant = nearest(base, bases)
    const known =
      bases.length === 0 ? 'The file has no `bases`.' : `There are ${bases.map(quote).join(', ')}.`
    return {
      code: 'TEST_UNKNOWN_BASE',
      severity: 'error',
      message: `case ${quote(name)}: there is no base ${quote(base)}`,
      hint: meant === undefined ? `${known} Add it at the top of the file.` : `Did you mean ${quote(meant)}?`,
      at,
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
}

function unusableFile(label: string, fault: string, at: Location): Problem {
  return {
    code: 'TEST_EVENT_FILE',
    severity: 'error',
    message: `${label}: ${fault}`,
    hint: 'The path is relative to the test file, and the file holds one event as JSON. For what can not be decoded, use `raw`.',
    at,
  }
}

function notMoving(base: string, path: readonly string[], at: Location): Problem {
  return {
    code: 'TEST_NOT_MOVING',
    severity: 'error',
    message: `base ${quote(base)}: the event has no time at \`${path.join('.')}\` that could move with the clock`,
    hint: 'Write a time there, such as 2026-03-02T12:00:00Z, or correct the path.',
    at,
  }
}

function notText(label: string, at: Location): Problem {
  return {
    code: 'TEST_EVENT_NOT_TEXT',
    severity: 'error',
    message: `${label}: the contract has \`format: string\`, so its events are texts, and this is none`,
    hint: 'Write a text, in quotes where YAML would read something else.',
    at,
  }
}
