import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Files } from './support.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

/** Starts a command whose output has several hundred kilobytes. */
function startTalkative() {
  const properties = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`p${index}`, { 'x-n': 1 }]),
  )
  const source = files.write('wide.json', JSON.stringify({ properties }))
  const args = [MAIN, 'import', 'json-schema', source, '--dry-run', '--output', 'json']
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

test('a pipe gets all of a long output', async () => {
  const child = startTalkative()
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  expect(code).toBe(0)
  expect(JSON.parse(out).entries).toHaveLength(3001)
})

test('a reader that closes the pipe early makes no noise', async () => {
  const child = startTalkative()
  child.stdout.once('data', () => child.stdout.destroy())
  const [err] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(err).toBe('')
})
