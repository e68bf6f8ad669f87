import { burstTimes, type Burst, countText, type Limits, type Moment, settleMs, stepFor } from './bursts.ts'

/** A series of a test: its labels stand in its name; the notation of promtool, a value a step. */
export interface TestSeries {
  readonly series: string
  readonly values: string
}

/** A story that an alert must tell: quiet, fired, resolved. */
export interface Scenario {
  readonly stepMs: number
  readonly series: readonly TestSeries[]
  readonly moments: readonly Moment[]
  /** Labels of the fired alert beside those of the rule. */
  readonly labels: Readonly<Record<string, string>>
  /** What templates in the texts come to when it fires. */
  readonly rendered: Readonly<Record<string, string>>
}

export type Told = Pick<Scenario, 'labels' | 'rendered'>

/** Series that are told apart by the alert's condition, by their selectors. */
export interface Cast {
  /** What is too much; several add up. */
  readonly bad: readonly string[]
  /** What makes a share of it; several add up. */
  readonly good: readonly string[]
  /** What must not matter, however much it is: of others, or of another result. */
  readonly others: readonly string[]
}

const MINUTE_MS = 60_000
const SECOND_MS = 1000
/** How far from a bound the stories go: an alert with a bound that is half or one and a half of it tells another one. */
const BELOW = 0.9
const ABOVE = 1.2
const FEW = 0.8

/**
 * A share that is above a bound, as its story has it: three digits, so that it reads the same wherever it is rounded. Where nothing may be bad, all
 * is: a count that begins at 0 grows a little less than `increase()` makes of others.
 */
export function shareAbove(bound: number): number {
  return bound === 0 ? 1 : Number(Math.min(bound * ABOVE, (1 + bound) / 2).toPrecision(3))
}

/** Many events with a share within the bound, too few that are all bad, and then enough with a share above it. */
export function shareScenario(
  cast: Cast,
  { bound, minimumEvents, ...limits }: Limits & { readonly bound: number; readonly minimumEvents: number },
  told: Told,
): Scenario {
  const enough = minimumEvents <= 1 ? 100 : minimumEvents * ABOVE
  const few = minimumEvents <= 1 ? 0 : minimumEvents * FEW
  // So many that the few stay within the bound where a window holds both.
  const many = Math.ceil((20 * Math.max(few, enough)) / (bound === 0 ? 1 : bound))
  const mixed = (total: number, share: number): Burst => ({
    bad: total * share,
    good: total * (1 - share),
    others: many,
  })
  const before = [mixed(many, bound * BELOW), ...(few === 0 ? [] : [mixed(few, 1)])]
  return burstScenario(cast, before, mixed(enough, shareAbove(bound)), limits, told)
}

/** Growth that is just allowed, and then more. */
export function growthScenario(
  cast: Omit<Cast, 'good'>,
  { most, ...limits }: Limits & { readonly most: number },
  told: Told,
): Scenario {
  const burst = (bad: number): Burst => ({ bad, good: 0, others: 100 * (most + 1) })
  const before = most === 0 ? [burst(0)] : [burst(most * BELOW)]
  return burstScenario(
    { ...cast, good: [] },
    before,
    burst(most === 0 ? 1 : Math.ceil(most * ABOVE)),
    limits,
    told,
  )
}

/** Quiet after each burst of `before`; fired by `over`, in spite of a restart, until the window has passed. */
function burstScenario(
  cast: Cast,
  before: readonly Burst[],
  over: Burst,
  limits: Limits,
  told: Told,
): Scenario {
  const stepMs = stepFor(limits.windowMs)
  const { bursts, moments } = burstTimes(before, over, limits)
  const textOf = (kind: 'bad' | 'good' | 'others') =>
    cast[kind].map((series) => ({
      series,
      values: countText(bursts, (burst) =>
        kind === 'others' ? burst.others : burst[kind] / cast[kind].length,
      ),
    }))
  return { stepMs, series: [...textOf('good'), ...textOf('bad'), ...textOf('others')], moments, ...told }
}

/** A gauge that goes from one value to another, stays longer than it must hold, and comes back. */
export function gaugeScenario(
  cast: {
    readonly series: readonly string[]
    /** Has the good value all the time, and must not hide the others. */
    readonly steady?: readonly string[]
    /** Has the bad value all the time, and must not matter. */
    readonly others: readonly string[]
  },
  [good, bad]: readonly [good: number, bad: number],
  forMs: number,
  told: Told,
): Scenario {
  const steps = Math.ceil(forMs / MINUTE_MS) + 3
  const flat = (value: number) => `${value}+0x${3 * steps - 1}`
  const changing = [good, bad, good].map((value) => `${value}+0x${steps - 1}`).join(' ')
  const all = [
    ...cast.series.map((series) => ({ series, values: changing })),
    ...(cast.steady ?? []).map((series) => ({ series, values: flat(good) })),
    ...cast.others.map((series) => ({ series, values: flat(bad) })),
  ]
  const startMs = steps * MINUTE_MS
  return {
    stepMs: MINUTE_MS,
    series: all,
    moments: [
      { atMs: startMs + forMs - SECOND_MS, isFired: false },
      { atMs: startMs + forMs + MINUTE_MS - SECOND_MS, isFired: true },
      { atMs: (3 * steps - 1) * MINUTE_MS, isFired: false },
    ],
    ...told,
  }
}

/** A count that stops to grow and goes on, or is gone and comes back. Others that stand still, or are there, must not matter. */
export function stopScenario(
  series: string,
  others: { readonly still: readonly string[]; readonly alive: readonly string[] },
  how: 'stands still' | 'is gone',
  { windowMs, forMs }: Limits,
  told: Told,
): Scenario {
  const stepMs = stepFor(windowMs)
  const steps = Math.ceil((windowMs + forMs) / stepMs) + 3
  const each = 6
  const top = each * (steps - 1)
  const pause = how === 'is gone' ? `_x${steps}` : `${top}+0x${steps - 1}`
  const stopMs = (steps - 1) * stepMs
  return {
    stepMs,
    series: [
      { series, values: `0+${each}x${steps - 1} ${pause} ${top}+${each}x${steps - 1}` },
      ...others.still.map((other) => ({ series: other, values: `7+0x${3 * steps - 1}` })),
      ...others.alive.map((other) => ({ series: other, values: `0+${each}x${3 * steps - 1}` })),
    ],
    moments: [
      { atMs: stopMs + windowMs - 2 * stepMs, isFired: false },
      { atMs: stopMs + windowMs + forMs - 2 * stepMs, isFired: false },
      { atMs: stopMs + windowMs + forMs + settleMs(stepMs) + stepMs, isFired: true },
      { atMs: (3 * steps - 1) * stepMs, isFired: false },
    ],
    ...told,
  }
}

/** Counts that are first there with what is just allowed, and then with more, and grow no more. */
export function appearanceScenario(
  [first, second]: readonly [string, string],
  others: readonly string[],
  most: number,
  windowMs: number,
  told: Told,
): Scenario {
  const stepMs = stepFor(windowMs)
  const steps = Math.ceil(windowMs / stepMs) + 3
  const bad = most === 0 ? 1 : Math.ceil(most * ABOVE)
  const appears = (at: number, value: number) => `_x${at} ${value}+0x${3 * steps - at}`
  const secondMs = 2 * steps * stepMs
  return {
    stepMs,
    series: [
      { series: first, values: appears(steps, most * BELOW) },
      { series: second, values: appears(2 * steps, bad) },
      ...others.flatMap((series) => ({ series, values: appears(steps, 10 * bad) })),
    ],
    moments: [
      { atMs: (steps + 2) * stepMs, isFired: false },
      { atMs: secondMs - stepMs, isFired: false },
      { atMs: secondMs + settleMs(stepMs), isFired: true },
      { atMs: secondMs + windowMs - 2 * stepMs, isFired: true },
      { atMs: secondMs + windowMs + settleMs(stepMs) + stepMs, isFired: false },
    ],
    ...told,
  }
}

/** Nothing is there at all, and never was, which is no news yet when rules are loaded; others are. */
export function absentScenario(alive: readonly string[], forMs: number, told: Told): Scenario {
  const minutes = Math.ceil(forMs / MINUTE_MS) + 1
  return {
    stepMs: MINUTE_MS,
    series: ['up{job="other"}', ...alive].map((series) => ({ series, values: `1+1x${minutes}` })),
    moments: [
      { atMs: forMs - SECOND_MS, isFired: false },
      { atMs: minutes * MINUTE_MS, isFired: true },
    ],
    ...told,
  }
}
