import { normaliseTagValue } from '../../model/tag.ts'
import { badShare, MINIMUM_EVENTS, roundTo } from '../bounds.ts'
import { burnRatesFor } from '../burn-rates.ts'
import { samplesLine } from '../facts.ts'
import type { Objective } from '../objectives.ts'
import { promDuration } from '../promql/selectors.ts'
import { decimal, shareText, spanText } from '../spans.ts'
import { type AlertDraft } from './alert.ts'
import { type Alerting, MINUTE_MS, texts, recorded, frame } from './alerting.ts'
import { eventCast, ruleCast } from './casts.ts'
import { RECORDED } from './recordings.ts'
import { shareScenario } from './scenario.ts'

const HOUR_MS = 60 * MINUTE_MS

/** How fast an error budget is spent: long window and short one, so that an alert ends soon after its cause. */
export function burnAlerts(it: Alerting, objective: Objective): AlertDraft[] {
  const { fast, slow } = burnRatesFor(objective)
  return [
    ...burnAlert(it, objective, 'fast', fast, [HOUR_MS, 5 * MINUTE_MS]),
    ...burnAlert(it, objective, 'slow', slow, [6 * HOUR_MS, 30 * MINUTE_MS]),
  ]
}

function burnAlert(
  it: Alerting,
  { promise, target, timeframe }: Objective,
  speed: 'fast' | 'slow',
  rate: number,
  [longMs, shortMs]: readonly [number, number],
): AlertDraft[] {
  if (rate <= 1) return []
  const share = roundTo(rate * badShare(target), 8)
  const bound = decimal(share)
  const rule =
    promise === 'freshness' ? normaliseTagValue(it.contract.promises.freshness?.rule ?? '') : undefined
  const recordedShare = rule === undefined ? RECORDED.badShare : RECORDED.failShare
  const scope = rule === undefined ? it.scope : { ...it.scope, rule }
  const over = (ms: number) => `${recorded(recordedShare(promDuration(ms)), scope)} > ${bound}`
  // Where few events come, a single bad one burns fast. A freshness rule is judged at every flush.
  const enough =
    rule === undefined
      ? ` and ${recorded(RECORDED.judgedEvents(promDuration(longMs)), scope)} >= ${MINIMUM_EVENTS}`
      : ''
  const orTooFew =
    rule === undefined
      ? `, or fewer than ${MINIMUM_EVENTS} events were judged in the last ${spanText(longMs)}`
      : ''
  const name = `${promise === 'validity' ? 'AssayValidity' : 'AssayFreshness'}Burn${speed === 'fast' ? 'Fast' : 'Slow'}`
  return [
    {
      ...frame(it, name, `${promise}_burn_${speed}`, speed === 'fast' ? 'critical' : 'warning'),
      expr: `${over(longMs)} and ${over(shortMs)}${enough}`,
      texts: texts(it, {
        summary: `${it.tags.contract} breaks its promise of ${promise} (${shareText(target / 100)}) too fast`,
        description: `Its error budget is spent more than ${decimal(rate)} times as fast as ${timeframe} allow, over the last ${spanText(longMs)} and still in the last ${spanText(shortMs)}.${promise === 'validity' ? ` ${samplesLine(it.contract)}` : ''}`,
        recovery: `The budget burns slower than that again${orTooFew}. What is spent of it comes back as the ${timeframe} move on.`,
      }),
      scenarios: [
        shareScenario(
          rule === undefined ? eventCast(it) : ruleCast(it, rule),
          {
            windowMs: shortMs,
            longMs,
            forMs: MINUTE_MS,
            bound: share,
            minimumEvents: rule === undefined ? MINIMUM_EVENTS : 1,
          },
          { labels: rule === undefined ? {} : { rule }, rendered: {} },
        ),
      ],
    },
  ]
}
