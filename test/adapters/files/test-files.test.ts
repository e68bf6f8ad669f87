import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findTestFiles } from '../../../src/adapters/files/test-files.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-test-files-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
}

const seen = (path: string) => path.slice(folder.length + 1)

/** What is found, with paths as seen from the folder: contracts, tests with their contracts, and paths without either. */
function found(...paths: readonly string[]) {
  const { contracts, pairs, without, misnamed } = findTestFiles(paths.map((path) => join(folder, path)))
  return {
    contracts: contracts.map(seen),
    pairs: pairs.map(({ test: path, contract }) => [seen(path), contract && seen(contract)]),
    without: without.map(seen),
    misnamed: misnamed.map(seen),
  }
}

const BOTH = {
  contracts: ['a.contract.yaml'],
  pairs: [['a.contract.test.yaml', 'a.contract.yaml']],
  without: [],
  misnamed: [],
}

test.each([
  [['']],
  [['a.contract.yaml']],
  [['a.contract.test.yaml']],
  [['a.contract.test.yaml', '', 'a.contract.yaml']],
])('a contract and its test belong together: %j', (paths) => {
  write('a.contract.yaml', 'a.contract.test.yaml', 'a.test.yaml', '.hidden/b.contract.test.yaml')
  expect(found(...paths)).toEqual(BOTH)
})

test('contracts without a test and tests without a contract are found too', () => {
  write('a/a.contract.yaml', 'b/b.contract.test.yaml')
  expect(found('')).toEqual({
    contracts: ['a/a.contract.yaml'],
    pairs: [['b/b.contract.test.yaml', undefined]],
    without: [],
    misnamed: [],
  })
  expect(found('b')).toEqual({
    contracts: [],
    pairs: [['b/b.contract.test.yaml', undefined]],
    without: [],
    misnamed: [],
  })
})

test('what is not there, or holds nothing, is told', () => {
  write('empty/readme.md', 'a.contract.yaml')
  expect(found('empty', 'gone', 'gone.contract.yaml').without).toEqual([
    'empty',
    'gone',
    'gone.contract.yaml',
  ])
  expect(found('gone.contract.test.yaml')).toEqual({
    contracts: [],
    pairs: [['gone.contract.test.yaml', undefined]],
    without: [],
    misnamed: [],
  })
})

test('what has the name of a test and is none goes not missing', () => {
  write('a.contract.yaml', 'b.contract.test.yaml/c.contract.yaml')
  symlinkSync('nowhere', join(folder, 'a.contract.test.yaml'))
  expect(found('').pairs.map(([path]) => path)).toEqual(['a.contract.test.yaml', 'b.contract.test.yaml'])
})

test('links that lead in circles, and to the same file, do no harm', () => {
  write('a/a.contract.yaml', 'a/a.contract.test.yaml')
  symlinkSync('../a', join(folder, 'a/again'))
  symlinkSync('a', join(folder, 'b'))
  expect(found('')).toEqual({
    contracts: ['a/a.contract.yaml'],
    pairs: [['a/a.contract.test.yaml', 'a/a.contract.yaml']],
    without: [],
    misnamed: [],
  })
})

test('a name that ends in .yml is told', () => {
  write('a.contract.yaml', 'a.contract.test.yml', 'b.contract.yml')
  expect(found('')).toMatchObject({ pairs: [], misnamed: ['b.contract.yml', 'a.contract.test.yml'] })
})
