import { type Command, InvalidArgumentError } from 'commander'
import { BadValue, parseCount } from '../config/values.ts'
import { seriesOf, type SeriesFactors } from '../generate/series.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'

/** The same as the bound that a process keeps by itself (`--max-series`). */
const USUAL_BUDGET = 20_000
const SHOWN_METRICS = 3

export interface SeriesFlags extends SeriesFactors {
  readonly seriesBudget: number
}

/** The flags by which series are counted. */
export function addSeriesOptions(command: Command): Command {
  return command
    .option(
      '--series-budget <number>',
      'time series above which to warn; 20000 unless given',
      toCount,
      USUAL_BUDGET,
    )
    .option(
      '--hosts <number>',
      'hosts that the processes run on, each of which has its own series; 1 unless given',
      toCount,
      1,
    )
    .option('--partitions <number>', 'partitions of a topic; 12 unless given', toCount, 12)
}

function toCount(text: string): number {
  const count = parseCount(text)
  if (count instanceof BadValue) throw new InvalidArgumentError(`It must be ${count.expected}.`)
  return count
}

/** How many time series contracts come to at most, and a warning if they are more than the budget. */
export function countSeries(
  contracts: readonly Contract[],
  flags: SeriesFlags,
): { readonly series: number; readonly problems: readonly Problem[] } {
  const metrics = seriesOf(contracts, flags)
  const series = metrics.reduce((sum, metric) => sum + metric.series, 0)
  if (series <= flags.seriesBudget) return { series, problems: [] }
  const most = metrics.slice(0, SHOWN_METRICS).map((metric) => `${metric.name} ${metric.series}`)
  return {
    series,
    problems: [
      {
        code: 'SERIES_OVER_BUDGET',
        severity: 'warning',
        message: `the rules come to ${series} time series at most, more than the budget of ${flags.seriesBudget}: ${most.join(', ')}`,
        hint: 'Leave out rules that nobody would act on, run on fewer hosts, or raise --series-budget.',
      },
    ],
  }
}
