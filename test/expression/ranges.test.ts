import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonata, { type SyntaxNode } from '#jsonata-sync'
import { describe, expect, test } from 'vitest'
import { nodesOf } from '../../src/expression/names.ts'

const SUITE = join(import.meta.dirname, '../../../shared/jsonata-suite/cases.json')

/** Each kind of node, with white space and comments where they are allowed. */
const SOURCES = [
  ' a.b.c > 0  and x = "y" ',
  '/* first */ a [ ] .b[0][ 1 ] /* last */',
  '$count( items[ $not(price > 0) ] ) = 0',
  'a.b[x=1]{ k: v, "l": $sum(w) }',
  '$map(a, function($v, $i)<nn:n> { $v + $i })',
  'a ? b : -5',
  'a ? b',
  'a ?: b ?? c ?? "d"',
  '(a; $x := b.`q q`; $x.c)',
  'a.(b)[0].c^(>d, <e, f)',
  'library.books@$b#$i.title',
  'a#$i[$i < 2]',
  'a ~> $f ~> |x|{"a":1},["b"]|',
  '[1..5, a..b, [c]]',
  'a.**.*.b',
  '$contains(x, /a[/]b/im)',
  '- - a.b - -1',
  '$f(?, a)',
  'and.or.in',
  '\'a\'.b & "\\""',
  'a in ["x", \'y\', null, true]',
  '$$.a.$b.c[$=1]',
  'a.b.c[]',
  '$f := λ($x){ $x > 1 ? $f($x - 1) : ($y := $x; $g($y)) }',
  '  (  ( a.x ) )  ',
  '[a][0].{"b": c}',
  'a * (b + c) % d / 1e3',
]

/** Where a sub-expression stands is right if what stands there, read alone, is the same sub-expression. */
function expectExactRanges(source: string): number {
  let compared = 0
  const root = jsonata(source).ast()
  for (const node of expressionsOf(root)) {
    const { start, end } = jsonata.rangeOf(node) ?? { start: 0, end: 0 }
    const text = source.slice(start, end)
    // A placeholder can't stand alone, and neither can what asks for a parent outside of it.
    if (end === 0 || text === '?' || (text.includes('%') && !canBeRead(text))) continue
    expect(meaningOf(jsonata(text).ast()), `${source} → ${text}`).toEqual(meaningOf(node))
    expect(text).toBe(text.trim())
    compared++
  }
  return compared
}

/** Nodes that can stand alone: all but the steps of paths, of which those that follow are made a little different. */
function expressionsOf(root: SyntaxNode): SyntaxNode[] {
  const nodes = [...nodesOf(root)]
  const steps = new Set(nodes.flatMap(({ steps: inPath }) => (Array.isArray(inPath) ? inPath : [])))
  return nodes.filter((node) => !steps.has(node) && node.type !== 'sort' && node.type !== 'filter')
}

const POSITIONS: ReadonlySet<string> = new Set(['position', 'ancestor', 'tuple', 'seekingParent', 'slot'])

/** A node without its positions, and without the wrapping of calls that end a function. */
function meaningOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(meaningOf)
  if (node instanceof RegExp || typeof node === 'function') return String(node)
  if (typeof node !== 'object' || node === null) return node
  if ('thunk' in node && node.thunk === true && 'body' in node) return meaningOf(node.body)
  const entries = Object.entries(node).filter(([key, value]) => !POSITIONS.has(key) && value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, meaningOf(value)]))
}

describe('each sub-expression stands where its node says', () => {
  test.each(SOURCES)('%s', (source) => {
    expect(expectExactRanges(source)).toBeGreaterThan(0)
  })

  test.skipIf(!existsSync(SUITE))('in all expressions of the test suite of JSONata', () => {
    const cases: { expr: unknown; code?: string; error?: object }[] = JSON.parse(readFileSync(SUITE, 'utf8'))
    const sources = new Set(cases.flatMap(({ expr }) => (typeof expr === 'string' ? expr : [])))
    const compared = [...sources].filter(canBeRead).map(expectExactRanges)
    expect(compared.length).toBeGreaterThan(800)
  })
})

function canBeRead(source: string): boolean {
  try {
    jsonata(source)
    return true
  } catch {
    return false
  }
}

test('what the parser makes up stands nowhere', () => {
  const made = [...nodesOf(jsonata('a ?? b').ast())].filter((node) => jsonata.rangeOf(node) === undefined)
  expect(made.map(({ type, value }) => [type, value])).toEqual([
    ['function', '('],
    ['variable', 'exists'],
  ])
})

test('places are hidden from who compares or prints syntax trees', () => {
  expect(JSON.stringify(jsonata('a.b').ast())).not.toMatch(/start|end/)
})
