import { packStatuses, unpackStatuses } from '../stream/restored-status.ts'
import type { RestoredStatus } from '../stream/restored-status.ts'

/** What one process leaves to the next of a topic, beside the offset of its lowest partition. */
export interface TopicMemory {
  readonly statuses: readonly RestoredStatus[]
  /** When the newest record arrived, on the clock of who saw it; undefined if nobody did. */
  readonly newestMs: number | undefined
  /** The part of the records whose timestamps were far behind their arrival; undefined if that was not seen. */
  readonly lateShare: number | undefined
}

/** Below what brokers take (4,096 bytes unless they are set otherwise), with what stands beside the statuses. */
const MAX_STATUSES_LENGTH = 3_400
const NO_STATUSES = '{"assay":1,"statuses":{}}'

/** A memory as the metadata of a commit. What does not fit is left out: breaches stay before other statuses. */
export function writeNote({ statuses, newestMs, lateShare }: TopicMemory): string {
  const packed = packStatuses(statuses, MAX_STATUSES_LENGTH) || NO_STATUSES
  const facts = { newest: newestMs, late: lateShare === undefined ? undefined : Number(lateShare.toFixed(4)) }
  const more = JSON.stringify(facts).slice(1, -1)
  return more === '' ? packed : `${packed.slice(0, -1)},${more}}`
}

/** Reads what `writeNote` wrote; undefined for what others wrote. */
export function readNote(text: string): TopicMemory | undefined {
  const { assay, newest, late } = readObject(text)
  if (assay !== 1) return undefined
  return { statuses: unpackStatuses(text), newestMs: numberOf(newest), lateShare: numberOf(late) }
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
