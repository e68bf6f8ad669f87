/**
 * Measures `assay validate` on many contracts of twenty rules, in a process of its own. Run: npm run bench:validate [-- --contracts 500].
 * The exit code is 1 if a requirement is not met.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeRuleTree } from './validate/rule-tree.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const USAGE = join(import.meta.dirname, 'validate/report-usage.ts')
const MAX_SECONDS = 5
const MAX_MIB = 500

const { values } = parseArgs({ options: { contracts: { type: 'string', default: '500' } } })
const contracts = Number(values.contracts)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
try {
  writeRuleTree(folder, contracts)
  const { seconds, cpuSeconds, peakRssMib, said } = validate(folder)
  const isMet = seconds < MAX_SECONDS && peakRssMib < MAX_MIB
  const used = `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), ${peakRssMib.toFixed(0)} MiB at most`
  process.stdout.write(`${said}${contracts} contracts: ${used}
`)
  process.stdout.write(`${isMet ? 'yes' : 'no '}  under ${MAX_SECONDS} s and ${MAX_MIB} MiB\n`)
  process.exitCode = isMet ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

interface Measured {
  readonly seconds: number
  /** User and system time of all threads: on a machine with other work, the seconds say little. */
  readonly cpuSeconds: number
  readonly peakRssMib: number
  readonly said: string
}

/** From the start of the process to its end, Node's own start included. */
function validate(rules: string): Measured {
  const start = performance.now()
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', USAGE, MAIN, 'validate', rules],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  const seconds = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`validate ended with ${status}: ${`${stdout}${stderr}`.slice(-2000)}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stderr) as NodeJS.ResourceUsage
  return {
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakRssMib: maxRSS / 1024,
    said: lastLine(stdout),
  }
}

/** The summary: the rules of the tree are not all about the schema beside them, and `validate` warns of each. */
function lastLine(output: string): string {
  return `${output.trimEnd().split('\n').at(-1) ?? ''}\n`
}
