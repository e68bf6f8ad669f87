import { checkExpression, type QueryPlace } from './check-query.ts'
import { type Expression, namesOf, resolve } from './expression.ts'
import type { Report } from '../../finding.ts'
import type { FormulaJson, NamedQuery } from './json-types.ts'
import { tryToParse } from './parse-expression.ts'
import { QuerySyntaxError } from './scanner.ts'

/** Queries by name, as far as they can be read; what is wrong with them is reported. */
export function readQueries(
  queries: readonly NamedQuery[],
  at: string,
  report: Report,
): Map<string, Expression> {
  const read = new Map<string, Expression>()
  queries.forEach(({ name, query }, index) => {
    if (read.has(name)) report(`${at}/${index}/name`, `a second query is named ${name}`)
    const parsed = tryToParse(query)
    if (parsed instanceof QuerySyntaxError) report(`${at}/${index}/query`, parsed.message)
    else if (parsed.kind !== 'query')
      report(`${at}/${index}/query`, 'a single metric query is expected: arithmetic belongs into formulas')
    else read.set(name, parsed)
  })
  return read
}

/**
 * Formulas over named queries, with the names replaced: every name is defined, and every query is used. What is wrong is reported.
 *
 * @param atFormulas pointer of each formula's text
 */
export function checkFormulas(
  formulas: readonly { readonly formula: FormulaJson; readonly at: string }[],
  queries: readonly NamedQuery[],
  atQueries: string,
  place: QueryPlace,
  report: Report,
): (Expression | undefined)[] {
  const read = readQueries(queries, atQueries, report)
  const names = new Set(queries.map(({ name }) => name))
  const used = new Set<string>()
  const resolved = formulas.map(({ formula: { formula }, at }) => {
    const parsed = tryToParse(formula)
    if (parsed instanceof QuerySyntaxError) {
      report(at, parsed.message)
      return undefined
    }
    if (namesOf(parsed).length === 0) report(at, 'a formula must be about a query')
    for (const name of namesOf(parsed)) {
      used.add(name)
      if (!names.has(name)) report(at, `no query is named ${name}`)
    }
    const expression = resolve(parsed, read)
    checkExpression(expression, place, at, report)
    return expression
  })
  queries.forEach(({ name }, index) => {
    if (!used.has(name)) report(`${atQueries}/${index}`, `no formula uses the query ${name}`)
  })
  return resolved
}
