import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiPage } from './api.ts'
import { commandsPage } from './commands.ts'
import { configurationPage } from './configuration.ts'
import { contractPage, contractTestPage, policyPage } from './file-pages.ts'
import { datadogPage } from './datadog.ts'
import { editorSchemaFiles } from './editor-schemas.ts'
import { errorsPage } from './errors.ts'
import { metricsPage } from './metrics.ts'
import { prometheusPage } from './prometheus.ts'

/** Writes the reference pages and the JSON Schemas for editors that come from tables in the code; with `--check`, fails if what is on disk differs. */

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const PAGES = {
  'docs/reference/commands.md': commandsPage,
  'docs/reference/metrics.md': metricsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/contract.md': contractPage,
  'docs/reference/contract-tests.md': contractTestPage,
  'docs/reference/policy.md': policyPage,
  'docs/reference/datadog.md': datadogPage,
  'docs/reference/prometheus.md': prometheusPage,
  'docs/reference/api.md': apiPage,
}

const isCheck = process.argv.includes('--check')
const pages = await Promise.all(
  Object.entries(PAGES).map(async ([path, page]) => [path, await page()] as const),
)
for (const [path, text] of [...pages, ...Object.entries(editorSchemaFiles())]) {
  const file = join(REPOSITORY, path)
  if (!isCheck) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } else if (readOrEmpty(file) !== text) {
    process.stderr.write(`${path} differs from the code it is made from: run \`npm run docs\`\n`)
    process.exitCode = 1
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
