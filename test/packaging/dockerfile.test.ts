import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DATADOG_SETTINGS, KAFKA_SETTINGS, RUN_SETTINGS } from '../../src/config/settings.ts'
import { environmentOf, parseDockerfile, textsOf } from './dockerfile.ts'
import { imageFaults } from './image-rules.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const dockerfile = read('Dockerfile')
const [build, runtime] = parseDockerfile(dockerfile)
if (build === undefined || runtime === undefined) throw new Error('the Dockerfile has two stages')

test('nothing is wrong with the image', () => {
  expect(imageFaults(dockerfile)).toEqual([])
})

describe('a fault is found in an image', () => {
  test.each([
    ['that runs as root', /USER .*/, 'USER 0:0', 'USER must be two numbers above 0'],
    ['that runs as a name', /USER .*/, 'USER node', 'USER must be two numbers above 0'],
    ['without a user', /USER .*/, '', 'USER must be two numbers above 0'],
    [
      'that starts in a shell',
      /ENTRYPOINT .*/,
      'ENTRYPOINT node /app/dist/main.js',
      'ENTRYPOINT must be in exec form',
    ],
    ['whose command is for a shell', /CMD \["run"\]/, 'CMD run', 'CMD must be in exec form'],
    [
      'whose health check is for a shell',
      /CMD \["node".*/,
      'CMD curl -f localhost:8080',
      'HEALTHCHECK must be in exec form',
    ],
    ['without a health check', /HEALTHCHECK .*\n.*\n/, '', 'HEALTHCHECK must be in exec form'],
    [
      'that is stopped by another signal',
      /STOPSIGNAL .*/,
      'STOPSIGNAL SIGKILL',
      'STOPSIGNAL must be SIGTERM',
    ],
    [
      'with development parts',
      / && npm prune --omit=dev/,
      '',
      'development parts must be pruned after the build',
    ],
    [
      'that ignores the lock file',
      /RUN npm ci/,
      'RUN npm install',
      'parts must be installed by npm ci, from the lock file',
    ],
    [
      'of two Node versions',
      /FROM node:\$\{NODE_VERSION\}-bookworm-slim/,
      'FROM node:22-bookworm-slim',
      'all stages must have the same Node',
    ],
    ['without a version', /FROM node:\$\{NODE_VERSION\}-bookworm-slim/, 'FROM node', 'node has no version'],
    [
      'that copies the checkout',
      /COPY --from=build \/app\/dist dist/,
      'COPY . .',
      'the runtime stage must copy from stages only',
    ],
  ])('%s', (_what, from, to, fault) => {
    const damaged = dockerfile.replace(from, to)
    expect(damaged).not.toBe(dockerfile)
    expect(imageFaults(damaged).join('\n')).toContain(fault)
  })

  test('of one stage', () => {
    expect(imageFaults('FROM node:24\nUSER 1:1\n')).toEqual(['there is no stage of its own for the runtime'])
  })
})

describe('the build stage', () => {
  const sources = textsOf(build, 'COPY').flatMap((text) => text.split(/\s+/).slice(0, -1))

  test.each(sources)('finds %s in the checkout', (source) => {
    expect(existsSync(join(ROOT, source))).toBe(true)
  })

  test.each(sources)('is given %s by .dockerignore', (source) => {
    expect(read('.dockerignore').split('\n')).toContain(`!${source}`)
  })

  test('leaves the client of Datadog’s API in only where it is asked for', () => {
    const [, value] = /^WITH_DATADOG_CLIENT=(.*)$/m.exec(textsOf(build, 'ARG').join('\n')) ?? []
    expect(value).toBe('no')
    const removal = /if \[ "\$WITH_DATADOG_CLIENT" != yes \]; then rm -rf node_modules\/@datadog; fi/
    expect(textsOf(build, 'RUN').filter((text) => removal.test(text))).toHaveLength(1)
  })

  test('is given nothing else', () => {
    const patterns = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(patterns.toSorted()).toEqual(['*', ...sources.map((source) => `!${source}`)].toSorted())
  })
})

describe('the runtime stage', () => {
  test('copies what the package publishes, and its parts', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] }
    const copied = textsOf(runtime, 'COPY').map((text) => text.split(/\s+/)[1])
    expect(copied.toSorted()).toEqual(
      ['package.json', 'node_modules', ...files].map((name) => `/app/${name}`).toSorted(),
    )
  })

  test('sets only variables that Assay or Node knows', () => {
    const known = new Set(
      [...Object.values(RUN_SETTINGS), ...KAFKA_SETTINGS, ...DATADOG_SETTINGS].map(({ env }) => env),
    )
    const unknown = [...environmentOf(runtime).keys()].filter(
      (name) => name !== 'NODE_ENV' && !known.has(name),
    )
    expect(unknown).toEqual([])
  })

  test('listens where it says that it does', () => {
    const port = environmentOf(runtime).get('ASSAY_HTTP')?.split(':').at(-1)
    expect(textsOf(runtime, 'EXPOSE')).toEqual([port])
  })
})
