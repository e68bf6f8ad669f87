import { afterEach, beforeEach, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const RULE = { id: 'positive', assert: 'n > 0' }

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

test('says that all is well', async () => {
  files.writeContract('ads/a', [RULE])
  files.writeContract('ads/b', [RULE, { ...RULE, id: 'again' }], { id: 'b' })
  expect(await assay(['validate', files.at('rules')])).toEqual({
    exitCode: 0,
    out: '2 files, 3 rules: no problems\n',
    err: '',
  })
})

test('reports all problems of all files and of all kinds at once', async () => {
  files.writeContract('a', [
    { id: 'syntax', assert: 'n >' },
    { id: 'schema', schema: './gone.json' },
  ])
  files.writeContract('b', [RULE], { id: 'b', owner: '' })
  files.write('rules/c.contract.yaml', 'a: [')
  const { exitCode, out, err } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(2)
  expect(err).toBe('')
  for (const expected of [
    '[EXPRESSION_INVALID]',
    '[SCHEMA_NOT_FOUND]',
    '[YAML_SYNTAX]',
    'a.contract.yaml:1:',
    'b.contract.yaml:1:',
    'gone.json: there is no such file',
    'in 3 of 3 files',
  ]) {
    expect(out).toContain(expected)
  }
})

test('reports contracts that contradict one another', async () => {
  files.writeContract('a', [RULE], { format: 'json' })
  files.writeContract('b', [RULE], { format: 'string' })
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(2)
  expect(out).toContain('[CONTRACT_DUPLICATE_ID]')
  expect(out).toContain('[CONTRACT_FORMAT_CONFLICT]')
})

test('finds schemas from where the contract stands', async () => {
  files.writeContract('ads/a', [{ id: 'shape', schema: '../schemas/a.json' }])
  files.write('rules/schemas/a.json', '{"type":"object"}')
  expect(await assay(['validate', files.at('rules')])).toMatchObject({ exitCode: 0 })
})

test('refuses a path without contracts: what checks nothing is no success', async () => {
  files.writeContract('a', [RULE])
  files.write('empty/readme.txt', '')
  const { exitCode, out } = await assay(['validate', files.at('rules'), files.at('empty'), files.at('gone')])
  expect(exitCode).toBe(2)
  expect(out.match(/\[RULES_NOT_FOUND\]/g)).toHaveLength(2)
})

test('gives machines the same as JSON', async () => {
  const path = files.writeContract('a', [{ id: 'syntax', assert: 'n >' }])
  const { exitCode, out } = await assay(['validate', '--output', 'json', path])
  expect(exitCode).toBe(2)
  expect(JSON.parse(out)).toMatchObject({
    problems: [{ file: path, line: 1, code: 'EXPRESSION_INVALID', severity: 'error' }],
  })
})
