import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LanguageServer } from './language-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const CONTRACT = join(ROOT, 'rules/ads/search-ad-published.contract.yaml')
const SCHEMA_LINE = '# yaml-language-server: $schema=../../schema/contract.schema.json\n'

const server = new LanguageServer()
beforeAll(() => server.start(ROOT))
afterAll(() => server.stop())

/** As an editor names a file that may not be saved yet. */
const uriOf = (name: string) => `file://${join(ROOT, 'rules/ads', name)}`

test('an editor finds nothing wrong with an example', async () => {
  const text = readFileSync(CONTRACT, 'utf8')
  expect(text.startsWith(SCHEMA_LINE)).toBe(true)
  expect(await server.open(`file://${CONTRACT}`, text)).toEqual([])
})

test('an editor finds nothing wrong with an example of a test, and underlines what is wrong with another', async () => {
  const path = CONTRACT.replace('.yaml', '.test.yaml')
  const text = readFileSync(path, 'utf8')
  expect(text).toContain('contract-test.schema.json\n')
  expect(await server.open(`file://${path}`, text)).toEqual([])
  const wrong = text
    .replace('now:', 'nov:')
    .replace('expect: { currency_is_known: fail }', 'expect: { currency_is_known: bad }')
  const found = await server.open(uriOf('wrong.contract.test.yaml'), wrong)
  const lines = found.map(({ range }) => wrong.split('\n')[range.start.line])
  expect(lines.toSorted()).toEqual(['    expect: { currency_is_known: bad }', 'nov: 2026-03-02T12:00:00Z'])
})

test('an editor explains a key under the mouse, and offers keys and words with what they mean', async () => {
  const uri = uriOf('new.contract.yaml')
  const text = `${SCHEMA_LINE}owner: team-search\nrules:\n  - id: a\n    severity: \n`
  await server.open(uri, text)
  expect(await server.hover(uri, 1, 2)).toContain('is told when they break the contract')
  expect((await server.complete(uri, 4, 14)).get('warning')).toContain('counts as doubtful')
  const keys = await server.complete(uri, 4, 4)
  expect(keys.get('assert')).toContain('JSONata expression that must be')
  expect(keys.get('freshness')).toContain('may be silent')
  expect(keys.has('unique')).toBe(false)
})

test('an editor underlines what is wrong', async () => {
  const uri = uriOf('bad.contract.yaml')
  const text = [
    SCHEMA_LINE.trim(),
    'apiVersion: assay/v1',
    'id: ads',
    'version: 1.2',
    'topic: ads',
    'domain: Ads',
    'ower: team',
    'rules:',
    '  - id: a',
    '    severity: critical',
    '    assert: a',
    '    schema: ./a.json',
    '',
  ].join('\n')
  const diagnostics = await server.open(uri, text)
  const found = diagnostics.map(({ message, range }) => `${range.start.line + 1}: ${message}`)
  expect(found.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))).toEqual([
    '2: Missing property "owner".',
    '4: Incorrect type. Expected "string".',
    '6: String does not match the pattern of "^[a-z][a-z0-9\\-]*$".',
    '7: Property ower is not allowed.',
    '9: Matches multiple schemas when only one must validate.',
    '10: Value is not accepted. Valid values: "error", "warning", "info".',
  ])
})
