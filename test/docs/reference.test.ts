import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'

const GENERATE = join(import.meta.dirname, '../../tools/docs/generate.ts')

test('the reference pages are those that the code makes', async () => {
  const { exitCode, stderr } = await runToEnd(process.execPath, [GENERATE, '--check'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
