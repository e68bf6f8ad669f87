import type { ErrorCode } from '../errors/register.ts'

/** A place in a text file. Lines and columns count from 1; `length` is the number of characters that a caret line underlines. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
  /** The whole source line, without its line break. */
  readonly sourceLine: string
}

/** Errors stand in the way of every command. Warnings and notes (`info`) don't: they are told, and that is all. */
export type ProblemSeverity = 'error' | 'warning' | 'info'

/** One mistake in a file or a setting that a person wrote. Problems are collected and reported together, never thrown one by one. */
export interface Problem {
  readonly code: ErrorCode
  readonly severity: ProblemSeverity
  /** What is wrong, and why, in one sentence. */
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  /** Absent for mistakes that stand in no file (a flag, an environment variable). */
  readonly at?: Location
}
