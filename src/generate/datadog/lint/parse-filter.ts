import type { FilterTerm } from './expression.ts'
import { Scanner } from './scanner.ts'

const VARIABLE = /\$([a-z][a-z0-9_]*)/y
const TAG = /(!?)([a-z][a-z0-9_]*):([a-z0-9_\-.:/]+)/y
const ALTERNATIVES = /([a-z][a-z0-9_]*) (NOT IN|IN) \(/y
const VALUE = /[a-z0-9_\-.:/]+/y
const BOOLEAN = / AND | IN /

/**
 * Reads the inside of a filter: `*`, terms joined by commas, or terms joined by AND, of which only the latter knows alternatives.
 *
 * @throws QuerySyntaxError
 */
export function parseFilter(text: string): FilterTerm[] {
  if (text === '*') return []
  const joint = BOOLEAN.test(text) ? ' AND ' : ','
  const scanner = new Scanner(text)
  const terms = [parseTerm(scanner, joint)]
  while (joint === ',' ? scanner.skipNow(',') : scanner.word('AND')) terms.push(parseTerm(scanner, joint))
  scanner.end()
  const tags = terms.map((term) => (term.kind === 'tag' ? term.tag : `$${term.name}`))
  const twice = tags.find((tag, index) => tags.indexOf(tag) !== index)
  if (twice !== undefined) throw scanner.fault(`${twice} is filtered by twice`)
  return terms
}

function parseTerm(scanner: Scanner, joint: string): FilterTerm {
  const variable = scanner.match(VARIABLE)
  if (variable) return { kind: 'variable', name: variable[1] ?? '' }
  const alternatives = joint === ',' ? null : scanner.match(ALTERNATIVES)
  if (alternatives) {
    const values = parseValues(scanner)
    return { kind: 'tag', tag: alternatives[1] ?? '', values, isNegated: alternatives[2] !== 'IN' }
  }
  const tag = scanner.match(TAG)
  if (!tag) throw scanner.fault('a term such as `tag:value` is expected')
  return { kind: 'tag', tag: tag[2] ?? '', values: [tag[3] ?? ''], isNegated: tag[1] === '!' }
}

function parseValues(scanner: Scanner): string[] {
  const values: string[] = []
  do {
    const value = scanner.match(VALUE)?.[0]
    if (value === undefined) throw scanner.fault('a value is expected')
    if (values.includes(value)) throw scanner.fault(`${value} is named twice`)
    values.push(value)
  } while (scanner.skip(','))
  scanner.expect(')')
  return values
}
