/** A series of a test: its labels stand in its name; the notation of promtool, a value a step. */
export interface TestSeries {
  readonly series: string
  readonly values: string
}

/** A story that an alert must tell: quiet, fired, resolved. */
export interface Scenario {
  readonly stepMs: number
  readonly series: readonly TestSeries[]
  readonly quietAtMs: number | undefined
  readonly firesAtMs: number
  readonly resolvedAtMs: number | undefined
  /** Labels of the fired alert beside those of the rule. */
  readonly labels: Readonly<Record<string, string>>
  /** What templates in the texts come to when it fires. */
  readonly rendered: Readonly<Record<string, string>>
}

type Told = Pick<Scenario, 'labels' | 'rendered'>

const MINUTE_MS = 60_000
const SECOND_MS = 1000
/** Fewer samples in a window tell too little about what grew. */
const STEPS_PER_WINDOW = 12

/** A step in which a window holds enough samples. */
function stepFor(windowMs: number): number {
  const stepMs = Math.floor(windowMs / STEPS_PER_WINDOW / SECOND_MS) * SECOND_MS
  return Math.max(SECOND_MS, Math.min(MINUTE_MS, stepMs))
}

/** `steps` values from `start`, each `increment` more than the one before it. */
function run(start: number, increment: number, steps: number): string {
  return `${start}+${increment}x${steps - 1}`
}

/** All good (or nothing at all, where a window need not hold any), then all bad for longer than the window, then all good again. */
export function shareScenario(
  {
    good,
    bad,
    windowMs,
    perWindow,
    forMs,
  }: {
    readonly good: string
    readonly bad: string
    readonly windowMs: number
    /** Events that a window must hold. */
    readonly perWindow: number
    readonly forMs: number
  },
  told: Told,
): Scenario {
  const stepMs = stepFor(windowMs)
  const steps = Math.ceil((windowMs + forMs) / stepMs) + 3
  const first = perWindow === 0 ? 0 : 1
  const each = Math.max(10, Math.ceil((2 * perWindow * stepMs) / windowMs))
  const most = each * (steps - 1)
  const before = first * most
  return {
    stepMs,
    series: [
      {
        series: good,
        values: [run(0, first * each, steps), run(before, 0, steps), run(before, each, steps)].join(' '),
      },
      { series: bad, values: [run(0, 0, steps), run(0, each, steps), run(most, 0, steps)].join(' ') },
    ],
    quietAtMs: (steps - 1) * stepMs,
    firesAtMs: (2 * steps - 1) * stepMs,
    resolvedAtMs: (3 * steps - 1) * stepMs,
    ...told,
  }
}

/** A gauge that is at one value, at another for a while, and at the first again. */
export function gaugeScenario(
  series: string,
  [good, bad]: readonly [good: number, bad: number],
  forMs: number,
  told: Told,
): Scenario {
  const steps = Math.ceil(forMs / MINUTE_MS) + 3
  return {
    stepMs: MINUTE_MS,
    series: [{ series, values: [run(good, 0, steps), run(bad, 0, steps), run(good, 0, steps)].join(' ') }],
    quietAtMs: (steps - 1) * MINUTE_MS,
    firesAtMs: (2 * steps - 1) * MINUTE_MS,
    resolvedAtMs: (3 * steps - 1) * MINUTE_MS,
    ...told,
  }
}

/** A count that grows by `rates` a step in three phases, each longer than the window. */
export function growthScenario(
  series: string,
  rates: readonly [number, number, number],
  { windowMs, forMs }: { readonly windowMs: number; readonly forMs: number },
  told: Told,
): Scenario {
  const stepMs = stepFor(windowMs)
  const steps = Math.ceil((windowMs + forMs) / stepMs) + 3
  let value = 0
  const phases = rates.map((rate) => {
    const text = run(value, rate, steps)
    value += rate * (steps - 1)
    return text
  })
  return {
    stepMs,
    series: [{ series, values: phases.join(' ') }],
    quietAtMs: (steps - 1) * stepMs,
    firesAtMs: (2 * steps - 1) * stepMs,
    resolvedAtMs: (3 * steps - 1) * stepMs,
    ...told,
  }
}

/** A count that is first there with a value, and then grows no more. */
export function appearanceScenario(series: string, value: number, windowMs: number, told: Told): Scenario {
  const stepMs = stepFor(windowMs)
  const steps = Math.ceil(windowMs / stepMs) + 3
  return {
    stepMs,
    series: [{ series, values: `_x${steps} ${run(value, 0, 2 * steps)}` }],
    quietAtMs: (steps - 1) * stepMs,
    firesAtMs: (steps + 2) * stepMs,
    resolvedAtMs: 2 * steps * stepMs,
    ...told,
  }
}

/** Nothing is there at all, and never was. */
export function absentScenario(windowMs: number, forMs: number, told: Told): Scenario {
  return {
    stepMs: MINUTE_MS,
    series: [{ series: 'up{job="other"}', values: run(1, 0, 2) }],
    quietAtMs: undefined,
    firesAtMs: windowMs + forMs + MINUTE_MS,
    resolvedAtMs: undefined,
    ...told,
  }
}
