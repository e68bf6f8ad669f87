/** From good to bad. */
export const LEVELS = ['ok', 'warning', 'breached'] as const
export type Level = (typeof LEVELS)[number]

/** A bound holds until this part of it is kept: values that swing around it are no alarm each time. */
export const CALM = 0.9

/** How a value stands to its bounds: above 1 it is over the bound. */
export interface Pressure {
  readonly breach: number
  /** Undefined if there is no bound for a warning. */
  readonly warn: number | undefined
}

/** A share in parts of its bound. Above a bound of 0 is everything but 0. */
export function pressureOf(share: number, bound: number): number {
  if (bound > 0) return share / bound
  return share > 0 ? Number.POSITIVE_INFINITY : 0
}

/**
 * A level that rises as soon as a value is above a bound, and falls when the value has been at or below nine tenths of the bound in two
 * judgements in a row that are far enough apart.
 */
export class Hysteresis {
  level: Level
  readonly #apartMs: number
  #calmSinceMs: number | undefined

  /** @param apartMs how far apart the two judgements are at least; 0 to fall at the first. */
  constructor(apartMs: number, level: Level = 'ok') {
    this.level = level
    this.#apartMs = apartMs
  }

  next(pressure: Pressure, nowMs: number): Level {
    const held = LEVELS.indexOf(this.level)
    const above = levelAbove(pressure, 1)
    const calm = levelAbove(pressure, CALM)
    if (above >= held || calm >= held) this.#calmSinceMs = undefined
    if (above > held) this.level = LEVELS[above] as Level
    else if (calm < held && this.#isCalmAt(nowMs)) this.#fallTo(calm)
    return this.level
  }

  #isCalmAt(nowMs: number): boolean {
    const sinceMs = this.#calmSinceMs
    // A clock that went back begins anew.
    if (sinceMs === undefined || nowMs < sinceMs) this.#calmSinceMs = nowMs
    return this.#apartMs === 0 || (sinceMs !== undefined && nowMs - sinceMs >= this.#apartMs)
  }

  #fallTo(level: number): void {
    this.level = LEVELS[level] as Level
    this.#calmSinceMs = undefined
  }
}

/** The level of the bounds of which more than `part` is used up. */
function levelAbove({ breach, warn }: Pressure, part: number): number {
  if (breach > part) return LEVELS.indexOf('breached')
  return LEVELS.indexOf(warn !== undefined && warn > part ? 'warning' : 'ok')
}
