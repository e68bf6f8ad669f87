/** What a metric query is narrowed to. */
export type FilterTerm =
  | { readonly kind: 'variable'; readonly name: string }
  | {
      readonly kind: 'tag'
      readonly tag: string
      readonly values: readonly string[]
      readonly isNegated: boolean
    }

/** `sum:dq.events{…} by {…}.as_count()` */
export interface MetricQuery {
  readonly aggregator: string
  readonly metric: string
  readonly filter: readonly FilterTerm[]
  readonly by: readonly string[]
  readonly isCount: boolean
  /** Whether of each interval the highest value counts, and not the average. */
  readonly isHighest: boolean
}

/** Arithmetic over queries (in monitors), or over names of queries (in formulas). */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'query'; readonly query: MetricQuery }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }

/** All parts of an expression, itself first. */
export function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'call':
      return [expression, ...expression.args.flatMap(partsOf)]
    case 'binary':
      return [expression, ...partsOf(expression.left), ...partsOf(expression.right)]
    default:
      return [expression]
  }
}

export function queriesOf(expression: Expression): MetricQuery[] {
  return partsOf(expression).flatMap((part) => (part.kind === 'query' ? part.query : []))
}

export function namesOf(expression: Expression): string[] {
  return partsOf(expression).flatMap((part) => (part.kind === 'name' ? part.name : []))
}

/** The expression with names replaced by the queries that they stand for; unknown names stay. */
export function resolve(expression: Expression, queries: ReadonlyMap<string, Expression>): Expression {
  switch (expression.kind) {
    case 'name':
      return queries.get(expression.name) ?? expression
    case 'call':
      return { ...expression, args: expression.args.map((arg) => resolve(arg, queries)) }
    case 'binary':
      return {
        ...expression,
        left: resolve(expression.left, queries),
        right: resolve(expression.right, queries),
      }
    default:
      return expression
  }
}

/** The values that a query is narrowed to by a tag. */
export function valuesOf({ filter }: MetricQuery, tag: string): readonly string[] {
  return filter.flatMap((term) =>
    term.kind === 'tag' && term.tag === tag && !term.isNegated ? term.values : [],
  )
}
