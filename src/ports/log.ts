/** Facts that belong to a line: never a value from an event. */
export type LogFields = Readonly<Record<string, unknown>>

/** Structured logging: a fixed sentence, and variables as fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}
