import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { watchForChange, watchForHint } from '../../../src/adapters/files/watch.ts'
import type { ChangeWatch } from '../../../src/adapters/files/watch.ts'

let root: string
let rules: string
let watch: ChangeWatch

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-watch-'))
  rules = join(root, 'rules')
  mkdirSync(join(rules, 'ads'), { recursive: true })
  writeFileSync(join(rules, 'ads/a.contract.yaml'), 'a')
})

afterEach(() => {
  watch.close()
  rmSync(root, { recursive: true, force: true })
})

describe('a hint comes', () => {
  beforeEach(() => {
    watch = watchForHint(rules)
  })

  test.each<[string, () => void]>([
    ['of a file that is written', () => writeFileSync(join(rules, 'ads/a.contract.yaml'), 'b')],
    [
      'of a file that takes the place of another',
      () => {
        writeFileSync(join(root, 'new'), 'b')
        renameSync(join(root, 'new'), join(rules, 'ads/a.contract.yaml'))
      },
    ],
    ['of a file that goes', () => rmSync(join(rules, 'ads/a.contract.yaml'))],
    [
      'of the link of a mounted ConfigMap',
      () => {
        mkdirSync(join(rules, '..2026_2'))
        symlinkSync('..2026_2', join(rules, '..data_tmp'))
        renameSync(join(rules, '..data_tmp'), join(rules, '..data'))
      },
    ],
    [
      'of a folder that takes the place of the watched one',
      () => {
        renameSync(rules, join(root, 'old'))
        mkdirSync(rules)
      },
    ],
  ])('%s', async (_, change) => {
    change()
    expect(await watch.changed).toBe(true)
  })
})

test('a hint comes of a folder that was not there', async () => {
  rmSync(rules, { recursive: true })
  watch = watchForHint(rules)
  mkdirSync(rules)
  expect(await watch.changed).toBe(true)
})

test('a hint comes of a link to the folder that leads elsewhere', async () => {
  const link = join(root, 'current')
  symlinkSync('rules', link)
  watch = watchForHint(link)
  mkdirSync(join(root, 'next'))
  symlinkSync('next', join(root, 'tmp'))
  renameSync(join(root, 'tmp'), link)
  expect(await watch.changed).toBe(true)
})

test.each([watchForHint, (path: string) => watchForChange([path])])(
  'a closed watch tells nothing',
  async (begin) => {
    watch = begin(rules)
    watch.close()
    writeFileSync(join(rules, 'ads/a.contract.yaml'), 'b')
    expect(await watch.changed).toBe(false)
  },
)
