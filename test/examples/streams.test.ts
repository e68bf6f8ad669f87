import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assay } from '../cli/support.ts'

const STREAMS = join(import.meta.dirname, '../../examples/streams')

test('the examples of calendars, tolerance and shadow are without a problem', async () => {
  expect(await assay(['validate', '--strict', STREAMS])).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('no problems'),
  })
})

test('their tests pass, and show each rule good and bad', async () => {
  const { exitCode, out } = await assay(['test', STREAMS, '--min-coverage', '100'])
  expect(out).toContain('coverage 100 %')
  expect(exitCode).toBe(0)
})
