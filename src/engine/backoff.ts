const FIRST_MS = 500
const LONGEST_MS = 10_000

/** How long to wait after so many failures in a row: twice as long each time, up to ten seconds. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16))
}

/** A time between three quarters of the given one and all of it, so that many processes don't do the same at one moment. */
export function jittered(timeMs: number, random: () => number): number {
  return timeMs * (0.75 + random() / 4)
}
