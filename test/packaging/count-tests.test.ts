import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'

const SCRIPT = join(import.meta.dirname, '../../.ci/count-tests.ts')
const NONE = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-count-tests-'))
})

afterAll(() => rm(folder, { recursive: true }))

test.each([
  ['all is well', 0, { ...NONE, numPassedTests: 7 }, '7 0 0'],
  ['a test failed', 1, { ...NONE, numPassedTests: 7, numFailedTests: 1 }, '7 1 0'],
  [
    'tests were skipped or are yet to be written',
    0,
    { ...NONE, numPassedTests: 7, numPendingTests: 2, numTodoTests: 1 },
    '7 0 3',
  ],
  ['a file did not load', 1, { ...NONE, testResults: [{ status: 'failed', assertionResults: [] }] }, '0 1 0'],
  ['something failed outside any test', 1, { ...NONE, numPassedTests: 7 }, '7 1 0'],
])('counts when %s', async (what, exitCode, report, counts) => {
  const path = join(folder, `${what.replaceAll(' ', '-')}.json`)
  await writeFile(path, JSON.stringify(report))
  expect(await count(path, exitCode)).toBe(counts)
})

test.each([0, 1])('a run that left no report is a failure, also with exit code %i', async (exitCode) => {
  expect(await count(join(folder, 'absent.json'), exitCode)).toBe('0 1 0')
})

async function count(path: string, exitCode: number): Promise<string> {
  const { stdout } = await runToEnd(process.execPath, [SCRIPT, path, String(exitCode)])
  return stdout.trim()
}
