import { type Alias, Composer, type CST, type Document, type Node, Parser } from 'yaml'
import type { Problem } from '../model/problem.ts'
import type { TextFile } from './text-file.ts'
import { resolveAliases } from './yaml-aliases.ts'
import { tooDeepAt } from './yaml-depth.ts'
import { rangeOf } from './yaml-nodes.ts'
import { syntaxProblems } from './yaml-syntax.ts'

/** Bounds on one file. */
export interface YamlLimits {
  /** In characters: what is longer is not read, for reading costs time. */
  readonly maxLength: number
  /** More aliases than this are an attack or a mistake: each may stand for a large part of the file. */
  readonly maxAliases: number
}

/** No contract is longer, nor has more aliases. */
const CONTRACT_LIMITS: YamlLimits = { maxLength: 1024 * 1024, maxAliases: 100 }

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  stringKeys: true,
  // Off, for that check takes quadratic time and does not say where the first key stands. repeated-keys.ts does.
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

/** A YAML file: its root and aliases if it could be read, and what is wrong with it as YAML. */
export interface YamlFile {
  readonly root: Node | undefined
  readonly aliases: ReadonlyMap<Alias, Node>
  readonly problems: readonly Problem[]
}

/** Reads one document of YAML 1.2, core schema. Never throws. */
export function parseYaml(file: TextFile, limits: YamlLimits = CONTRACT_LIMITS): YamlFile {
  if (file.text.length > limits.maxLength) return unreadable([tooLarge(file, limits)])
  const noText = notText(file)
  if (noText) return unreadable([noText])
  const tokens = [...new Parser().parse(file.text)]
  const tooDeep = tokens.map(tooDeepAt).find((offset) => offset !== undefined)
  if (tooDeep !== undefined) return unreadable([nestedTooDeeply(file, tooDeep)])
  const [document, second] = firstTwoDocuments(tokens)
  const syntax = document ? syntaxProblems(file, document) : []
  if (syntax.length > 0) return unreadable(syntax)
  if (!document?.contents || isNothing(file, document.contents)) return unreadable([emptyFile(file)])
  const { targets, problems } = resolveAliases(file, document.contents, limits.maxAliases)
  // An alias that leads nowhere would only be reported again, as a missing value.
  const root = problems.length > 0 ? undefined : document.contents
  return { root, aliases: targets, problems: [...problems, ...severalDocuments(file, second)] }
}

function unreadable(problems: readonly Problem[]): YamlFile {
  return { root: undefined, aliases: new Map(), problems }
}

/** Controls have no place in YAML, and U+FFFD stands for bytes that are no UTF-8. */
const NOT_TEXT = /(?![\t\n\r\u0085])\p{Cc}|\uFFFD/u

/** YAML takes it for a line break, the parser does not. */
const BARE_CARRIAGE_RETURN = /\r(?!\n)/

function notText(file: TextFile): Problem | undefined {
  const bareReturn = BARE_CARRIAGE_RETURN.exec(file.text)?.index
  if (bareReturn !== undefined) {
    return {
      code: 'FILE_NOT_TEXT',
      severity: 'error',
      message: 'a line ends here with a carriage return alone',
      hint: 'Save the file with line feeds, or with both, as Windows does.',
      at: file.place(bareReturn),
    }
  }
  const at = NOT_TEXT.exec(file.text)?.index
  if (at === undefined) return undefined
  const isUtf16 = file.text.slice(0, 100).includes('\0')
  return {
    code: 'FILE_NOT_TEXT',
    severity: 'error',
    message: 'here stands something that is no text in UTF-8',
    hint: isUtf16
      ? 'The file may be UTF-16, or no text at all: save it as UTF-8.'
      : 'Save the file as UTF-8 (it may be Latin-1), and remove control characters.',
    at: file.place(at),
  }
}

function firstTwoDocuments(tokens: readonly CST.Token[]): Document.Parsed[] {
  const documents: Document.Parsed[] = []
  for (const document of new Composer(OPTIONS).compose(tokens)) {
    if (documents.push(document) === 2) break
  }
  return documents
}

/** An empty scalar: what a file of `---` alone holds. */
function isNothing(file: TextFile, node: Node): boolean {
  return file.text.slice(...rangeOf(node)).trim() === ''
}

function emptyFile(file: TextFile): Problem {
  return {
    code: 'CONTRACT_EMPTY',
    severity: 'error',
    message: 'the file holds nothing but white space and comments',
    hint: 'Begin with `apiVersion: assay/v1`, or remove the file.',
    at: file.place(0),
  }
}

function nestedTooDeeply(file: TextFile, offset: number): Problem {
  return {
    code: 'YAML_TOO_DEEP',
    severity: 'error',
    message: 'lists or mappings are nested too deeply to be read',
    hint: 'No contract needs more than a handful of levels: look for brackets that are opened and never closed.',
    at: file.place(offset),
  }
}

function tooLarge(file: TextFile, { maxLength }: YamlLimits): Problem {
  return {
    code: 'CONTRACT_TOO_LARGE',
    severity: 'error',
    message: `the file has ${file.text.length} characters; at most ${maxLength} are read`,
    hint: 'Split the contract: several contracts may watch one topic.',
    at: file.place(0),
  }
}

function severalDocuments(file: TextFile, second: Document.Parsed | undefined): Problem[] {
  if (!second) return []
  const separator = file.text.lastIndexOf('---', second.range[0])
  const problem: Problem = {
    code: 'YAML_SEVERAL_DOCUMENTS',
    severity: 'error',
    message: 'a second document begins here, and a file holds only one',
    hint: 'Move what follows into a file of its own.',
    at: separator === -1 ? file.place(second.range[0]) : file.place(separator, separator + 3),
  }
  return [problem]
}
