import { parseArgs } from 'node:util'

export interface DemoOptions {
  /** How long the producer writes. */
  readonly seconds: number
}

/** What the command line asks for: a demo, the help text, or nothing that can be done. */
export type Asked =
  | { readonly kind: 'demo'; readonly options: DemoOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string }

export const USAGE = `Usage: npm run demo -- [--seconds N]

Starts a Kafka broker, a producer of classified ads and payments, and Assay itself, and shows what a StatsD receiver is told.

  --seconds N   how long the producer writes, 4 to 3600; 30 unless given [ASSAY_DEMO_SECONDS]

The broker: ASSAY_TEST_BROKERS=host:port if set, else Docker, else Apache Kafka from its jars (Java 17 and Maven).
Exit codes: 0 every event was judged once, 1 a count differs, 2 usage, 4 the demo could not run, 130 stopped by Ctrl-C.
`

const DEFAULT_SECONDS = '30'
/** Below this the incident is shorter than two flushes, and nobody sees it. */
const SHORTEST_SECONDS = 4
const LONGEST_SECONDS = 3600

/** Reads the command line before the environment. */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Asked {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true) return { kind: 'help' }
    return toDemo(values.seconds ?? (env['ASSAY_DEMO_SECONDS'] || DEFAULT_SECONDS))
  } catch (error) {
    return { kind: 'mistake', message: error instanceof Error ? error.message : String(error) }
  }
}

function toDemo(text: string): Asked {
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return { kind: 'demo', options: { seconds } }
  const expected = `a whole number from ${SHORTEST_SECONDS} to ${LONGEST_SECONDS}`
  return { kind: 'mistake', message: `--seconds (ASSAY_DEMO_SECONDS) must be ${expected}, not \`${text}\`` }
}
