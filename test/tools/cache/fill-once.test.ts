import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fillOnce } from '../../../tools/cache/fill-once.ts'

let cache: string

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'assay-cache-'))
  vi.stubEnv('ASSAY_CACHE_DIR', cache)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true })
})

test('many who ask at once get one folder, filled once', async () => {
  let fills = 0
  const fill = async (folder: string) => {
    fills += 1
    await writeFile(join(folder, 'part'), 'whole')
  }
  const folders = await Promise.all(Array.from({ length: 8 }, () => fillOnce('parts', fill)))
  expect(new Set(folders)).toEqual(new Set([join(cache, 'parts')]))
  expect(fills).toBe(1)
  expect(await readFile(join(cache, 'parts', 'part'), 'utf8')).toBe('whole')
  expect(await readdir(cache)).toEqual(['parts'])
})

test('a fill that fails leaves nothing, and the next one succeeds', async () => {
  await expect(fillOnce('parts', () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
  expect(await readdir(cache)).toEqual([])
  await fillOnce('parts', (folder) => writeFile(join(folder, 'part'), ''))
  expect(await readdir(join(cache, 'parts'))).toEqual(['part'])
})

test('a lock left by a process that died is taken away', async () => {
  // Process ids end at 2^22 on Linux and 99998 on macOS.
  await writeFile(join(cache, 'parts.lock'), '99999999')
  expect(await fillOnce('parts', () => Promise.resolve())).toBe(join(cache, 'parts'))
})

test('a folder that is there is not filled again', async () => {
  await mkdir(join(cache, 'parts'))
  await fillOnce('parts', () => Promise.reject(new Error('filled again')))
})
