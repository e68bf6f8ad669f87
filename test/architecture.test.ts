import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { breaches } from './architecture/check.ts'
import { ROOMS } from './architecture/rooms.ts'

const SRC = join(import.meta.dirname, '../src')
const MAX_LINES = 300

/** Files that may be longer than the guide, each with its reason. */
const LONGER_FILES: Readonly<Record<string, string>> = {
  'errors/register.ts': 'one table of all errors: it grows with them, and is read entry by entry',
}

const paths = globSync('**/*.ts', { cwd: SRC }).toSorted()
const sources = new Map(paths.map((path) => [path, readFileSync(join(SRC, path), 'utf8')]))

test('no file of src/ breaks the architecture', () => {
  expect(breaches(sources)).toEqual([])
})

test('files stay short enough to be read at one go', () => {
  const tooLong = [...sources]
    .map(([path, source]) => ({ path, lines: source.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > MAX_LINES && LONGER_FILES[path] === undefined)
    .map(
      ({ path, lines }) =>
        `src/${path} has ${lines} lines: split it, or add it to LONGER_FILES with a reason`,
    )
  expect(tooLong).toEqual([])
})

test('every exception names a file that is there', () => {
  expect(Object.keys(LONGER_FILES).filter((path) => !sources.has(path))).toEqual([])
})

test('the rooms that think are there', () => {
  const rooms = new Set(paths.map((path) => path.split('/')[0]))
  const missing = ['model', 'errors', 'contract', 'decode', 'evaluate', 'lag', 'telemetry', 'report'].filter(
    (room) => !rooms.has(room) || ROOMS[room]?.isPure !== true,
  )
  expect(missing).toEqual([])
})
