import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const SCHEMA = '{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

/** Imports a JSON Schema into `rules`. */
function importOrders(text: string, ...flags: readonly string[]) {
  const source = files.write('orders.json', text)
  return assay(['import', 'json-schema', source, '--out', files.at('rules'), ...flags])
}

test('reports for people what was made, from what, and what to look at', async () => {
  const { exitCode, out, err } = await importOrders(
    SCHEMA.replace('"type":"object"', '"x-a":1,"type":"object"'),
  )
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(out.replaceAll(files.folder, '')).toBe(
    [
      'Contracts:',
      '  orders: 1 rule in imported/orders.contract.yaml',
      '',
      'Imported:',
      '  line 1: the schema → orders / shape',
      '',
      'Not imported, and why:',
      '  line 1: # x-a: `x-a` is no keyword of JSON Schema, and judges nothing',
      '',
      'To look at:',
      '  the source names no domain: `domain: imported` was written; name it with --domain',
      '  the source names no team: `owner: team-to-be-named` was written; name it with --owner',
      '',
      'Written:',
      '  /rules/imported/orders.contract.yaml',
      '  /rules/imported/schemas/orders.schema.json',
      '',
      '1 property: 0 imported, 1 listed; 1 other part: 1 imported, 0 listed',
      '',
    ].join('\n'),
  )
})

test('what was imported judges events', async () => {
  await importOrders(SCHEMA)
  const events = files.write('events.ndjson', '{"id":"a"}\n{}\n')
  const { exitCode, out } = await assay(['check', events, '--rules', files.at('rules')])
  expect(exitCode).toBe(1)
  expect(out).toContain('2 events of orders: 1 pass, 0 warn, 1 fail')
})

test('a schema that was written as several parts judges as the whole', async () => {
  const properties = Object.fromEntries(
    Array.from({ length: 2000 }, (_, n) => [`p${n}`, { type: 'integer' }]),
  )
  await importOrders(JSON.stringify({ type: 'object', properties, additionalProperties: false }))
  const lines = ['{"p0":1,"p1999":1}', '{"p1999":"x"}', '{"p0":"x"}', '{"q":1}']
  const events = files.write('events.ndjson', lines.join('\n'))
  const { out } = await assay(['check', events, '--rules', files.at('rules'), '--output', 'json'])
  expect(JSON.parse(out).violations).toMatchObject([
    { line: 2, path: '/p1999' },
    { line: 3, path: '/p0' },
    { line: 4, path: '/' },
  ])
})

describe('files that are there', () => {
  test('stay as they are', async () => {
    const contract = files.write('rules/imported/orders.contract.yaml', 'mine')
    const { exitCode, err } = await importOrders(SCHEMA)
    expect(exitCode).toBe(2)
    expect(err).toContain(`a file is there already: ${contract} [FILE_EXISTS]`)
    expect(readFileSync(contract, 'utf8')).toBe('mine')
  })

  test('are written over with --force', async () => {
    const contract = files.write('rules/imported/orders.contract.yaml', 'mine')
    expect(await importOrders(SCHEMA, '--force')).toMatchObject({ exitCode: 0 })
    expect(readFileSync(contract, 'utf8')).toContain('id: orders')
  })

  test('are in nobody’s way if they say the same', async () => {
    await importOrders(SCHEMA)
    expect(await importOrders(SCHEMA)).toMatchObject({ exitCode: 0, err: '' })
  })
})

test('--dry-run writes nothing', async () => {
  const { exitCode, out } = await importOrders(SCHEMA, '--dry-run')
  expect(exitCode).toBe(0)
  expect(out).toContain('imported/orders.contract.yaml')
  expect(out).not.toContain('Written')
  expect(await assay(['validate', files.at('rules')])).toMatchObject({ exitCode: 2 })
})

test('nothing is written through a link that leads out of the folder', async () => {
  mkdirSync(files.at('elsewhere'))
  mkdirSync(files.at('rules'))
  symlinkSync(files.at('elsewhere'), files.at('rules/imported'))
  const { exitCode, err } = await importOrders(SCHEMA)
  expect(exitCode).toBe(2)
  expect(err).toContain('[OUTPUT_UNWRITABLE]')
})

test('a folder that can’t be made', async () => {
  files.write('rules', 'a file')
  const { exitCode, err } = await importOrders(SCHEMA)
  expect(exitCode).toBe(2)
  expect(err).toContain('[OUTPUT_UNWRITABLE]')
})

test.each(['gone.yaml', '.'])('%s can’t be read', async (name) => {
  const { exitCode, err } = await assay(['import', 'odcs', files.at(name), '--out', files.at('rules')])
  expect(exitCode).toBe(2)
  expect(err).toContain('[IMPORT_UNREADABLE]')
})

test.each([
  [['import'], /Commands/],
  [['import', 'soda', 'x'], /unknown command 'soda'/],
  [['import', 'odcs'], /missing required argument/],
  [['export', 'odcs'], /missing required argument/],
])('%j is no whole command', async (args, message) => {
  const { exitCode, err } = await assay(args)
  expect(exitCode).toBe(2)
  expect(err).toMatch(message)
})
