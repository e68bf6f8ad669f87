import { EXIT_CODES } from '../../src/report/exit-codes.ts'
import { watchSignals } from './interruption.ts'
import { parseOptions, USAGE, type DemoOptions } from './options.ts'
import { createPlan } from './plan.ts'
import { runDemo } from './run-demo.ts'
import { isAsItShouldBe, toSummary } from './summary.ts'

const PLAIN_WIDTH = 120

async function main(): Promise<number> {
  const asked = parseOptions(process.argv.slice(2), process.env)
  switch (asked.kind) {
    case 'help':
      process.stdout.write(USAGE)
      return EXIT_CODES.fine
    case 'mistake':
      process.stderr.write(`${asked.message}\n\n${USAGE}`)
      return EXIT_CODES.invalid
    case 'demo':
      return play(asked.options)
  }
}

async function play({ seconds }: DemoOptions): Promise<number> {
  const interruption = watchSignals()
  try {
    const audience = { out: process.stdout, env: process.env, signal: interruption.signal }
    const results = await runDemo(createPlan(seconds), audience)
    process.stdout.write(`\n${toSummary(results, process.stdout.columns || PLAIN_WIDTH)}`)
    return isAsItShouldBe(results.checks) ? EXIT_CODES.fine : EXIT_CODES.failed
  } catch (error) {
    const exitCode = interruption.exitCode()
    if (exitCode === undefined) return refuse(error)
    process.stdout.write('Stopped. Everything that the demo started has ended.\n')
    return exitCode
  } finally {
    interruption.dispose()
  }
}

function refuse(error: unknown): number {
  process.stderr.write(`The demo can’t go on. ${error instanceof Error ? error.message : String(error)}\n`)
  return EXIT_CODES.runtimeFailure
}

/** kafkajs makes a timer with a negative delay on Node 24, which is harmless (kafkajs issue 1751) but would spoil the picture. */
function silenceKnownWarning(): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => {
    if (name !== 'TimeoutNegativeWarning') process.stderr.write(`${name}: ${message}\n`)
  })
}

silenceKnownWarning()
process.exitCode = await main()
