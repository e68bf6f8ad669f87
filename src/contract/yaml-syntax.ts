import { type Document, isCollection, isScalar, type Node, type YAMLError } from 'yaml'
import type { Problem } from '../model/problem.ts'
import type { TextFile } from './text-file.ts'
import { nodesInOrder, rangeOf } from './yaml-nodes.ts'
import { rewordYamlError } from './yaml-wording.ts'

/** Errors after the first few are mostly echoes of those. */
const MAX_SYNTAX_PROBLEMS = 10

/** What is wrong with a document as YAML: of each line the first error, in words for the author. */
export function syntaxProblems(file: TextFile, document: Document.Parsed): readonly Problem[] {
  const problems = [...document.errors, ...document.warnings].map((error) => toProblem(file, document, error))
  const firstOfLines = [...Map.groupBy(problems, ({ at }) => at?.line).values()].flatMap(
    ([first]) => first ?? [],
  )
  return [...oldVersion(file, document), ...withoutEchoes(firstOfLines).slice(0, MAX_SYNTAX_PROBLEMS)]
}

/** On a line with nothing on it, there is nothing to mend: the mistake stands before. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const mendable = problems.filter(({ at }) => at?.sourceLine.trim() !== '')
  return mendable.length > 0 ? mendable : problems
}

function toProblem(file: TextFile, document: Document.Parsed, error: YAMLError): Problem {
  const { code, message, hint } = rewordYamlError(error.code, error.message)
  const [start, end] = error.pos
  const opening = isUnclosed(error) ? openingBefore(document, start) : undefined
  const at = opening === undefined ? file.place(pastIndentation(file, start), end) : file.place(opening)
  return { code, severity: 'error', message, hint, at }
}

function pastIndentation({ text }: TextFile, start: number): number {
  let at = start
  while (text[at] === ' ') at += 1
  return at
}

function isUnclosed({ message }: YAMLError): boolean {
  return /^Missing closing|must be sufficiently indented and end with/.test(message)
}

/** The parser notices a missing quote or bracket where the file (or the level) ends. The author looks for where it was opened. */
function openingBefore(document: Document.Parsed, end: number): number | undefined {
  for (const node of document.contents ? nodesInOrder(document.contents) : []) {
    if (isEnclosed(node) && rangeOf(node)[1] === end) return rangeOf(node)[0]
  }
  return undefined
}

function isEnclosed(node: Node): boolean {
  if (isScalar(node)) return node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE'
  return isCollection(node) && node.flow === true
}

function oldVersion(file: TextFile, { directives }: Document.Parsed): Problem[] {
  if (directives.yaml.version === '1.2') return []
  const problem: Problem = {
    code: 'YAML_DIRECTIVE',
    severity: 'error',
    message: `the file asks to be read as YAML ${directives.yaml.version}, in which \`no\` is a boolean`,
    hint: 'Remove the `%YAML` line. Contracts are YAML 1.2.',
    at: file.place(file.text.indexOf('%YAML'), file.text.length),
  }
  return [problem]
}
