import type { PartitionOffset } from '../../model/offsets.ts'
import type { HistoryPlace } from '../../ports/source.ts'

/**
 * Where to begin, so that no more than `maxRecords` are read before the given offsets: each partition gives up the same part of its past.
 * Offsets that compaction removed are counted as records.
 *
 * @param found by partition, the first offset that was written late enough; absent if there is none
 */
export function historyPlaces(
  until: readonly PartitionOffset[],
  found: ReadonlyMap<number, number>,
  maxRecords: number,
): HistoryPlace[] {
  const spans = until.map(({ partition, offset }) => ({
    partition,
    offset,
    records: offset - Math.min(offset, found.get(partition) ?? offset),
  }))
  const total = spans.reduce((sum, { records }) => sum + records, 0)
  const part = total > maxRecords ? maxRecords / total : 1
  return spans.map(({ partition, offset, records }) => {
    const kept = Math.floor(records * part)
    return { partition, offset: offset - kept, isCut: kept < records }
  })
}
