/** What a command tells its caller when it ends. One meaning each, the same for all commands. */
export const EXIT_CODES = {
  /** All is well. */
  fine: 0,
  /** Data, or the test of a rule, failed: the rules were judged. */
  failed: 1,
  /** A flag, a setting or a rule file is wrong: nothing was judged. */
  invalid: 2,
  /** Kafka, the registry, the metrics sink or the machine failed. */
  runtimeFailure: 4,
} as const

/** The same in words, by code. */
export const EXIT_CODE_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'fine',
  1: 'data or a rule test failed',
  2: 'usage, configuration or a rule file is wrong (nothing was judged)',
  4: 'runtime failure',
}

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]

/** What a reporter makes of results: the text to print, and how to end. */
export interface Report {
  readonly output: string
  readonly exitCode: ExitCode
}
