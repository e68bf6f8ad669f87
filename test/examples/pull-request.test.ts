import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'examples/pull-request')

interface Workflow {
  readonly on: { readonly pull_request: { readonly paths: readonly string[] } }
  readonly permissions: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly jobs: {
    readonly rules: {
      readonly steps: readonly { readonly name?: string; readonly run?: string; readonly uses?: string }[]
    }
  }
}

const workflow = parse(readFileSync(join(FOLDER, 'rules.yml'), 'utf8')) as Workflow

/** A checkout of the repository that holds the contracts. */
let checkout: string

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'assay-pull-request-'))
  cpSync(join(ROOT, 'rules'), join(checkout, 'rules'), { recursive: true })
})

afterEach(() => rmSync(checkout, { recursive: true, force: true }))

/** Runs the steps as the runner does: in order, until one fails. The container's command is that of this checkout. */
async function runSteps(): Promise<{ exitCode: number | null; step: string; output: string }> {
  const bin = join(checkout, '.bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(
    join(bin, 'docker'),
    `#!/bin/bash
[ "$1" = run ] || exit 125
until [ "$1" = "$ASSAY_IMAGE" ]; do shift || exit 125; done
shift
exec "${process.execPath}" "${join(ROOT, 'src/main.ts')}" "$@"
`,
  )
  chmodSync(join(bin, 'docker'), 0o755)
  const env = { ...process.env, ...workflow.env, PATH: `${bin}:${process.env['PATH']}` }
  let output = ''
  for (const { name = '', run } of workflow.jobs.rules.steps) {
    if (run === undefined) continue
    const { exitCode, stdout, stderr } = await runToEnd('bash', ['-e', '-c', run], { cwd: checkout, env })
    output += stdout + stderr
    if (exitCode !== 0) return { exitCode, step: name, output }
  }
  return { exitCode: 0, step: 'all', output }
}

/** Changes a file of the checkout, as the author of a pull request would. */
function change(file: string, from: string, to: string): void {
  const path = join(checkout, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

/** The commands for the runner, as file and line with the first line of the message. */
function annotationsIn(output: string): string[] {
  return [...output.matchAll(/^::(\w+) file=([^,]+),line=(\d+),.*?::(.*?)(?:%0A|$)/gm)].map(
    ([, level, file, line, message]) => `${level} ${file}:${line} ${message}`,
  )
}

describe('the workflow', () => {
  test('runs for pull requests that change rules, with no more rights than reading', () => {
    expect(workflow.on.pull_request.paths).toContain('rules/**')
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.jobs.rules.steps.map(({ uses, name }) => uses ?? name)).toEqual([
      'actions/checkout@v4',
      'Validate the contracts',
      'Test the rules',
    ])
  })

  test('lets good rules pass, and says nothing beside any line', async () => {
    const { exitCode, output } = await runSteps()
    expect(exitCode).toBe(0)
    expect(annotationsIn(output)).toEqual([])
    expect(output).toMatch(/no problems\n[^]*coverage 100 %/)
  })

  test('stops at a mistake in a contract, beside its line', async () => {
    change('rules/ads/search-ad-published.contract.yaml', 'severity: warning', 'severty: warning')
    const { exitCode, step, output } = await runSteps()
    expect([exitCode, step]).toEqual([2, 'Validate the contracts'])
    expect(annotationsIn(output)).toEqual([
      expect.stringMatching(/^error rules\/ads\/search-ad-published\.contract\.yaml:\d+ .*severty/),
    ])
  })

  test('stops at a mistake in a test', async () => {
    change(
      'rules/ads/search-ad-published.contract.test.yaml',
      'price_is_positive: pass',
      'price_is_positiv: pass',
    )
    const { exitCode, step, output } = await runSteps()
    expect([exitCode, step]).toEqual([2, 'Test the rules'])
    expect(annotationsIn(output)).toEqual([
      expect.stringMatching(
        /^error rules\/ads\/search-ad-published\.contract\.test\.yaml:\d+ .*price_is_positiv/,
      ),
    ])
  })

  test('stops at a rule that is not what its test says and shows why, and at a rule without a test', async () => {
    const contract = 'rules/ads/search-ad-published.contract.yaml'
    change(contract, 'ad.price.amount > 0', 'ad.price.amount >= 0')
    change(
      contract,
      '  - id: currency_is_known',
      '  - id: new\n    assert: $length(ad.id) < 100\n\n  - id: currency_is_known',
    )
    const { exitCode, step, output } = await runSteps()
    expect([exitCode, step]).toEqual([1, 'Test the rules'])
    expect(annotationsIn(output)).toEqual([
      expect.stringMatching(
        /^error rules\/ads\/search-ad-published\.contract\.test\.yaml:\d+ .*"price_is_positive": expected fail .*, but it is pass/,
      ),
      expect.stringMatching(
        /^error rules\/ads\/search-ad-published\.contract\.yaml:\d+ rule "new" has no failing case/,
      ),
    ])
    const [, shown = ''] = /^::error [^:]*::(.*)$/m.exec(output) ?? []
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(`\n${shown.replaceAll('%0A', '\n')}\n`)
  })
})
