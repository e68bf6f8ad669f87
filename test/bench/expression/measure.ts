/** One way to do the same work, measured in turns with the others so that all have the same weather. */
export interface Candidate {
  readonly name: string
  /** Does the work for all events, once. */
  run(): void | Promise<void>
}

/** Microseconds per event of each candidate: the median of its rounds. */
export async function measure(
  candidates: readonly Candidate[],
  events: number,
  rounds: number,
): Promise<readonly number[]> {
  const times: number[][] = candidates.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, candidate] of candidates.entries())
      times[index]?.push(await microseconds(candidate, events))
  }
  // The first round is what the engine needs to get warm.
  return times.map((all) => median(all.slice(1)))
}

async function microseconds({ run }: Candidate, events: number): Promise<number> {
  const startMs = performance.now()
  await run()
  return ((performance.now() - startMs) * 1000) / events
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
