import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Whether promtool is there: it comes with Debian's package prometheus. */
export function hasPromtool(): boolean {
  return spawnSync('promtool', ['--version']).status === 0
}

/** Writes files into a folder that goes with the test. */
export function folderOf(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-rules-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** What promtool says of files, and whether it has nothing to object to. */
export function promtool(
  command: 'check' | 'test',
  folder: string,
  paths: readonly string[],
): { readonly isFine: boolean; readonly text: string } {
  const { status, stdout, stderr } = spawnSync('promtool', [command, 'rules', ...paths], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { isFine: status === 0, text: stdout + stderr }
}
