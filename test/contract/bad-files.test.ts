import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assay } from '../cli/support.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')
const BAD = /\.bad(?:\.yaml)?$/

interface Fixture {
  readonly mistake: string
  readonly path: string
  /** All that `assay validate` prints. It is made by `vitest -u`, and read by a person before it is committed. */
  readonly expectedFile: string
}

function fixturesIn(folder: string): Fixture[] {
  const names = readdirSync(join(FIXTURES, folder))
  return names
    .filter((name) => BAD.test(name))
    .map((name) => ({
      mistake: name.replace(BAD, ''),
      path: join(FIXTURES, folder, name),
      expectedFile: join(FIXTURES, folder, name.replace(BAD, '.expected.txt')),
    }))
}

/** Files that were expected when this run began: a test must not bring its own expectation along. */
const EXPECTED = ['contracts', 'policies'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => name.endsWith('.expected.txt'))
    .map((name) => join(FIXTURES, folder, name)),
)

describe.each(['contracts', 'policies'])('%s with a mistake', (folder) => {
  const fixtures = fixturesIn(folder)

  test('each have an expectation, and each expectation has its fixture', () => {
    const expected = EXPECTED.filter((path) => path.startsWith(join(FIXTURES, folder)))
    expect(expected.toSorted()).toEqual(fixtures.map(({ expectedFile }) => expectedFile).toSorted())
  })

  test.each(fixtures)('$mistake', async ({ path, expectedFile }) => {
    const { exitCode, out, err } = await assay(['validate', '--today', '2026-11-24', path])
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
    expect(out).not.toMatch(/^ +at |\bError:|node_modules|undefined|\[object/m)
    await expect(out.replaceAll(`${join(FIXTURES, folder)}/`, '')).toMatchFileSnapshot(expectedFile)
  })
})
