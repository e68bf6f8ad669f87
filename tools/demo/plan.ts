import { AD_TOPIC, PAYMENT_TOPIC } from '../ads/events.ts'

/** What happens when. Times are milliseconds since the start. */
export interface Plan {
  readonly durationMs: number
  /** Events a second, by topic. */
  readonly ratesPerSecond: Readonly<Record<string, number>>
  /** How much of the past is written before the service starts. */
  readonly backlogMs: number
  /** When every fifth ad has a negative price. */
  readonly incident: { readonly fromMs: number; readonly toMs: number }
  /** Over which a recent rate is taken. */
  readonly recentMs: number
}

/** Half a minute of events would keep a small machine busy until the incident, and hide it in the past. */
const LONGEST_BACKLOG_MS = 15_000
const SHORTEST_RECENT_MS = 2000
const LONGEST_RECENT_MS = 5000

export function createPlan(seconds: number): Plan {
  const durationMs = seconds * 1000
  return {
    durationMs,
    ratesPerSecond: { [AD_TOPIC]: 1000, [PAYMENT_TOPIC]: 500 },
    backlogMs: Math.min(durationMs / 2, LONGEST_BACKLOG_MS),
    incident: { fromMs: 0.4 * durationMs, toMs: 0.65 * durationMs },
    recentMs: Math.min(Math.max(durationMs / 6, SHORTEST_RECENT_MS), LONGEST_RECENT_MS),
  }
}

/** Which part of the plan a moment belongs to. */
export function phaseAt({ incident, durationMs }: Plan, elapsedMs: number): Phase {
  if (elapsedMs >= durationMs) return 'over'
  if (elapsedMs >= incident.toMs) return 'mended'
  return elapsedMs >= incident.fromMs ? 'incident' : 'normal'
}

export type Phase = 'normal' | 'incident' | 'mended' | 'over'

/** What the viewer is told of each part. */
export const PHASE_TEXT: Readonly<Record<Phase, string>> = {
  normal: 'A backlog, then 1,500 events a second over two topics. 1 in 50 breaks some rule.',
  incident: 'Incident: the producer writes a negative price into every fifth ad. Watch price_is_positive.',
  mended: 'The producer is mended: the recent rate of price_is_positive falls back.',
  over: 'The producer has ended. Assay judges what is left.',
}
