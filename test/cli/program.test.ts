import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DATADOG_SETTINGS, KAFKA_SETTINGS, RUN_SETTINGS } from '../../src/config/settings.ts'
import { assay } from './support.ts'

const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

test.each([
  ['an unknown command', ['chek'], /unknown command 'chek'[^]*check/],
  ['an unknown flag', ['validate', '--outptu', 'json', 'rules'], /unknown option '--outptu'[^]*--output/],
  ['an unknown format', ['validate', '--output', 'yaml', 'rules'], /yaml/],
  ['a missing argument', ['check'], /missing required argument 'file'/],
  ['one argument too many', ['check', 'a', 'b'], /too many arguments/],
  ['a flag without its value', ['run', '--brokers'], /argument missing/],
])('%s ends with 2, and says what is wrong', async (_, args, message) => {
  const { exitCode, out, err } = await assay(args)
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
  expect(err).toMatch(message)
})

test('no command at all shows what there is, and is a mistake', async () => {
  const { exitCode, err } = await assay([])
  expect(exitCode).toBe(2)
  expect(err).toContain('validate')
})

test.each([[['--help']], [['help']], [['run', '--help']]])('%j is fine', async (args) => {
  const { exitCode, out, err } = await assay(args)
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(out).toContain('Usage: assay')
})

test('the version is that of the package', async () => {
  expect(await assay(['--version'])).toEqual({ exitCode: 0, out: `${PACKAGE.version}\n`, err: '' })
})

test('the help of run names every setting by flag and variable', async () => {
  const { out } = await assay(['run', '--help'])
  for (const { flag, env } of Object.values(RUN_SETTINGS)) {
    expect(out).toContain(`--${flag} `)
    expect(out).toContain(env)
  }
  for (const { env } of [...KAFKA_SETTINGS, ...DATADOG_SETTINGS]) expect(out).toContain(env)
})
