import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findRuleFiles, policyFor } from '../../../src/adapters/files/rule-files.ts'
import { readReferencedFile, readRuleFile, readTextFile } from '../../../src/adapters/files/text-file.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-rule-files-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const at = (...path: readonly string[]) => join(folder, ...path)

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(at(file)), { recursive: true })
    writeFileSync(at(file), file)
  }
}

const seen = (path: string) => path.slice(folder.length + 1)

/** What is found below the given paths, both seen from the folder. */
function find(...paths: readonly string[]) {
  const { files, without } = findRuleFiles(paths.map((path) => at(path)))
  return { files: files.map(seen), without: without.map(seen) }
}

describe('contract files', () => {
  test('are found in folders of any depth, sorted, and nothing else', () => {
    write(
      'b/x.contract.yaml',
      'a/deep/y.contract.yaml',
      'a.contract.yaml',
      'a/y.contract.test.yaml',
      'a/schemas/y.json',
      'a/contract.yaml',
    )
    expect(find('')).toEqual({
      files: ['a/deep/y.contract.yaml', 'a.contract.yaml', 'b/x.contract.yaml'].toSorted(),
      without: [],
    })
  })

  test('are taken by name whatever that is', () => {
    write('odd.yaml')
    expect(find('odd.yaml').files).toEqual(['odd.yaml'])
  })

  test('are each found once, though two paths lead there', () => {
    write('ads/x.contract.yaml')
    symlinkSync(at('ads'), at('link'))
    expect(find('ads', '', 'ads/x.contract.yaml', 'link').files).toEqual(['ads/x.contract.yaml'])
  })

  test('are found in a mounted ConfigMap, where each name is a link into a dated folder', () => {
    write('..2026_01/x.contract.yaml', '..2026_01/schemas.json')
    symlinkSync('..2026_01', at('..data'))
    symlinkSync('..data/x.contract.yaml', at('x.contract.yaml'))
    expect(find('')).toEqual({ files: ['x.contract.yaml'], without: [] })
  })

  test('are not looked for in hidden folders and installed packages', () => {
    write('.git/x.contract.yaml', 'node_modules/p/x.contract.yaml', '.x.contract.yaml')
    expect(find('')).toEqual({ files: [], without: [''] })
  })

  test('are found though links lead round in circles', () => {
    write('a/x.contract.yaml')
    for (const name of ['one', 'two', 'three']) symlinkSync('..', at('a', name))
    expect(find('').files).toHaveLength(1)
  })

  test('are found beside links that lead nowhere', () => {
    write('x.contract.yaml')
    symlinkSync('gone', at('dangling'))
    expect(find('')).toEqual({ files: ['x.contract.yaml'], without: [] })
  })

  test('are found though they are links that lead nowhere: reading them says so', () => {
    symlinkSync('gone', at('x.contract.yaml'))
    expect(find('')).toEqual({ files: ['x.contract.yaml'], without: [] })
    expect(readTextFile(at('x.contract.yaml'))).toMatchObject({ missing: 'there is no such file' })
  })

  test('a path that is not there, and a folder that holds none, are told', () => {
    mkdirSync(at('empty'))
    write('x.contract.yaml')
    expect(find('gone', 'empty', 'x.contract.yaml')).toEqual({
      files: ['x.contract.yaml'],
      without: ['gone', 'empty'],
    })
  })

  test('a folder that can’t be read is told, though others can', () => {
    write('ads/x.contract.yaml')
    symlinkSync('loop', at('loop'))
    expect(find('ads', 'loop')).toEqual({ files: ['ads/x.contract.yaml'], without: ['loop'] })
  })
})

describe('a text file', () => {
  test('is read', () => {
    write('a.txt')
    expect(readTextFile(at('a.txt'))).toEqual({ path: at('a.txt'), text: 'a.txt' })
  })

  test.each([
    ['gone', 'there is no such file'],
    ['', 'that is a folder'],
  ])('that can’t be read says why: %j', (path, missing) => {
    expect(readTextFile(at(path))).toEqual({ path: at(path), missing })
  })

  test('is found from the file that refers to it', () => {
    write('schemas/a.json')
    expect(readReferencedFile(at('ads/x.contract.yaml'), '../schemas/a.json')).toMatchObject({
      text: 'schemas/a.json',
    })
  })
})

/** Policy files as they are found by paths, all seen from the folder. */
function policiesOf(...paths: readonly string[]) {
  const { policies } = findRuleFiles(paths.map((path) => at(path)))
  return policies.map(({ path, isWhole, outer }) => [seen(path), isWhole, outer && seen(outer)])
}

describe('policy files', () => {
  test('are found below and above a path', () => {
    write('rules/assay.policy.yaml', 'rules/ads/x.contract.yaml')
    const found = 'rules/assay.policy.yaml'
    expect(policiesOf('rules')).toEqual([[found, true, undefined]])
    expect(policiesOf('')).toEqual([[found, true, undefined]])
    expect(policiesOf('rules/ads/x.contract.yaml').map(([, isWhole]) => isWhole)).toEqual([false])
    expect(policiesOf('rules/ads', 'rules')).toEqual([[found, true, undefined]])
    expect(policiesOf('rules', 'rules/ads')).toEqual([[found, true, undefined]])
  })

  test('are told if they stand below another one, at any depth', () => {
    write('assay.policy.yaml', 'a/b/assay.policy.yaml', 'a/b/x.contract.yaml')
    expect(policiesOf('')).toEqual([
      ['assay.policy.yaml', true, undefined],
      ['a/b/assay.policy.yaml', true, 'assay.policy.yaml'],
    ])
    expect(policiesOf('a/b').map(([path]) => path)).toHaveLength(2)
  })

  test('hold for the files below their folder', () => {
    write('a/assay.policy.yaml', 'a/b/x.contract.yaml', 'ab/x.contract.yaml')
    const { policies } = findRuleFiles([at('')])
    expect(policyFor(at('a/b/x.contract.yaml'), policies)?.path).toBe(at('a/assay.policy.yaml'))
    expect(policyFor(at('ab/x.contract.yaml'), policies)).toBeUndefined()
  })

  test('and contracts that end in .yml are told', () => {
    write('x.contract.yml', 'assay.policy.yml', 'other.yml', 'y.contract.yaml')
    expect(
      findRuleFiles([at('')])
        .misnamed.map(seen)
        .toSorted(),
    ).toEqual(['assay.policy.yml', 'x.contract.yml'])
  })
})

describe('a rule file', () => {
  test('is read without a byte order mark', () => {
    writeFileSync(at('a.json'), '\uFEFF{}')
    expect(readRuleFile(at('a.json'))).toEqual({ path: at('a.json'), text: '{}' })
  })

  test.each([
    ['gone', 'there is no such file'],
    ['', 'that is a folder'],
    ['a.txt/b', 'a part of the path is no folder'],
    ['loop', 'it is a link that leads back to itself'],
    ['device', 'that is no regular file'],
    ['large', 'the file has 17 MiB; at most 16 MiB are read'],
  ])('%j is not read, and says why', (path, missing) => {
    write('a.txt')
    symlinkSync('loop', at('loop'))
    symlinkSync('/dev/zero', at('device'))
    write('large')
    truncateSync(at('large'), 17 * 1024 * 1024)
    expect(readRuleFile(at(path))).toEqual({ path: at(path), missing })
  })
})
