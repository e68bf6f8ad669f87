import { describe, expect, test } from 'vitest'
import { breaches } from './check.ts'

/** The breaches of a `src/` with these modules. */
const check = (modules: Record<string, string>) => breaches(new Map(Object.entries(modules)))

test.each([
  [
    'lag/lag.ts',
    `import { readFileSync } from 'node:fs'`,
    'lag may not import node:fs: it is judged from offsets',
  ],
  ['report/text.ts', 'process.exit(1)', 'report may not use process: results become { output, exitCode }'],
  [
    'decode/json.ts',
    'const now = Date.now()',
    'decode may not use Date.now: bytes become events without waiting',
  ],
  [
    'evaluate/judge.ts',
    `import type { Source } from '../ports/source.ts'`,
    'evaluate may not import ../ports/source.ts: the same event',
  ],
  [
    'evaluate/judge.ts',
    `import { a } from '../expression/names.ts'`,
    'evaluate may not import ../expression/names.ts',
  ],
  [
    'engine/engine.ts',
    `import { a } from '../adapters/kafka/source.ts'`,
    'engine may not import ../adapters/kafka/source.ts: it moves data through ports',
  ],
  ['engine/engine.ts', 'setInterval(f, 10)', 'engine may not use setInterval'],
  [
    'adapters/statsd/sink.ts',
    `export * from '../log/log.ts'`,
    'adapters/statsd may not import ../log/log.ts',
  ],
  ['adapters/http/server.ts', `import kafkajs from 'kafkajs'`, 'adapters/http may not import kafkajs'],
  ['config/config.ts', `import '../engine/engine.ts'`, 'config may not import ../engine/engine.ts'],
  [
    'contract/parse.ts',
    'await import(name)',
    'contract may not import a module that is not named by a plain string',
  ],
  ['cli/run.ts', `import { a } from '../index.ts'`, 'cli may not import ../index.ts'],
  [
    'main.ts',
    `import { a } from './engine/engine.ts'`,
    'main.ts may not import ./engine/engine.ts: it is the door',
  ],
  [
    'expression/compile.ts',
    `import type { Rule } from '../model/contract.ts'`,
    'expression may not import ../model/contract.ts',
  ],
  [
    'generate/prometheus/alert.ts',
    `import type { Json } from '../datadog/json.ts'`,
    'generate/prometheus may not import ../datadog/json.ts: what is made for one system',
  ],
  [
    'generate/datadog/lint/lint.ts',
    `export * from '../../grafana/lint/lint.ts'`,
    'generate/datadog may not import ../../grafana/lint/lint.ts: what is made for one system',
  ],
])('%s with `%s` is refused, with the reason', (path, source, sentence) => {
  const [first, ...others] = check({ [path]: `\n${source}` })
  expect(others).toEqual([])
  expect(first).toContain(`src/${path}:2: ${sentence}`)
})

describe('is allowed', () => {
  test.each([
    ['decode/text.ts', `import { isUtf8 } from 'node:buffer'`],
    ['evaluate/schema.ts', `import { Ajv2020 } from 'ajv/dist/2020.js'`],
    ['evaluate/compile.ts', `import { compile } from '../expression/index.ts'`],
    ['engine/engine.ts', `import type { Source } from '../ports/source.ts'`],
    ['adapters/kafka/source.ts', `import { a } from './codecs/register.ts'`],
    ['adapters/kafka/codecs/register.ts', `import { a } from '../../../errors/fault.ts'`],
    ['adapters/clock/clock.ts', 'Date.now()'],
    ['cli/run.ts', `import { a } from '../adapters/kafka/source.ts'`],
    ['lag/lag.ts', `// import 'node:fs'`],
    ['generate/grafana/lint/lint.ts', `import { a } from '../panels.ts'`],
    ['generate/grafana/panels.ts', `import { a } from '../promql/queries.ts'`],
    ['generate/targets.ts', `import { a } from './datadog/generate-datadog.ts'`],
  ])('%s with `%s`', (path, source) => {
    expect(check({ [path]: source })).toEqual([])
  })
})

test('a package with a name that starts alike is another package', () => {
  expect(check({ 'evaluate/a.ts': `import 'ajv-formats'` })).toHaveLength(1)
})

test('a folder that is no room is refused', () => {
  expect(check({ 'utils/strings.ts': '' })).toEqual([
    'src/utils/strings.ts: "utils" is no room: add it to test/architecture/rooms.ts, with a reason',
  ])
})

test('a cycle is refused, also one of types', () => {
  const modules = {
    'lag/a.ts': `import type { B } from './b.ts'`,
    'lag/b.ts': `import { c } from './c.ts'`,
    'lag/c.ts': `export type { A } from './a.ts'`,
  }
  expect(check(modules)).toEqual([
    'src/lag/a.ts → src/lag/b.ts → src/lag/c.ts → src/lag/a.ts: an import cycle: none of these files can be understood first',
  ])
})

test('two ways to the same file are no cycle', () => {
  const modules = {
    'lag/a.ts': `import './b.ts'\nimport './c.ts'`,
    'lag/b.ts': `import './c.ts'`,
    'lag/c.ts': '',
  }
  expect(check(modules)).toEqual([])
})
