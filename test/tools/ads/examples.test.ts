import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exampleFiles } from '../../../tools/ads/examples.ts'

const FOLDER = join(import.meta.dirname, '../../../examples/events')

test('the example files are those that `node tools/ads/examples.ts` writes', () => {
  const files = exampleFiles()
  expect(readdirSync(FOLDER).toSorted()).toEqual(files.map(({ name }) => name).toSorted())
  for (const { name, text } of files) expect(readFileSync(join(FOLDER, name), 'utf8'), name).toBe(text)
})
