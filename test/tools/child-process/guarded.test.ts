import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, watch } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startGuarded } from '../../../tools/child-process/guarded.ts'
import { isRunning } from '../is-running.ts'

const MODULE = join(import.meta.dirname, '../../../tools/child-process/guarded.ts')

/** A program that starts a guarded `sleep`, prints its process id, and then waits or dies by itself. */
function parentScript(folder: string, ending: string): string {
  return `
    const { startGuarded } = await import(${JSON.stringify(MODULE)})
    const folder = ${JSON.stringify(folder)}
    const child = await startGuarded('sleep', ['600'], { logFile: folder + '/log', scratchFolder: folder })
    process.stdout.write(String(child.pid) + '\\n')
    ${ending}`
}

async function removal(folder: string): Promise<void> {
  const parent = watch(join(folder, '..'))
  try {
    while (existsSync(folder)) {
      await Promise.race([once(parent, 'change'), delay(100)])
    }
  } finally {
    parent.close()
  }
}

const stayAlive = 'setInterval(() => {}, 1000)'

test.each([
  { how: 'SIGKILL', ending: stayAlive, signal: 'SIGKILL' },
  { how: 'SIGINT', ending: stayAlive, signal: 'SIGINT' },
  { how: 'SIGTERM', ending: stayAlive, signal: 'SIGTERM' },
  { how: 'a crash', ending: "setImmediate(() => { throw new Error('crash') })", signal: undefined },
  { how: 'process.exit', ending: 'process.exit(0)', signal: undefined },
  { how: 'running out of work', ending: '', signal: undefined },
] as const)(
  'a guarded process and its folder are gone after its parent ends by $how',
  async ({ ending, signal }) => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-guard-'))
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript(folder, ending)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exited = once(parent, 'exit')
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(printed.toString())
    if (signal !== undefined) parent.kill(signal)
    await exited
    await removal(folder)
    expect(await isRunning(pid)).toBe(false)
  },
)

test('a process that ends by itself is known to have ended, and keeps its log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-guard-'))
  const child = await startGuarded('sh', ['-c', 'echo heard'], {
    logFile: join(folder, 'log'),
    scratchFolder: folder,
  })
  await child.ended
  expect(child.hasEnded()).toBe(true)
  expect(await child.logTail()).toBe('heard\n')
  await child.end()
  expect(existsSync(folder), basename(folder)).toBe(true)
  await rm(folder, { recursive: true })
})

test('a program that is not there rejects', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-guard-'))
  const options = { logFile: join(folder, 'log'), scratchFolder: folder }
  await expect(startGuarded('/nonexistent/program', [], options)).rejects.toThrow('ENOENT')
  await rm(folder, { recursive: true })
})
