import { expect, test } from 'vitest'
import { parseOptions } from '../../tools/demo/options.ts'

test.each([
  { args: [], env: {}, seconds: 30 },
  { args: [], env: { ASSAY_DEMO_SECONDS: '' }, seconds: 30 },
  { args: [], env: { ASSAY_DEMO_SECONDS: '8' }, seconds: 8 },
  { args: ['--seconds', '5'], env: { ASSAY_DEMO_SECONDS: '8' }, seconds: 5 },
  { args: ['--seconds=3600'], env: {}, seconds: 3600 },
])('$args with $env is a demo of $seconds s', ({ args, env, seconds }) => {
  expect(parseOptions(args, env)).toEqual({ kind: 'demo', options: { seconds } })
})

test.each([['3'], ['3601'], ['-5'], ['1e1'], ['4.5'], ['']])('`--seconds %s` is a mistake', (seconds) => {
  expect(parseOptions([`--seconds=${seconds}`], { ASSAY_DEMO_SECONDS: '8' }).kind).toBe('mistake')
})

test.each([[['--second', '5']], [['5']], [['--seconds']]])('%j is a mistake', (args) => {
  expect(parseOptions(args, {}).kind).toBe('mistake')
})

test('help is no demo', () => {
  expect(parseOptions(['--help'], {}).kind).toBe('help')
})
