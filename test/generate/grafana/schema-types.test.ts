import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateGrafana } from '../../../src/generate/grafana/generate-grafana.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'

const ROOT = join(import.meta.dirname, '../../..')
const TYPES = join(import.meta.dirname, 'schema-types.ts')

/** What Grafana has no key or no value for: the compiler must say so, or it sees nothing. */
const PLANTED: readonly (readonly [name: string, from: string, to: string])[] = [
  ['a key of the dashboard', '"refresh":', '"refesh":'],
  ['a key of options', '"showLegend":', '"showLegends":'],
  ['a key of a field', '"decimals":', '"decimal":'],
  ['a key of a query', '"legendFormat":', '"legend":'],
  ['a key of a style', '"drawStyle":', '"drawStile":'],
  ['a value of an enum', '"colorMode": "background"', '"colorMode": "bg"'],
  ['a panel that there is not', '"type": "bargauge"', '"type": "bar-gauge"'],
  ['a mapping of another kind', '"type": "value"', '"type": "values"'],
  ['a link of another kind', '"type": "link"', '"type": "url"'],
  ['a number that is a text', '"schemaVersion": 39', '"schemaVersion": "39"'],
]

/** The files that the compiler objects to, with its first words on each. */
function objections(boards: ReadonlyMap<string, string>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-grafana-types-'))
  const head = `import type { Dashboard } from '${TYPES}'\nexport const dashboard = `
  for (const [name, text] of boards)
    writeFileSync(join(folder, name), `${head}${text.trim()} satisfies Dashboard\n`)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: 'es2024',
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [...boards.keys()] }))
  const run = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: folder,
  })
  rmSync(folder, { recursive: true })
  const lines = run.stdout.split('\n').flatMap((line): [string, string][] => {
    const [, file, words] = /^([^\s(]+)\(\d+,\d+\): (error .*)/.exec(line) ?? []
    return file === undefined || words === undefined ? [] : [[file, words]]
  })
  expect(lines.length === 0).toBe(run.status === 0)
  return new Map(lines)
}

test('dashboards have the keys and values of Grafana’s own types, and the compiler sees any other', () => {
  const contracts = ['rules', 'examples/streams', 'test/fixtures/generate-edges']
    .map((path) => join(ROOT, path))
    .concat(EVERY_KIND)
    .flatMap(contractsBelow)
  const settings = { ...DEFAULT_GENERATE_SETTINGS, env: 'prod' }
  const generated = generateGrafana(contracts, CATALOGUE, settings)
  const sound = generated.map(({ text }, index): [string, string] => [`sound-${index}.ts`, text])
  const [, whole = ''] = sound.find(([, text]) => text.includes('"bargauge"')) ?? []
  const planted = PLANTED.map(([, from, to], index): [string, string] => {
    expect(whole).toContain(from)
    return [`planted-${index}.ts`, whole.replace(from, to)]
  })
  const found = objections(new Map([...sound, ...planted]))
  expect([...found].filter(([name]) => name.startsWith('sound'))).toEqual([])
  expect(PLANTED.filter((_, index) => !found.has(`planted-${index}.ts`))).toEqual([])
})
