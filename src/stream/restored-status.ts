import type { Status } from '../model/status.ts'

/** Statuses that say something, and are announced. */
export const SETTLED = ['ok', 'warning', 'breached', 'not_applied'] as const satisfies readonly Status[]
export type Settled = (typeof SETTLED)[number]

/** What was announced of a subject that is not ok: all that the next process must know of the one before. */
export interface RestoredStatus {
  readonly contract: string
  readonly kind: 'rule' | 'promise'
  /** The id of the rule, or the name of the promise. */
  readonly name: string
  readonly status: Settled
  readonly sinceMs: number
}

/** What the metadata of a commit may hold without question: brokers take 4,096 bytes unless they are set otherwise. */
const MAX_LENGTH = 3500
const VERSION = 1
const LETTERS = { warning: 'w', breached: 'b', not_applied: 'n' } as const
/** Ids of rules hold none, so that a promise is never taken for a rule. */
const PROMISE_MARK = '#'

type Row = readonly [name: string, letter: string, sinceSeconds: number]

/**
 * Writes statuses as the metadata of a commit: JSON of ASCII characters. What does not fit is left out: breaches stay before other statuses,
 * and older ones before newer ones, for they have been told longest.
 */
export function packStatuses(statuses: readonly RestoredStatus[], maxLength = MAX_LENGTH): string {
  const rows = new Map<string, Row[]>()
  let length = packed(rows).length
  for (const { contract, kind, name, status, sinceMs } of statuses.toSorted(byWeight)) {
    if (status === 'ok') continue
    const row: Row = [
      kind === 'promise' ? `${PROMISE_MARK}${name}` : name,
      LETTERS[status],
      Math.floor(sinceMs / 1000),
    ]
    const others = rows.get(contract)
    length += JSON.stringify(row).length + (others === undefined ? JSON.stringify(contract).length + 4 : 1)
    if (length > maxLength) break
    rows.set(contract, [...(others ?? []), row])
  }
  return rows.size === 0 ? '' : packed(rows)
}

/** Reads what `packStatuses` wrote. Metadata that others wrote, or of another version, holds none. */
export function unpackStatuses(metadata: string): readonly RestoredStatus[] {
  const read = readJson(metadata)
  if (!isRecord(read) || read.assay !== VERSION || !isRecord(read.statuses)) return []
  return Object.entries(read.statuses).flatMap(([contract, rows]) =>
    Array.isArray(rows) ? rows.flatMap((row: unknown) => toStatus(contract, row)) : [],
  )
}

function packed(rows: ReadonlyMap<string, readonly Row[]>): string {
  const text = JSON.stringify({ assay: VERSION, statuses: Object.fromEntries(rows) })
  return text.replaceAll(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function byWeight(a: RestoredStatus, b: RestoredStatus): number {
  const isBreached = ({ status }: RestoredStatus): number => (status === 'breached' ? 0 : 1)
  return isBreached(a) - isBreached(b) || a.sinceMs - b.sinceMs
}

function toStatus(contract: string, row: unknown): RestoredStatus[] {
  if (!Array.isArray(row)) return []
  const [name, letter, sinceSeconds] = row as readonly unknown[]
  const status = SETTLED.find((settled) => settled !== 'ok' && LETTERS[settled] === letter)
  if (typeof name !== 'string' || typeof sinceSeconds !== 'number' || status === undefined) return []
  const isPromise = name.startsWith(PROMISE_MARK)
  const kind = isPromise ? 'promise' : 'rule'
  return [{ contract, kind, name: isPromise ? name.slice(1) : name, status, sinceMs: sinceSeconds * 1000 }]
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
