import type { Decoded } from '../model/record.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'

/** Why no rule saw an event, in place of an explanation of one. */
export function reportUnreadEvent(
  decoded: Exclude<Decoded, { kind: 'event' | 'needs_schema' }>,
  format: 'text' | 'json',
): Report {
  if (format === 'json') {
    return { output: `${JSON.stringify({ result: decoded }, undefined, 2)}\n`, exitCode: EXIT_CODES.failed }
  }
  const why = decoded.kind === 'tombstone' ? 'its value is null' : `${decoded.reason}: ${decoded.detail}`
  const lines = [`event: ${decoded.kind} (${why})`, '  No rule is evaluated on it.']
  return { output: `${lines.map(printable).join('\n')}\n`, exitCode: EXIT_CODES.failed }
}
