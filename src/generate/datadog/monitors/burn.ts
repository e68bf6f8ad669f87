import { burnRatesFor } from '../../burn-rates.ts'
import { decimal, shareText } from '../../spans.ts'
import { samplesLine } from '../../facts.ts'
import { runbookLines, whoLines } from '../messages.ts'
import type { MonitorDraft } from '../monitor.ts'
import type { SloDraft } from '../slo.ts'
import type { Watched } from '../watched.ts'

/** In per cent. */
const SPENT = { critical: 90, warning: 75 }

/** Stands for the id of an objective, which only Datadog knows: applying and Terraform put it in. */
export function sloPlaceholder(contract: string, promise: string): string {
  return `slo:${contract}/${promise}`
}

/** How fast the error budget of an objective is spent, and that it is nearly gone. */
export function burnMonitors(watched: Watched, slo: SloDraft): MonitorDraft[] {
  const { fast, slow } = burnRatesFor(slo)
  return [
    ...burnMonitor(watched, slo, { speed: 'fast', rate: fast, long: '1h', short: '5m', priority: 1 }),
    ...burnMonitor(watched, slo, { speed: 'slow', rate: slow, long: '6h', short: '30m', priority: 2 }),
    budgetMonitor(watched, slo),
  ]
}

interface Burn {
  readonly speed: 'fast' | 'slow'
  readonly rate: number
  readonly long: string
  readonly short: string
  readonly priority: 1 | 2
}

/** None where burning so fast is still within the budget. */
function burnMonitor(
  watched: Watched,
  slo: SloDraft,
  { speed, rate, long, short, priority }: Burn,
): MonitorDraft[] {
  if (rate <= 1) return []
  const { scope } = watched
  const id = sloPlaceholder(scope.contract, slo.promise)
  const soon = `${decimal(rate)} times as fast as the budget of ${slo.timeframe} allows, over the last ${long} and still in the last ${short}`
  return [
    {
      check: `${slo.promise}_burn_${speed}`,
      title: `error budget of ${slo.promise} burns ${speed === 'fast' ? 'fast' : 'steadily'}`,
      type: 'slo alert',
      query: `burn_rate("${id}").over("${slo.timeframe}").long_window("${long}").short_window("${short}")`,
      comparator: '>',
      thresholds: { critical: rate },
      priority,
      message: {
        broke: `${scope.contract} breaks its promise of ${slo.promise} (${shareText(slo.target / 100)}) more than ${soon}.`,
        ...partsFor(watched, slo),
        recovered: `The budget burns slower than that again. What is spent of it comes back as the ${slo.timeframe} move on.`,
      },
    },
  ]
}

function budgetMonitor(watched: Watched, slo: SloDraft): MonitorDraft {
  const { scope } = watched
  const id = sloPlaceholder(scope.contract, slo.promise)
  const spent = (percent: number) =>
    `${scope.contract} has spent more than ${percent} % of the error budget of its promise of ${slo.promise} (${shareText(slo.target / 100)} over ${slo.timeframe}).`
  return {
    check: `${slo.promise}_budget`,
    title: `error budget of ${slo.promise} is nearly spent`,
    type: 'slo alert',
    query: `error_budget("${id}").over("${slo.timeframe}")`,
    comparator: '>',
    thresholds: SPENT,
    priority: 4,
    message: {
      broke: spent(SPENT.critical),
      warns: spent(SPENT.warning),
      ...partsFor(watched, slo),
      recovered: `Less than that is spent again: bad times have left the ${slo.timeframe}.`,
    },
  }
}

function partsFor({ contract }: Watched, { promise }: SloDraft): { facts: string[]; next: string[] } {
  return {
    facts: whoLines(contract),
    next: [...(promise === 'validity' ? [samplesLine(contract)] : []), ...runbookLines(contract)],
  }
}
