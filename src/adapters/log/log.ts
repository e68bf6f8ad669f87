import pino from 'pino'
import type { Log } from '../../ports/log.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Secrets that a client's error might carry along. */
const REDACTED = ['sasl', 'ssl', 'password', '*.sasl', '*.ssl', '*.password']

/** One JSON object a line on standard error, so that standard output stays for results. */
export function createLog(level: LogLevel, fields: Readonly<Record<string, string>>): Log {
  const logger = pino(
    {
      level,
      base: { ...fields },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: REDACTED,
    },
    pino.destination({ fd: 2, sync: true }),
  )
  return {
    debug: (message, more) => logger.debug(more ?? {}, message),
    info: (message, more) => logger.info(more ?? {}, message),
    warn: (message, more) => logger.warn(more ?? {}, message),
    error: (message, more) => logger.error(more ?? {}, message),
  }
}
