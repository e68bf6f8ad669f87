import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runOrThrow, runToEnd } from '../../tools/child-process/run-to-end.ts'
import type { Finished } from '../../tools/child-process/run-to-end.ts'

const ROOT = join(import.meta.dirname, '../..')
const GOOD_RULES = join(ROOT, 'examples/kubernetes/rules')
const BUILD_INPUTS = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'src', 'tools/derive-jsonata']
/** Like a user who has this Node and nothing of the checkout. */
const ENV = {
  ...process.env,
  NODE_COMPILE_CACHE: undefined,
  PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
}

/** A Node of the system that Assay does not run on, if there is one. */
const OLDER_NODE = (process.env['PATH'] ?? '')
  .split(':')
  .map((folder) => join(folder, 'node'))
  .find((program) => existsSync(program) && majorOf(program) < 24)

let scratch: string
let published: readonly string[]
let installed: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'assay-package-'))
  const tarball = await buildAndPack(join(scratch, 'checkout'))
  installed = await install(tarball, join(scratch, 'user'))
})

afterAll(() => rm(scratch, { recursive: true, force: true }))

test('the package holds what is built, and no source, test or tool', () => {
  expect(published).toEqual(
    expect.arrayContaining([
      'package.json',
      'dist/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/adapters/http/page/index.html',
      'dist/adapters/http/page/docs/docs.js',
      'generated/jsonata-sync.mjs',
    ]),
  )
  const strangers = published.filter(
    (path) => !/^(dist\/|generated\/|package\.json$|README\.md$|LICENSE)/.test(path),
  )
  expect(strangers).toEqual([])
  expect(published.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([])
})

test('its parts are those of production', async () => {
  const parts = await readdir(join(installed, 'node_modules'))
  expect(parts).toEqual(expect.arrayContaining(['kafkajs', 'hot-shots', 'ajv']))
  expect(parts.filter((part) => ['vitest', 'typescript', 'jsonata', 'node', 'acorn'].includes(part))).toEqual(
    [],
  )
})

test('assay --version', async () => {
  const { exitCode, stdout } = await assay('--version')
  expect([exitCode, stdout.trim()]).toEqual([0, '0.1.0'])
})

test('assay --help', async () => {
  const { exitCode, stdout } = await assay('--help')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('validate')
  expect(stdout).toContain('run')
})

test('assay validate finds the rules of the Kubernetes example good', async () => {
  const { exitCode, stdout, stderr } = await assay('validate', GOOD_RULES)
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).not.toBe('')
})

test('assay validate finds a rule that does not parse, and where', async () => {
  const folder = join(scratch, 'bad-rules')
  await cp(GOOD_RULES, folder, { recursive: true })
  await writeFile(join(folder, 'ads/ad-published.contract.yaml'), BAD_CONTRACT)
  const { exitCode, stdout, stderr } = await assay('validate', folder)
  expect(exitCode).toBe(2)
  expect(stdout + stderr).toContain('ad-published.contract.yaml:9:')
})

test.skipIf(OLDER_NODE === undefined)(
  'on an older Node a checkout runs on the Node that it brings, and a package says what is missing',
  async () => {
    const inCheckout = await runToEnd(OLDER_NODE ?? '', [
      join(scratch, 'checkout/dist/main.js'),
      'validate',
      GOOD_RULES,
    ])
    expect([inCheckout.exitCode, inCheckout.stderr]).toEqual([0, ''])
    const wrongFlag = await runToEnd(OLDER_NODE ?? '', [
      join(scratch, 'checkout/dist/main.js'),
      'validate',
      '--no-such-flag',
    ])
    expect(wrongFlag.exitCode).toBe(2)
    const inPackage = await runToEnd(OLDER_NODE ?? '', [
      join(installed, 'node_modules/assay/dist/main.js'),
      '--version',
    ])
    expect(inPackage.exitCode).toBe(2)
    expect(inPackage.stderr).toMatch(/^assay needs Node 24 or later; this is v\d+/)
  },
)

const BAD_CONTRACT = `apiVersion: assay/v1
id: ads.ad-published
version: 1.0.0
topic: ads.ad-published.v1
domain: ads
owner: team-search
rules:
  - id: price_is_positive
    assert: "ad.price.amount >"
`

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)/.exec(stdout)?.[1] ?? Number.NaN)
}

function assay(...args: string[]): Promise<Finished> {
  return runToEnd(join(installed, 'node_modules/.bin/assay'), args, { cwd: installed, env: ENV })
}

/** Builds from a copy, so that other tests never see a `dist/` that is half there. */
async function buildAndPack(folder: string): Promise<string> {
  await mkdir(folder)
  for (const path of BUILD_INPUTS) await cp(join(ROOT, path), join(folder, path), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await runOrThrow('npm', ['run', 'build'], { cwd: folder })
  const { stdout } = await runOrThrow('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder })
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
  published = packed.files.map(({ path }) => path)
  return join(folder, packed.filename)
}

async function install(tarball: string, folder: string): Promise<string> {
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const flags = ['--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  await runOrThrow('npm', ['install', ...flags, tarball], { cwd: folder, env: ENV })
  return folder
}
