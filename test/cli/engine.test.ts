import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'
import { assay, Files } from './support.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')

const RULES = [
  { id: 'positive', assert: 'ad.price.amount > 0' },
  { id: 'when_active', when: 'ad.status = "active"', assert: '$exists(ad.title) and $length(ad.title) > 3' },
  { id: 'by_type', assert: '$sum(ad.images.$length($)) < 100', missing: 'skip' },
  { id: 'broken', assert: 'ad.price' },
  { id: 'endless', assert: '($f := function($x) { 1 + $f($x) }; $f(1) > 0)' },
  { id: 'asked_for', engine: 'interpreter', assert: 'ad.price.amount < 100' },
]
const EVENTS = [
  { ad: { status: 'active', title: 'Volvo', price: { amount: 5 }, images: ['a', 'b'] } },
  { ad: { status: 'active', title: 7, price: { amount: 'x' } } },
  { ad: { status: 'sold', images: [1] } },
  {},
  [],
  'text',
]

let files: Files

beforeEach(() => {
  files = new Files()
  files.write('events.ndjson', EVENTS.map((event) => JSON.stringify(event)).join('\n'))
})
afterEach(() => files.remove())

const check = (...more: readonly string[]) => [
  'check',
  '--rules',
  files.at('rules'),
  '--output',
  'json',
  ...more,
  files.at('events.ndjson'),
]

describe('`--engine`', () => {
  test('of check changes no verdict', async () => {
    files.writeContract('ad', RULES)
    const byDefault = await assay(check())
    expect(JSON.parse(byDefault.out)).toMatchObject({ events: { total: 6 } })
    expect(await assay(check('--engine', 'auto'))).toEqual(byDefault)
    expect(await assay(check('--engine', 'interpreter'))).toEqual(byDefault)
    expect(await assay(check(), { ASSAY_ENGINE: 'interpreter' })).toEqual(byDefault)
  })

  test.each([
    ['as a flag', ['--engine', 'interpretor'], {}],
    ['as a variable', [], { ASSAY_ENGINE: 'interpretor' }],
  ])('that is none is refused: %s', async (_, flags, env) => {
    files.writeContract('ad', RULES)
    const { exitCode, out } = await assay(check(...flags), env)
    expect(exitCode).toBe(2)
    expect(out).toContain('--engine must be one of auto, interpreter, not `interpretor`')
  })
})

/** Runs a command line on a Node that may not make code from strings. */
const withoutCode = (args: readonly string[]) =>
  runToEnd(process.execPath, ['--disallow-code-generation-from-strings', MAIN, ...args])

describe('where Node may not make code from strings', () => {
  test('check says so once, and comes to the same verdicts', async () => {
    files.writeContract('ad', RULES)
    const { exitCode, out } = await assay(check())
    const without = await withoutCode(check())
    expect({ exitCode: without.exitCode, out: without.stdout }).toEqual({ exitCode, out })
    expect(without.stderr).toMatch(/^Node may not make code from strings: .*\n$/)
  })

  test('it says nothing if the interpreter was asked for', async () => {
    files.writeContract('ad', RULES)
    expect((await withoutCode(check('--engine', 'interpreter'))).stderr).toBe('')
  })

  test('a schema is refused, with what to do: it has no slower way', async () => {
    files.write('rules/ad.schema.json', '{}')
    files.writeContract('ad', [...RULES, { id: 'shape', schema: './ad.schema.json' }])
    const { exitCode, stdout, stderr } = await withoutCode(['validate', files.at('rules')])
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' })
    expect(stdout).toContain('[SCHEMA_NEEDS_CODE_GENERATION]')
    expect(stdout).toContain('without --disallow-code-generation-from-strings')
  })

  test('the service says so once in its log, and goes on', async () => {
    files.writeContract('ad', RULES)
    const { exitCode, stderr } = await withoutCode([
      'run',
      '--rules',
      files.at('rules'),
      '--brokers',
      '127.0.0.1:1',
      '--broker-timeout',
      '100ms',
      '--flush-interval',
      '100ms',
      '--http',
      '127.0.0.1:0',
      '--statsd',
      'off',
    ])
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string; msg: string })
    expect(lines.filter(({ msg }) => msg.startsWith('Node may not make code'))).toMatchObject([
      { level: 'warn' },
    ])
    expect(lines.some(({ msg }) => msg === 'Assay runs')).toBe(true)
    expect(exitCode).toBe(4)
  })
})
