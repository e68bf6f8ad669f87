import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assay } from '../cli/support.ts'

const FIXTURES = relative(process.cwd(), join(import.meta.dirname, '../fixtures/rule-tests'))
const NAMES = readdirSync(FIXTURES)

/** What `assay test` prints of a fixture, with paths as seen from it. */
async function outcomeOf(name: string): Promise<string> {
  const folder = join(FIXTURES, name)
  const { exitCode, out, err } = await assay(['test', folder])
  return `${`${out}${err}`.replaceAll(`${folder}/`, '').replaceAll(folder, '.')}\nexit code ${exitCode}\n`
}

describe('assay test says of', () => {
  test.each(NAMES)('%s what stands beside it', async (name) => {
    await expect(await outcomeOf(name)).toMatchFileSnapshot(
      join(process.cwd(), FIXTURES, name, 'expected.txt'),
    )
  })

  test('every mistake where it is, what to do, and nothing of its own insides', () => {
    for (const name of NAMES) {
      const text = readFileSync(join(FIXTURES, name, 'expected.txt'), 'utf8')
      const isGreen = text.endsWith('exit code 0\n')
      expect(text, name).toMatch(isGreen ? /\d+ case passed/ : /^\S+\.ya?ml(?::\d+:\d+)?: /m)
      expect(text, name).not.toMatch(/^\s+at .*\.ts|node_modules|undefined/m)
      if (text.endsWith('exit code 2\n')) expect(text, name).toMatch(/\[[A-Z_]+\]\n(?: {4}.*\n)*  hint: \S/)
    }
    expect(NAMES.length).toBeGreaterThan(80)
  })
})
