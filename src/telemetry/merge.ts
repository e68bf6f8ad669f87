import type { Sample } from '../model/sample.ts'

/** Values of one distribution that are kept while a sink is out of reach. */
const MAX_KEPT_VALUES = 1000

/**
 * Samples that a sink has not taken, together with newer ones: counts add up, of gauges the newest holds, distributions grow to a
 * bound. So a sink that is away for hours costs no more memory than there are series.
 */
export function mergeSamples(older: readonly Sample[], newer: readonly Sample[]): Sample[] {
  const merged = new Map<string, Sample>()
  // Also among the older ones several may be of one series: rules past the bound share `rule:other`.
  for (const sample of [...older, ...newer]) {
    const key = seriesKey(sample)
    const kept = merged.get(key)
    merged.set(key, kept === undefined ? sample : combine(kept, sample))
  }
  return [...merged.values()]
}

function combine(older: Sample, newer: Sample): Sample {
  if (older.type === 'count' && newer.type === 'count') return { ...newer, value: older.value + newer.value }
  if (older.type === 'distribution' && newer.type === 'distribution') {
    return { ...newer, values: [...older.values, ...newer.values].slice(-MAX_KEPT_VALUES) }
  }
  return newer
}

/** Name and tags as one text. Tags stand in the catalogue's order, so equal series have equal keys. */
export function seriesKey(sample: Sample): string {
  return `${sample.name}|${Object.values(sample.tags).join('|')}`
}
