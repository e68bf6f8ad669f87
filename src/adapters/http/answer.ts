/** What is answered to a request. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Nothing but our own files is ever loaded, and nobody else's page may frame ours. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Go with every answer. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

export const JSON_TYPE = 'application/json; charset=utf-8'

export function json(status: number, content: object): Answer {
  return jsonText(status, JSON.stringify(content))
}

export function jsonText(status: number, body: string): Answer {
  return { status, contentType: JSON_TYPE, body }
}
