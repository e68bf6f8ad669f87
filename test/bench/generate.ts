/**
 * Measures `assay generate` for each target on many contracts of twenty rules, from the start of the process to its end, and holds two runs against
 * each other. Run: npm run bench:generate [-- --contracts 200]. The exit code is 1 if a requirement is not met.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readTree } from '../../src/adapters/files/generated-files.ts'
import { TARGETS, type Target } from '../../src/generate/targets.ts'
import { writeRuleTree } from './validate/rule-tree.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const MAX_SECONDS = 10

const { values } = parseArgs({ options: { contracts: { type: 'string', default: '200' } } })
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
try {
  writeRuleTree(join(folder, 'rules'), Number(values.contracts))
  addPromises(join(folder, 'rules'))
  const isFine = TARGETS.map(measure)
  process.exitCode = isFine.every(Boolean) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

/** Most files are made of promises, and the contracts of the tree have none. */
function addPromises(rules: string): void {
  for (const path of globSync('*/*.contract.yaml', { cwd: rules })) {
    const text = readFileSync(join(rules, path), 'utf8')
    const promised = text.replace(
      'rules:\n',
      'promises:\n  validity: { objective: 99.9, window: 30d }\nrules:\n',
    )
    writeFileSync(join(rules, path), promised)
  }
}

/** Says how long a target takes, and whether that meets what is required. */
function measure({ name }: Target): boolean {
  const [first, second] = ['first', 'second'].map((place) => join(folder, `${name}-${place}`))
  if (first === undefined || second === undefined) return false
  const make = (out: string, ...flags: readonly string[]) =>
    run('generate', name, join(folder, 'rules'), '--out', out, ...flags)
  const seconds = make(first)
  make(second)
  const files = readTree(first)
  const isSame = sameFiles(files, readTree(second))
  const checked = make(first, '--check')
  const linted = run('generate', name, '--lint', first)
  process.stdout.write(
    `${name}: ${values.contracts} contracts, ${files.size} files: ${seconds.toFixed(2)} s; --check ${checked.toFixed(2)} s, --lint ${linted.toFixed(2)} s\n`,
  )
  process.stdout.write(`${seconds < MAX_SECONDS ? 'yes' : 'no '}  under ${MAX_SECONDS} s\n`)
  process.stdout.write(`${isSame ? 'yes' : 'no '}  the same bytes twice\n`)
  return seconds < MAX_SECONDS && isSame
}

/** Seconds of a command that must succeed. */
function run(...args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`)
  return (performance.now() - start) / 1000
}

function sameFiles(some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): boolean {
  return some.size === others.size && [...some].every(([path, text]) => others.get(path) === text)
}
