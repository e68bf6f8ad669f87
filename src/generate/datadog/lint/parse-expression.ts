import type { Expression, MetricQuery } from './expression.ts'
import { parseFilter } from './parse-filter.ts'
import { QuerySyntaxError, Scanner } from './scanner.ts'

const METRIC = /([A-Za-z][A-Za-z0-9_]*):([A-Za-z][A-Za-z0-9_.]*)(?=\{)/y
const NUMBER = /\d+(?:\.\d+)?(?![A-Za-z0-9_.])/y
const NAME = /[A-Za-z][A-Za-z0-9_]*/y
const TEXT = /'([^']*)'/y
const TAG_KEY = /[a-z][a-z0-9_]*/y

/** Functions that are used, with the kinds of their arguments: others would need to be looked up first. */
const FUNCTIONS: Readonly<Record<string, readonly ('expression' | 'number' | 'text')[]>> = {
  abs: ['expression'],
  default_zero: ['expression'],
  is_greater: ['expression', 'number'],
  top: ['expression', 'number', 'text', 'text'],
}

/**
 * Reads arithmetic over metric queries, or over names of queries.
 *
 * @throws QuerySyntaxError
 */
export function parseExpression(text: string): Expression {
  const scanner = new Scanner(text)
  const expression = parseSum(scanner)
  scanner.end()
  return expression
}

function parseSum(scanner: Scanner): Expression {
  return parseChain(scanner, ['+', '-'], parseProduct)
}

function parseProduct(scanner: Scanner): Expression {
  return parseChain(scanner, ['*', '/'], parseFactor)
}

function parseChain(
  scanner: Scanner,
  operators: readonly string[],
  parseNext: (scanner: Scanner) => Expression,
): Expression {
  let left = parseNext(scanner)
  for (;;) {
    const operator = operators.find((candidate) => scanner.skip(candidate))
    if (operator === undefined) return left
    left = { kind: 'binary', operator, left, right: parseNext(scanner) }
  }
}

function parseFactor(scanner: Scanner): Expression {
  if (scanner.skip('(')) {
    const inner = parseSum(scanner)
    scanner.expect(')')
    return inner
  }
  const number = scanner.match(NUMBER)
  if (number) return { kind: 'number', value: Number(number[0]) }
  const metric = scanner.match(METRIC)
  if (metric) return { kind: 'query', query: parseQuery(scanner, metric[1] ?? '', metric[2] ?? '') }
  const name = scanner.match(NAME)?.[0]
  if (name === undefined) throw scanner.fault('a query, a number, a function or a name is expected')
  return scanner.skip('(') ? parseCall(scanner, name) : { kind: 'name', name }
}

function parseCall(scanner: Scanner, name: string): Expression {
  const kinds = FUNCTIONS[name]
  if (kinds === undefined) throw scanner.fault(`no function ${name} is known`)
  const args = kinds.map((kind, index) => {
    if (index > 0) scanner.expect(',')
    if (kind === 'expression') return parseSum(scanner)
    const literal = scanner.match(kind === 'number' ? NUMBER : TEXT)
    if (!literal) throw scanner.fault(`argument ${index + 1} of ${name} must be a ${kind}`)
    return kind === 'number'
      ? ({ kind: 'number', value: Number(literal[0]) } as const)
      : ({ kind: 'text', value: literal[1] ?? '' } as const)
  })
  scanner.expect(')')
  return { kind: 'call', name, args }
}

function parseQuery(scanner: Scanner, aggregator: string, metric: string): MetricQuery {
  const filter = parseFilter(scanner.inBraces())
  const by = scanner.word('by') ? parseGroups(scanner.inBraces()) : []
  const modifier = scanner.skipNow('.') ? scanner.match(NAME)?.[0] : undefined
  if (modifier !== undefined) parseArguments(scanner, modifier)
  const [isCount, isHighest] = [modifier === 'as_count', modifier === 'rollup']
  return { aggregator, metric, filter, by, isCount, isHighest }
}

const MODIFIERS: Readonly<Record<string, string>> = { as_count: '', rollup: 'max' }

function parseArguments(scanner: Scanner, modifier: string): void {
  const args = MODIFIERS[modifier]
  if (args === undefined) throw scanner.fault(`no modifier .${modifier}() is used`)
  scanner.expectNow(`(${args})`)
}

function parseGroups(text: string): string[] {
  const scanner = new Scanner(text)
  const tags: string[] = []
  do {
    const tag = scanner.match(TAG_KEY)?.[0]
    if (tag === undefined) throw scanner.fault('a tag to group by is expected')
    if (tags.includes(tag)) throw scanner.fault(`${tag} is grouped by twice`)
    tags.push(tag)
  } while (scanner.skip(','))
  scanner.end()
  return tags
}

/** The expression, or what is wrong with the text. */
export function tryToParse(text: string): Expression | QuerySyntaxError {
  try {
    return parseExpression(text)
  } catch (error) {
    if (error instanceof QuerySyntaxError) return error
    throw error
  }
}
