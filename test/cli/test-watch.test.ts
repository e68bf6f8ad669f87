import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Files } from './support.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const READY = 'Ctrl-C ends.'

let files: Files
let child: ChildProcess

beforeEach(() => {
  files = new Files()
  files.writeContract('a', [{ id: 'positive', assert: 'n > 0' }])
})

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  files.remove()
})

const writeTest = (event: string) =>
  files.write('rules/a.contract.test.yaml', `cases:\n  - { name: one, event: ${event} }\n`)

/** Starts `assay test --watch`, and gives what it prints, run by run: up to the line that says that it waits. */
function watchTests(path: string): () => Promise<string> {
  child = spawn(process.execPath, [MAIN, 'test', path, '--watch'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let told: (() => void) | undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      told?.()
    })
  }
  return async () => {
    while (!printed.includes(READY)) {
      const { promise, resolve } = Promise.withResolvers<void>()
      told = resolve
      await promise
    }
    const end = printed.indexOf(READY) + READY.length
    const run = printed.slice(0, end)
    printed = printed.slice(end)
    return run
  }
}

/** The first run, from now on, that prints what is wanted: one change may be seen in several runs. */
async function untilRun(nextRun: () => Promise<string>, wanted: string): Promise<void> {
  let run = await nextRun()
  while (!run.includes(wanted)) run = await nextRun()
}

test('tests run again whenever a file changes, whatever is wrong with it, until SIGINT', async () => {
  writeTest('{ n: 1 }')
  const nextRun = watchTests(files.at('rules'))
  await untilRun(nextRun, '1 case passed')
  writeTest('{ n: 0 }')
  await untilRun(nextRun, '1 of 1 case failed')
  writeTest('{ n: ')
  await untilRun(nextRun, '[YAML_SYNTAX]')
  files.write('rules/events/one.json', '{ "n": 1 }')
  files.write('rules/a.contract.test.yaml', 'cases:\n  - { name: one, eventFile: ./events/one.json }\n')
  await untilRun(nextRun, '1 case passed')
  files.write('rules/events/one.json', '{ "n": -1 }')
  await untilRun(nextRun, '1 of 1 case failed')
  files.writeContract('a', [{ id: 'negative', assert: 'n < 0' }])
  await untilRun(nextRun, '1 case passed')
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a folder may go and come back', async () => {
  writeTest('{ n: 1 }')
  const nextRun = watchTests(files.at('rules'))
  await untilRun(nextRun, '1 case passed')
  renameSync(files.at('rules'), files.at('kept'))
  await untilRun(nextRun, '[RULES_NOT_FOUND]')
  renameSync(files.at('kept'), files.at('rules'))
  await untilRun(nextRun, '1 case passed')
  rmSync(files.at('rules/a.contract.test.yaml'))
  await untilRun(nextRun, '[NOTHING_TESTED]')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('one file may be watched by its name', async () => {
  const path = writeTest('{ n: 0 }')
  const nextRun = watchTests(path)
  await untilRun(nextRun, '1 of 1 case failed')
  files.writeContract('a', [{ id: 'none', assert: 'n = 0' }])
  await untilRun(nextRun, '1 case passed')
})
