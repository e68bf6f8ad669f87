import type { Report } from '../report/exit-codes.ts'

/** Where a command writes. */
export interface Streams {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown }
}

/** Writes a report to where results go and returns how to end. */
export function finish(streams: Streams, report: Report): number {
  streams.out.write(report.output)
  return report.exitCode
}

/** Writes a report of what stood in the way of any result and returns how to end. */
export function refuse(streams: Streams, report: Report): number {
  streams.err.write(report.output)
  return report.exitCode
}
