import type { ClientRequest } from './client.ts'

/** What came of sending a request once: an answer, or what kept it from coming. */
export type Tried = { readonly status: number; readonly headers: Headers; readonly text: string } | Error

type Answered = Exclude<Tried, Error>

const FIRST_BACKOFF_MS = 500
const LIMITED = 429

/** Faults before anything was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Whether a request may be sent again. Done twice, all but making comes to the same; and an entity is known by its name. */
export function isRepeatable(request: ClientRequest, tried: Tried): boolean {
  if (request.getHttpMethod() !== 'POST') return true
  if (new URL(request.getUrl()).pathname.endsWith('/catalog/entity')) return true
  return tried instanceof Error && NEVER_SENT.has(codeOf(tried))
}

export function backoffMs(attempt: number): number {
  return FIRST_BACKOFF_MS * 2 ** (attempt - 1)
}

/** How long no request may follow an answer; undefined if it says nothing of that. */
export function limitMs(answered: Answered, nowMs: number, attempt: number): number | undefined {
  const { status, headers } = answered
  // Told 0, or told nothing, it is slower each time all the same.
  if (status === LIMITED) return Math.max(toldMs(answered, nowMs) ?? 0, backoffMs(attempt))
  return headers.get('x-ratelimit-remaining') === '0' ? msOf(headers, 'x-ratelimit-reset', nowMs) : undefined
}

/** What an answer says of when to come back. */
export function toldMs({ headers }: Answered, nowMs: number): number | undefined {
  return msOf(headers, 'retry-after', nowMs) ?? msOf(headers, 'x-ratelimit-reset', nowMs)
}

/** Seconds or, as HTTP allows for Retry-After, a date. */
function msOf(headers: Headers, header: string, nowMs: number): number | undefined {
  const text = headers.get(header) ?? ''
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  const waitMs = Number.isNaN(seconds) ? Date.parse(text) - nowMs : seconds * 1000
  return waitMs >= 0 ? waitMs : undefined
}

function codeOf({ cause }: Error): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
