import type { Edit } from './edits.ts'
import type { AnyNode } from './syntax-tree.ts'
import { walk } from './syntax-tree.ts'

/** A change of form wherever a certain syntax stands, with the number of places that the pinned source has. */
interface Pattern {
  readonly name: string
  readonly times: number
  edit(node: AnyNode, source: string): Edit | undefined
}

const PATTERNS: readonly Pattern[] = [
  {
    name: 'async functions',
    times: 46,
    edit: (node, source) =>
      isFunction(node) && node.async ? removeWord('async', node.start, source) : undefined,
  },
  {
    name: 'awaited values',
    times: 103,
    edit: (node, source) =>
      node.type === 'AwaitExpression' ? removeWord('await', node.start, source) : undefined,
  },
  {
    name: 'promises of several values',
    times: 2,
    edit: (node, source) =>
      node.type === 'MemberExpression' && source.slice(node.start, node.end) === 'Promise.all'
        ? { start: node.start, end: node.end, text: 'Array.from' }
        : undefined,
  },
  {
    // Collecting a stack trace costs more than the evaluation that failed, and nobody reads it: codes and positions say more.
    name: 'stack traces in thrown objects',
    times: 80,
    edit: (node, source) =>
      node.type === 'Property' && isNewStack(node.value, source)
        ? { start: node.start, end: endWithComma(node.end, source), text: '' }
        : undefined,
  },
  {
    name: 'stack traces set on errors',
    times: 3,
    edit: (node, source) =>
      node.type === 'ExpressionStatement' &&
      node.expression.type === 'AssignmentExpression' &&
      isNewStack(node.expression.right, source)
        ? { start: node.start, end: node.end, text: '' }
        : undefined,
  },
  {
    name: 'reads of the marks of functions',
    times: 5,
    edit: (node) => {
      if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return undefined
      const mark = MARKS.get(node.property.name)
      return mark === undefined ? undefined : { start: node.object.end, end: node.end, text: `[${mark}]` }
    },
  },
  {
    name: 'marks of functions in object literals',
    times: 3,
    edit: (node) => {
      if (node.type !== 'Property' || node.key.type !== 'Identifier') return undefined
      const mark = MARKS.get(node.key.name)
      return mark === undefined ? undefined : { start: node.key.start, end: node.key.end, text: `[${mark}]` }
    },
  },
]

/** Names of the properties that mark functions upstream, and of the symbols that mark them here. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['_jsonata_function', 'BUILT_IN'],
  ['_jsonata_lambda', 'LAMBDA'],
])

/** The edits of all patterns. Throws if one of them is found more or less often than the pinned source has it. */
export function patternEdits(program: AnyNode, source: string): Edit[] {
  return PATTERNS.flatMap((pattern) => {
    const edits: Edit[] = []
    walk(program, (node) => {
      const edit = pattern.edit(node, source)
      if (edit !== undefined) edits.push(edit)
    })
    if (edits.length !== pattern.times) {
      throw new Error(`${pattern.name}: ${pattern.times} expected in jsonata.js, ${edits.length} found`)
    }
    return edits
  })
}

function isFunction(node: AnyNode) {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  )
}

function removeWord(word: string, start: number, source: string): Edit {
  if (!source.startsWith(word, start)) throw new Error(`"${word}" expected at ${start} of jsonata.js`)
  const spaces = /^\s*/.exec(source.slice(start + word.length))?.[0].length ?? 0
  return { start, end: start + word.length + spaces, text: '' }
}

function isNewStack(value: AnyNode, source: string): boolean {
  return source.slice(value.start, value.end) === '(new Error()).stack'
}

function endWithComma(end: number, source: string): number {
  return end + (/^\s*,/.exec(source.slice(end))?.[0].length ?? 0)
}
