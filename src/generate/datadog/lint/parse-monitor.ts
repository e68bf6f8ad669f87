import type { Expression } from './expression.ts'
import { parseExpression } from './parse-expression.ts'
import { QuerySyntaxError } from './scanner.ts'

/** The query of a metric monitor: an aggregation over a window of an expression, held against a number. */
export interface MetricAlert {
  readonly kind: 'metric'
  readonly over: string
  readonly windowMs: number
  readonly expression: Expression
  readonly comparator: string
  readonly number: number
}

/** The query of an objective's monitor. */
export interface SloAlert {
  readonly kind: 'burn_rate' | 'error_budget'
  /** What stands in place of the id. */
  readonly slo: string
  readonly timeframe: string
  readonly longMinutes: number
  readonly shortMinutes: number
  readonly comparator: string
  readonly number: number
}

const COMPARISON = / (>=|<=|>|<) ((?:0|-?[1-9]\d*)(?:\.\d+)?|-?0\.\d+)$/
const WINDOW = /^(avg|sum|min|max)\(last_(\d+)([mhdw])\):/
const BURN_RATE =
  /^burn_rate\("([^"]+)"\)\.over\("(\d+d)"\)\.long_window\("(\d+)h"\)\.short_window\("(\d+)m"\)$/
const ERROR_BUDGET = /^error_budget\("([^"]+)"\)\.over\("(\d+d)"\)$/
const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440, w: 10_080 }
/** The most of each unit that the API's reference allows. */
const MOST_OF_UNIT: Readonly<Record<string, number>> = { m: 10_080, h: 168, d: 1, w: 1 }

/** @throws QuerySyntaxError */
export function parseMetricAlert(query: string): MetricAlert {
  const { rest, comparator, number } = comparisonOf(query)
  const [head, over = '', length = '', unit = ''] = WINDOW.exec(rest) ?? []
  if (head === undefined)
    throw new QuerySyntaxError('must begin with avg, sum, min or max over a window such as (last_15m):')
  const minutes = Number(length) * (UNIT_MINUTES[unit] ?? 0)
  if (minutes < 1 || Number(length) > (MOST_OF_UNIT[unit] ?? 0))
    throw new QuerySyntaxError(
      `no window last_${length}${unit} is known: last_1m to last_10080m, last_1h to last_168h, last_1d or last_1w`,
    )
  return {
    kind: 'metric',
    over,
    windowMs: minutes * 60_000,
    expression: parseExpression(rest.slice(head.length)),
    comparator,
    number,
  }
}

/** @throws QuerySyntaxError */
export function parseSloAlert(query: string): SloAlert {
  const { rest, comparator, number } = comparisonOf(query)
  const burn = BURN_RATE.exec(rest)
  if (burn) {
    const [, slo = '', timeframe = '', hours, minutes] = burn
    return {
      kind: 'burn_rate',
      slo,
      timeframe,
      longMinutes: Number(hours) * 60,
      shortMinutes: Number(minutes),
      comparator,
      number,
    }
  }
  const [, slo, timeframe] = ERROR_BUDGET.exec(rest) ?? []
  if (slo === undefined || timeframe === undefined)
    throw new QuerySyntaxError('must be burn_rate("…") with its windows, or error_budget("…")')
  return { kind: 'error_budget', slo, timeframe, longMinutes: 0, shortMinutes: 0, comparator, number }
}

function comparisonOf(query: string): { rest: string; comparator: string; number: number } {
  const match = COMPARISON.exec(query)
  if (!match) throw new QuerySyntaxError('must end with a comparison such as ` > 0.5`')
  const [, comparator = '', number = ''] = match
  return { rest: query.slice(0, match.index), comparator, number: Number(number) }
}
