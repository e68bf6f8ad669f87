import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

describe('assay eval EXPRESSION', () => {
  test('without a file evaluates on no input', async () => {
    expect(await assay(['eval', '1 + 1'])).toEqual({ exitCode: 0, out: '2\n', err: 'engine: emitted\n' })
    expect(await assay(['eval', 'missing'])).toMatchObject({ exitCode: 0, out: 'undefined\n' })
  })

  test('on a JSON document, which may be of several lines', async () => {
    const file = files.write('event.json', '{\n  "a": [1, 2]\n}\n')
    expect(await assay(['eval', '$sum(a)', file])).toMatchObject({ exitCode: 0, out: '3\n' })
  })

  test('on each line of a file, whatever is wrong with others', async () => {
    const file = files.write('events.ndjson', '{"a":1}\n\n{"a":"x"}\nnope\n{"a":3}\n')
    const { exitCode, out, err } = await assay(['eval', 'a + 1', file])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '2\n4\n' })
    expect(err).toContain('line 3: expression:1:3: The left side of + must be a number')
    expect(err).toContain('    a + 1\n      ^\n')
    expect(err).toContain('line 4: this is no JSON')
  })

  test('says how it ran, and why', async () => {
    expect((await assay(['eval', '$eval("1")'])).err).toMatch(/^engine: sync \(\$eval .*\)\n$/)
    expect((await assay(['eval', '1', '--engine', 'interpreter'])).err).toMatch(/^engine: sync/)
  })

  test('points into an expression that can’t be read, of several lines too', async () => {
    const { exitCode, out, err } = await assay(['eval', '(\n  $x := 1;\n  $x +\n)'])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toMatch(/^expression:\d:\d+: .* \[S02\d\d\]\n {4}.*\n +\^/)
  })

  test('prints functions as JSONata does, and says that a value can’t be printed', async () => {
    expect((await assay(['eval', '[$sum, {"f": function(){ 1 }}]'])).out).toBe('["",{"f":""}]\n')
    const file = files.write('a.json', '{"a":{}}')
    const circular = await assay(['eval', '$ ~> |a|{"self": $}|', file])
    expect(circular).toMatchObject({ exitCode: 1, out: '' })
    expect(circular.err).toContain('EXPRESSION_NOT_PRINTABLE')
  })

  test.each([
    [['eval'], 'EVAL_NOTHING'],
    [['eval', '1', '/nowhere/at/all'], 'INPUT_UNREADABLE'],
    [['eval', '--ndjson', '/nowhere/at/all'], 'INPUT_UNREADABLE'],
    [['eval', '1', '--engine', 'fast'], 'Allowed choices'],
  ])('%j is refused', async (args, text) => {
    const { exitCode, out, err } = await assay(args)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(text)
  })
})

async function answersTo(...lines: readonly unknown[]): Promise<unknown[]> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const { exitCode, out } = await assay(['eval', '--ndjson', files.write('cases.ndjson', text)])
  expect(exitCode).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('assay eval --ndjson', () => {
  test('answers each case in order', async () => {
    expect(
      await answersTo(
        { id: 1, expr: 'a + $x', input: { a: 1 }, bindings: { x: 2 } },
        { id: 'two', expr: 'a' },
        { id: [3], expr: 'a + "x"', input: { a: 1 } },
        { id: 4, expr: 'a +' },
        { id: 5, expr: '$eval("[1]")' },
        { id: 6, expr: 'null', input: null },
        { id: 7, expr: '$random() < 2 and $count($shuffle([1,2])) = 2' },
        { id: 8, expr: '$contains("aXb", /(?<=a)X/)' },
        { id: 9, expr: '-$f', bindings: { f: [1] } },
      ),
    ).toEqual([
      { id: 1, engine: 'emitted', value: 3 },
      { id: 'two', engine: 'emitted', undefined: true },
      { id: [3], engine: 'emitted', code: 'T2002', position: 3, token: '+' },
      { id: 4, engine: 'emitted', code: 'S0207', position: 3, token: '(end)' },
      { id: 5, engine: 'sync', value: [1] },
      { id: 6, engine: 'emitted', value: null },
      { id: 7, engine: 'emitted', value: true },
      { id: 8, engine: 'emitted', value: true },
      { id: 9, engine: 'emitted', code: 'D1002', position: 1, token: '-' },
    ])
  })

  test('an expression is not fooled by names of bindings', async () => {
    const bindings = { string: 'own', toString: 1, __proto__: 2 }
    expect(await answersTo({ id: 1, expr: '$string & $toString', bindings })).toMatchObject([
      { value: 'own1' },
    ])
  })

  test('data that upstream takes for functions is taken so', async () => {
    const input = { f: { _jsonata_lambda: true, x: 1 }, g: { _jsonata_function: true, x: 1 }, h: { x: 2 } }
    expect(
      await answersTo(
        { id: 1, expr: 'f.x', input },
        { id: 2, expr: '[f ? 1 : 2, $count([g])]', input },
        { id: 3, expr: 'h.x', input },
        { id: 4, expr: 'f', input },
      ),
    ).toEqual([
      { id: 1, engine: 'sync', undefined: true },
      { id: 2, engine: 'sync', value: [2, 1] },
      { id: 3, engine: 'sync', value: 2 },
      { id: 4, engine: 'sync', value: input.f },
    ])
  })

  test('a time limit is that of its case', async () => {
    const endless = { expr: '($f := function($n){ $f($n + 1) }; $f(1))', timeoutMs: 30 }
    expect(await answersTo({ id: 1, ...endless }, { id: 2, expr: '1' })).toMatchObject([
      { id: 1, code: 'D1012' },
      { id: 2, value: 1 },
    ])
  })

  test.each([
    'nope',
    '[]',
    '5',
    '{"id":1}',
    '{"id":1,"expr":5}',
    '{"expr":"1","bindings":[]}',
    '{"expr":"1","timeoutMs":-1}',
  ])('the broken line %s is answered too', async (line) => {
    const answers = await answersTo(line, { id: 2, expr: '1' })
    expect(answers).toMatchObject([
      { code: 'EVAL_CASE_INVALID', message: expect.stringMatching(/^line 1: /) },
      { id: 2, value: 1 },
    ])
  })

  test('answers while its input is still open', async () => {
    const main = join(import.meta.dirname, '../../src/main.ts')
    const child = spawn(process.execPath, [main, 'eval', '--ndjson'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    for (const [expr, value] of [
      ['1+1', 2],
      ['2+2', 4],
    ]) {
      child.stdin.write(`${JSON.stringify({ id: 0, expr })}\n`)
      const [answer] = await once(child.stdout, 'data')
      expect(JSON.parse(String(answer))).toMatchObject({ value })
    }
    child.stdin.end()
    expect(await exited).toEqual([0, null])
  })
})
