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
    out: '2 files, 3 rules: no problems\nAt most 114 time series\n',
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

const SHAPE = { id: 'shape', schema: './a.json' }
const SCHEMA = JSON.stringify({
  type: 'object',
  required: ['amount', 'state'],
  properties: { amount: { type: 'number' }, state: { enum: ['new', 'paid'] }, note: { type: 'string' } },
})

test('reads the rules against the schema of the contract', async () => {
  files.write('rules/a.json', SCHEMA)
  files.writeContract('a', [SHAPE, { id: 'paid', assert: 'state = "payed"' }])
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(0)
  expect(out).toContain('warning: rule "paid": `state` is never "payed": it is one of "new", "paid"')
  expect(out).toContain('[VALUE_IMPOSSIBLE]')
  expect(out).toContain('hint: Did you mean "paid"?')
  expect(out).toContain('1 problem (1 warning) in 1 of 1 file')
})

test('reads the rules against the schema that the producer writes by', async () => {
  files.write('rules/producer.json', SCHEMA)
  files.writeContract('a', [{ id: 'positive', assert: 'amuont > 0' }], { schemaFile: './producer.json' })
  const { exitCode, out } = await assay(['validate', '--output', 'json', files.at('rules')])
  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    problems: [{ code: 'PATH_IMPOSSIBLE', severity: 'warning', hint: 'Did you mean `amount`?' }],
  })
})

test('refuses a schema of the producer that is none', async () => {
  files.write('rules/producer.json', '{"type":"nmuber"}')
  files.writeContract('a', [RULE], { schemaFile: './producer.json' })
  files.writeContract('b', [RULE], { id: 'b', schemaFile: './gone.json' })
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(2)
  expect(out).toMatch(/`schemaFile` at .*is invalid.*\[SCHEMA_INVALID\]/)
  expect(out).toMatch(/`schemaFile`: .*gone\.json: there is no such file \[SCHEMA_NOT_FOUND\]/)
})

test('judges events although the schema of the producer can’t be read: it judges none', async () => {
  files.writeContract('a', [RULE], { schemaFile: './gone.json' })
  const { exitCode, out } = await assay([
    'check',
    '--rules',
    files.at('rules'),
    files.write('e.ndjson', '{"n":1}'),
  ])
  expect(exitCode).toBe(0)
  expect(out).toContain('1 pass')
})

test('fails for warnings only when asked to', async () => {
  files.writeContract('a', [{ id: 'always', assert: '"a" = "a"' }])
  expect(await assay(['validate', files.at('rules')])).toMatchObject({ exitCode: 0 })
  expect(await assay(['validate', '--strict', files.at('rules')])).toMatchObject({ exitCode: 2 })
})

test('fails for what is wrong whatever the events are like', async () => {
  files.writeContract('a', [
    { id: 'no_boolean', assert: '$count(items)' },
    { id: 'no_argument', assert: '$exists()' },
    { id: 'no_text', assert: '$contains(5, "a")' },
  ])
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(2)
  expect(out).toContain('3 problems (3 errors)')
})

test('leaves out warnings that a rule says are known, and tells of those that are not there', async () => {
  files.write('rules/a.json', SCHEMA)
  const known = { FIELD_MAY_BE_MISSING: 'An event without a note is what this rule is to find.' }
  files.writeContract('a', [
    SHAPE,
    { id: 'noted', assert: '$length(note) > 3', ignore: known },
    { id: 'noted_too', assert: '$exists(note) and $length(note) > 3', ignore: known },
  ])
  const { exitCode, out } = await assay(['validate', files.at('rules')])
  expect(exitCode).toBe(0)
  expect(out).toContain(
    'rule "noted_too": FIELD_MAY_BE_MISSING is ignored here, and there is no such warning [IGNORE_UNUSED]',
  )
  expect(out).toContain('1 problem (1 warning)')
})

test('an error can’t be ignored', async () => {
  files.writeContract('a', [{ id: 'a', assert: '$count(x)', ignore: { RULE_NOT_BOOLEAN: 'Because.' } }])
  expect(await assay(['validate', files.at('rules')])).toMatchObject({ exitCode: 2 })
})
