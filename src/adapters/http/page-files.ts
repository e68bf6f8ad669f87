import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Answer } from './answer.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The folder of the page's files, beside this module in the sources and in the built package alike. */
const PAGE_FOLDER = join(import.meta.dirname, 'page')

/**
 * The files of the page by name, read once. What is served is what was found here: no path of a request ever becomes one of a file.
 */
export function readPageFiles(): ReadonlyMap<string, Answer> {
  const names = readdirSync(PAGE_FOLDER).filter((name) => extname(name) in TYPES)
  return new Map(
    names.map((name) => [
      name,
      {
        status: 200,
        contentType: TYPES[extname(name)] ?? 'application/octet-stream',
        body: readFileSync(join(PAGE_FOLDER, name)),
        headers: { 'cache-control': 'no-cache' },
      },
    ]),
  )
}

/** The texts that the catalogue on disk shares with the page, and its own script. */
export function readDocsAssets() {
  return {
    style: readText('style.css'),
    icon: readText('icon.svg'),
    search: readText('search.js'),
    docs: readText('docs', 'docs.js'),
  }
}

function readText(...path: readonly string[]): string {
  return readFileSync(join(PAGE_FOLDER, ...path), 'utf8')
}
