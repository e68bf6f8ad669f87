/**
 * Makes `generated/jsonata-sync.mjs`, a synchronous form of the installed jsonata with budgets that are cheap enough to be always on.
 * Run by `npm run prepare`. Ends with exit code 1, and writes nothing, if the installed package is not the one that it was made for.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { assertPinned } from './pinned.ts'
import { derive } from './derivation.ts'

const OUTPUT = join(import.meta.dirname, '../../generated')

function main(): void {
  const upstream = dirname(createRequire(import.meta.url).resolve('jsonata/package.json'))
  const source = readFileSync(join(upstream, 'jsonata.js'), 'utf8')
  const licence = readFileSync(join(upstream, 'LICENSE'), 'utf8')
  assertPinned(versionOf(join(upstream, 'package.json')), source)
  const module = derive(source, ownText('runtime.mjs'), licence)
  mkdirSync(OUTPUT, { recursive: true })
  writeFileSync(join(OUTPUT, 'LICENSE.jsonata'), licence)
  writeFileSync(join(OUTPUT, 'jsonata-sync.d.mts'), ownText('declarations.d.mts'))
  writeFileSync(join(OUTPUT, 'jsonata-sync.mjs'), module)
}

function versionOf(packageFile: string): unknown {
  const manifest: { version?: unknown } = JSON.parse(readFileSync(packageFile, 'utf8'))
  return manifest.version
}

function ownText(file: string): string {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
}

try {
  main()
} catch (error) {
  process.stderr.write(`derive-jsonata: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
