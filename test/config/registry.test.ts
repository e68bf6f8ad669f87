import { expect, test } from 'vitest'
import { registrySettings } from '../../src/config/registry.ts'

function settings(env: Record<string, string>, files: Record<string, string> = {}) {
  const complaints: string[] = []
  const found = registrySettings(
    env,
    (path) => files[path],
    (name, expected) => complaints.push(`${name} must be ${expected}`),
  )
  return { found, complaints }
}

const URL_ONLY = { SCHEMA_REGISTRY_URL: 'http://registry:8081' }
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test('without an address there is no registry', () => {
  expect(settings({ SCHEMA_REGISTRY_USERNAME: 'ann' })).toEqual({ found: undefined, complaints: [] })
})

test('defaults', () => {
  const { found, complaints } = settings(URL_ONLY)
  expect(complaints).toEqual([])
  expect(found).toMatchObject({
    urls: ['http://registry:8081/'],
    authorization: undefined,
    timeoutMs: 5000,
    unknownTtlMs: 60_000,
  })
})

test('several addresses with a path', () => {
  const { found } = settings({ SCHEMA_REGISTRY_URL: 'https://one/apis/ccompat/v7, https://two:8443' })
  expect(found?.urls).toEqual(['https://one/apis/ccompat/v7', 'https://two:8443/'])
})

test.each([
  [
    'user and password',
    { SCHEMA_REGISTRY_USERNAME: 'ann', SCHEMA_REGISTRY_PASSWORD: 'p:w' },
    basic('ann:p:w'),
  ],
  [
    'a password in a file',
    { SCHEMA_REGISTRY_USERNAME: 'ann', SCHEMA_REGISTRY_PASSWORD_FILE: '/secret' },
    basic('ann:kept'),
  ],
  ['a token', { SCHEMA_REGISTRY_TOKEN: 'abc' }, 'Bearer abc'],
  ['a token in a file', { SCHEMA_REGISTRY_TOKEN_FILE: '/secret' }, 'Bearer kept'],
  ['in the address', { SCHEMA_REGISTRY_URL: 'http://ann:p%40w@registry:8081' }, basic('ann:p@w')],
])('credentials: %s', (_, env, authorization) => {
  const { found, complaints } = settings({ ...URL_ONLY, ...env }, { '/secret': 'kept\n' })
  expect(complaints).toEqual([])
  expect(found?.authorization).toBe(authorization)
  expect(JSON.stringify(found?.urls)).not.toContain('ann')
})

test('certificates are read', () => {
  const env = {
    ...URL_ONLY,
    SCHEMA_REGISTRY_TLS_CA_FILE: '/ca',
    SCHEMA_REGISTRY_TLS_CERT_FILE: '/cert',
    SCHEMA_REGISTRY_TLS_KEY_FILE: '/key',
  }
  const { found } = settings(env, { '/ca': 'CA', '/cert': 'CERT', '/key': 'KEY' })
  expect(found?.tls).toEqual({ ca: 'CA', cert: 'CERT', key: 'KEY' })
})

test.each([
  [
    'no address',
    { SCHEMA_REGISTRY_URL: 'registry:8081' },
    'SCHEMA_REGISTRY_URL must be http:// or https:// addresses, separated by commas',
  ],
  [
    'an address in error among good ones',
    { SCHEMA_REGISTRY_URL: 'http://a,ftp://b' },
    'SCHEMA_REGISTRY_URL must be',
  ],
  ['a user alone', { SCHEMA_REGISTRY_USERNAME: 'ann' }, 'SCHEMA_REGISTRY_PASSWORD must be set'],
  ['a password alone', { SCHEMA_REGISTRY_PASSWORD: 'pw' }, 'SCHEMA_REGISTRY_USERNAME must be set'],
  [
    'a token and a user',
    { SCHEMA_REGISTRY_TOKEN: 'x', SCHEMA_REGISTRY_USERNAME: 'a', SCHEMA_REGISTRY_PASSWORD: 'b' },
    'SCHEMA_REGISTRY_TOKEN must be left out',
  ],
  [
    'a token of two lines',
    { SCHEMA_REGISTRY_TOKEN: 'x\nHost: evil' },
    'SCHEMA_REGISTRY_TOKEN must be one line',
  ],
  [
    'a file that is not there',
    { SCHEMA_REGISTRY_TLS_CA_FILE: '/nowhere' },
    'SCHEMA_REGISTRY_TLS_CA_FILE must be the path of a file',
  ],
  [
    'a certificate without its key',
    { SCHEMA_REGISTRY_TLS_CERT_FILE: '/cert' },
    'SCHEMA_REGISTRY_TLS_KEY_FILE must be set too',
  ],
  ['a time-out that is none', { SCHEMA_REGISTRY_TIMEOUT: '5' }, 'SCHEMA_REGISTRY_TIMEOUT must be a duration'],
])('%s is refused', (_, env, complaint) => {
  const { complaints } = settings({ ...URL_ONLY, ...env }, { '/cert': 'CERT' })
  expect(
    complaints.some((found) => found.startsWith(complaint)),
    complaints.join('\n'),
  ).toBe(true)
  expect(complaints.join()).not.toMatch(/evil|pw/)
})
