/** A moment at which an alert must have fired, or be quiet. */
export interface Moment {
  readonly atMs: number
  readonly isFired: boolean
}

/** What a share or a growth is held to. */
export interface Limits {
  readonly windowMs: number
  readonly forMs: number
  /** Over which the share must be too high as well, and enough must have been judged. */
  readonly longMs?: number
}

/** What a step adds to counts, all at once: so a share is exact, and a window ends at a known time. */
export interface Burst {
  readonly bad: number
  readonly good: number
  /** Of each of the series that must not matter. */
  readonly others: number
}

/** A burst, or a restart, and how many steps are quiet from then on. */
interface Placed {
  readonly burst: Burst | 'restart'
  readonly steps: number
}

const MINUTE_MS = 60_000
const SECOND_MS = 1000
/** Fewer samples in a window tell too little about what grew. */
const STEPS_PER_WINDOW = 12
/** Of a scenario whose window is so short that rules must be evaluated more often than once a minute. */
export const SHORT_STEP_MS = 25_000
const NOTHING: Burst = { bad: 0, good: 0, others: 0 }

/** A step in which a window holds enough samples. */
export function stepFor(windowMs: number): number {
  const stepMs = Math.floor(windowMs / STEPS_PER_WINDOW / SECOND_MS) * SECOND_MS
  return Math.max(SECOND_MS, Math.min(MINUTE_MS, stepMs))
}

/** Within this time, rules are evaluated once more. */
export function settleMs(stepMs: number): number {
  return stepMs < SHORT_STEP_MS ? stepMs : MINUTE_MS
}

/** When bursts come, and what must be seen meanwhile: quiet after each of `before`, fired by `over` until the window has passed. */
export function burstTimes(
  before: readonly Burst[],
  over: Burst,
  limits: Limits,
): { readonly bursts: readonly Placed[]; readonly moments: readonly Moment[] } {
  const { windowMs, forMs } = limits
  const stepMs = stepFor(windowMs)
  const settledMs = forMs + settleMs(stepMs) - SECOND_MS
  const placed: Placed[] = [{ burst: NOTHING, steps: 2 }]
  const moments: Moment[] = []
  const at = () => stepsOf(placed) * stepMs
  const apart = Math.ceil((windowMs + forMs) / stepMs) + 3
  const quietly = (burst: Burst) => {
    moments.push({ atMs: at() + settledMs, isFired: false })
    placed.push({ burst, steps: apart })
  }
  // Where a long window is asked as well, it would still hold the many: they come last.
  const [many = NOTHING, ...others] = before
  for (const burst of limits.longMs === undefined ? before : others) quietly(burst)
  if (forMs > 0) moments.push({ atMs: at() + forMs - SECOND_MS, isFired: false })
  moments.push({ atMs: at() + settledMs, isFired: true })
  // Once more where a single burst would leave the window before the alert has held for long enough.
  if (2 * forMs >= windowMs) placed.push({ burst: over, steps: Math.floor(windowMs / stepMs / 2) })
  moments.push({ atMs: at() + windowMs - 2 * stepMs, isFired: true })
  moments.push({ atMs: at() + windowMs + settleMs(stepMs) + stepMs, isFired: false })
  placed.push({ burst: over, steps: 2 }, { burst: 'restart', steps: apart })
  if (limits.longMs !== undefined) {
    // So much that is good that a burst is too much for the short window alone.
    const good = { bad: 0, good: many.good + many.bad, others: many.others }
    placed.push({ burst: good, steps: Math.floor((0.75 * limits.longMs) / stepMs) })
    quietly(over)
    quietly(many)
  }
  // In a window of a few steps some of them fall together.
  const byTime = new Map(moments.map((moment) => [moment.atMs, moment]))
  return { bursts: placed, moments: [...byTime.values()].sort((one, other) => one.atMs - other.atMs) }
}

/** The values of a count, in the notation of promtool. */
export function countText(bursts: readonly Placed[], each: (burst: Burst) => number): string {
  let value = 0
  const texts = bursts.map(({ burst, steps }) => {
    value = burst === 'restart' ? 0 : value + each(burst)
    return `${Number(value.toPrecision(15))}+0x${steps - 1}`
  })
  return texts.join(' ')
}

function stepsOf(placed: readonly Placed[]): number {
  return placed.reduce((sum, { steps }) => sum + steps, 0)
}
