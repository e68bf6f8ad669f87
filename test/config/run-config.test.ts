import { describe, expect, test } from 'vitest'
import { resolveRunConfig } from '../../src/config/run-config.ts'
import type { Flags, RunConfig } from '../../src/config/run-config.ts'
import { RUN_SETTINGS } from '../../src/config/settings.ts'
import type { SettingName } from '../../src/config/settings.ts'
import type { Environment } from '../../src/config/statsd.ts'

const FILES: Readonly<Record<string, string>> = {
  '/ca.pem': 'CA',
  '/cert.pem': 'CERT',
  '/key.pem': 'KEY',
  '/password': ' s3cret\n',
  '/empty': '\n',
}
const SECRET = 'hunter2-never-shown'
const ENOUGH: Flags = { brokers: 'localhost:9092' }

const resolve = (flags: Flags, env: Environment = {}) => resolveRunConfig(flags, env, (path) => FILES[path])

function configOf(flags: Flags = {}, env: Environment = {}): RunConfig {
  const { config, problems } = resolve({ ...ENOUGH, ...flags }, env)
  if (config === undefined) throw new Error(JSON.stringify(problems))
  return config
}

function messagesOf(flags: Flags, env: Environment = {}): string[] {
  const { config, problems } = resolve({ ...ENOUGH, ...flags }, env)
  expect(config).toBeUndefined()
  return problems.map(({ message }) => message)
}

const BROKERS = { host: '127.0.0.1', port: 8125 }

/** For each setting: what is given, what it comes to, what it is unless given, and what it can't be. */
const CASES: Readonly<
  Record<SettingName, readonly [keyof RunConfig, string, unknown, unknown, readonly string[]]>
> = {
  rules: ['rules', 'contracts', 'contracts', 'rules', []],
  reload: ['reloadMs', '1m', 60_000, 10_000, ['on', '10', '0s', 'Off']],
  domain: ['domain', 'ads', 'ads', undefined, []],
  brokers: [
    'brokers',
    'a:1, [::1]:2',
    ['a:1', '[::1]:2'],
    ['localhost:9092'],
    ['a', 'a:', ':1', 'a:1,', 'a:99999', 'a:1;b:2', '::1:9092'],
  ],
  group: ['group', 'mine', 'mine', undefined, []],
  assign: ['assign', 'partition', 'partition', 'topic', ['topics', 'Topic']],
  from: ['from', 'earliest', 'earliest', 'latest', ['beginning']],
  statsd: [
    'statsd',
    'agent:9125',
    { protocol: 'udp', host: 'agent', port: 9125 },
    { protocol: 'udp', ...BROKERS },
    ['agent', 'agent:0', 'tcp://agent:1', 'unix://relative'],
  ],
  datadog: ['datadog', 'yes', true, false, ['maybe']],
  flushInterval: ['flushIntervalMs', '500ms', 500, 10_000, ['10', '0s', '-1s', '1d', '10 s', 's']],
  http: ['http', '[::]:0', { host: '::', port: 0 }, { host: '127.0.0.1', port: 8080 }, ['8080', 'on']],
  brokerTimeout: ['brokerTimeoutMs', '1h', 3_600_000, 300_000, ['soon']],
  sessionTimeout: ['sessionTimeoutMs', '1.5s', 1500, 30_000, ['soon']],
  stallTimeout: ['stallTimeoutMs', '2m', 120_000, 60_000, ['soon']],
  stopTimeout: ['stopTimeoutMs', '5s', 5000, 20_000, ['soon']],
  topicAuditInterval: ['topicAuditIntervalMs', '1m', 60_000, 15_000, ['soon']],
  rebuildRecords: ['rebuildRecords', 'off', 0, 200_000, ['0', '-1', 'none']],
  rebuildTimeout: ['rebuildTimeoutMs', '5s', 5000, 30_000, ['0s', 'soon']],
  maxEventBytes: [
    'maxEventBytes',
    '10',
    10,
    1_048_576,
    ['0', '-1', '1.5', '1MB', '1e3', '99999999999999999999'],
  ],
  maxBatchBytes: ['maxBatchBytes', '65536', 65_536, 67_108_864, ['65535', 'x']],
  maxSeries: ['maxSeries', '1', 1, 20_000, ['0', 'x']],
  engine: ['engine', 'interpreter', 'interpreter', 'auto', ['compiled', 'Auto']],
  shadowSample: ['shadowSample', '100', 100, 10_000, ['0', '-1', 'on']],
  logLevel: ['logLevel', 'debug', 'debug', 'info', ['verbose']],
}

describe.each(Object.entries(CASES) as [SettingName, (typeof CASES)[SettingName]][])(
  '%s',
  (name, [key, given, value, fallback, bad]) => {
    const { env } = RUN_SETTINGS[name]

    test('is taken from its flag', () => expect(configOf({ [name]: given })[key]).toEqual(value))
    test('is taken from its variable', () => {
      const { config } = resolve({}, { KAFKA_BROKERS: 'localhost:9092', [env]: given })
      expect(config?.[key]).toEqual(value)
    })
    test('is taken from its flag rather than from its variable', () =>
      expect(configOf({ [name]: given }, { [env]: bad[0] ?? 'other' })[key]).toEqual(value))
    test('has its default, also if the variable is empty', () => {
      expect(configOf()[key]).toEqual(fallback)
      expect(configOf({}, { [env]: '' })[key]).toEqual(fallback)
    })
    test.each(bad)('can’t be %j', (wrong) => {
      const [message, another] = messagesOf({ [name]: wrong })
      expect(message).toMatch(new RegExp(`^--${RUN_SETTINGS[name].flag} must be .+, not \`.+\`$`))
      expect(another).toBeUndefined()
    })
  },
)

test('no event is judged twice if the shadow sample is off', () => {
  expect(configOf({ shadowSample: 'off' }).shadowSample).toBeUndefined()
})

describe('mistakes', () => {
  test('are told all at once, each by the name under which it was given', () => {
    const { config, problems } = resolve(
      { flushInterval: '10', from: 'start' },
      { ASSAY_HTTP: '8080', ASSAY_MAX_SERIES: '0', KAFKA_TLS: 'si' },
    )
    expect(config).toBeUndefined()
    expect(problems.map(({ code, message }) => `${code} ${message.split(' ')[0]}`).toSorted()).toEqual([
      'CONFIG_INVALID --flush-interval',
      'CONFIG_INVALID --from',
      'CONFIG_INVALID ASSAY_HTTP',
      'CONFIG_INVALID ASSAY_MAX_SERIES',
      'CONFIG_INVALID KAFKA_TLS',
      'CONFIG_MISSING --brokers',
    ])
  })

  test('say what to do', () => {
    const [problem] = resolve({}).problems
    expect(problem).toMatchObject({
      code: 'CONFIG_MISSING',
      severity: 'error',
      message: '--brokers is missing',
    })
    expect(problem?.hint).toMatch(/--brokers HOST:PORT.*KAFKA_BROKERS/)
  })
})

const UDP = (host: string, port: number) => ({ protocol: 'udp', host, port })

describe('the StatsD receiver', () => {
  test.each([
    ['DD_DOGSTATSD_URL', { DD_DOGSTATSD_URL: 'udp://a:1' }, UDP('a', 1)],
    [
      'DD_DOGSTATSD_URL of a socket',
      { DD_DOGSTATSD_URL: 'unix:///run/dsd' },
      { protocol: 'uds', path: '/run/dsd' },
    ],
    [
      'DD_DOGSTATSD_URL of a datagram socket',
      { DD_DOGSTATSD_URL: 'unixgram:///run/dsd' },
      { protocol: 'uds', path: '/run/dsd' },
    ],
    ['DD_DOGSTATSD_SOCKET', { DD_DOGSTATSD_SOCKET: '/run/dsd' }, { protocol: 'uds', path: '/run/dsd' }],
    ['DD_AGENT_HOST', { DD_AGENT_HOST: 'a' }, UDP('a', 8125)],
    ['DD_AGENT_HOST with DD_DOGSTATSD_PORT', { DD_AGENT_HOST: 'a', DD_DOGSTATSD_PORT: '1' }, UDP('a', 1)],
    ['DD_DOGSTATSD_PORT alone', { DD_DOGSTATSD_PORT: '1' }, UDP('127.0.0.1', 1)],
    [
      'the URL before the socket',
      { DD_DOGSTATSD_URL: 'udp://a:1', DD_DOGSTATSD_SOCKET: '/run/dsd' },
      UDP('a', 1),
    ],
    [
      'the socket before the host',
      { DD_DOGSTATSD_SOCKET: '/run/dsd', DD_AGENT_HOST: 'a' },
      { protocol: 'uds', path: '/run/dsd' },
    ],
    ['ASSAY_STATSD before all of them', { ASSAY_STATSD: 'b:2', DD_DOGSTATSD_URL: 'udp://a:1' }, UDP('b', 2)],
    [
      'nothing of what is empty',
      { DD_DOGSTATSD_URL: '', DD_DOGSTATSD_SOCKET: '', DD_AGENT_HOST: '', DD_DOGSTATSD_PORT: '' },
      UDP('127.0.0.1', 8125),
    ],
  ])('is taken from %s', (_, env, address) => {
    expect(configOf({}, env).statsd).toEqual(address)
  })

  test.each([
    ['DD_DOGSTATSD_URL', 'http://a'],
    ['DD_DOGSTATSD_PORT', 'x'],
    ['DD_DOGSTATSD_PORT', '65536'],
  ])('a wrong %s is told by its name', (name, value) => {
    expect(messagesOf({}, { [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must be `)),
    ])
  })

  test('a wrong variable of Datadog is no matter if the flag is given', () => {
    expect(configOf({ statsd: 'b:2' }, { DD_DOGSTATSD_PORT: 'x' }).statsd).toEqual(UDP('b', 2))
  })
})

describe('tags on every metric', () => {
  test.each([
    ['the service is made of the domain', {}, { service: 'assay-ads' }],
    [
      'DD_ENV, DD_SERVICE and DD_VERSION',
      { DD_ENV: 'prod', DD_SERVICE: 's', DD_VERSION: '1.2' },
      { env: 'prod', service: 's', version: '1.2' },
    ],
    ['DD_TAGS by commas', { DD_TAGS: 'a:1, b:2 ,c:x y' }, { a: '1', b: '2', c: 'x_y', service: 'assay-ads' }],
    ['DD_TAGS by blanks', { DD_TAGS: 'a:1  b:2\nc:3' }, { a: '1', b: '2', c: '3', service: 'assay-ads' }],
    ['a value with colons', { DD_TAGS: 'url:http://a:1' }, { url: 'http://a:1', service: 'assay-ads' }],
    [
      'DD_ENV goes before DD_TAGS',
      { DD_ENV: 'prod', DD_TAGS: 'env:test' },
      { env: 'prod', service: 'assay-ads' },
    ],
    ['the service of DD_TAGS goes before ours', { DD_TAGS: 'service:s' }, { service: 's' }],
    ['tags without a key are left out', { DD_TAGS: ':x,,alone' }, { service: 'assay-ads' }],
    ['values as Datadog keeps them', { DD_ENV: 'Prod EU' }, { env: 'prod_eu', service: 'assay-ads' }],
    ['the entity only for an Agent', { DD_ENTITY_ID: 'pod-uid' }, { service: 'assay-ads' }],
    [
      'the entity for an Agent',
      { DD_ENTITY_ID: 'pod-uid', ASSAY_DATADOG: 'true' },
      { service: 'assay-ads', 'dd.internal.entity_id': 'pod-uid' },
    ],
  ])('%s', (_, env, tags) => {
    expect(configOf({}, env).tags('ads')).toEqual(tags)
  })
})

describe('TLS', () => {
  const OFF = undefined
  const CA = { ca: 'CA', cert: undefined, key: undefined }

  test.each([
    ['is off unless asked for', {}, OFF],
    ['is on by KAFKA_TLS', { KAFKA_TLS: 'true' }, { ca: undefined, cert: undefined, key: undefined }],
    ['is on by a certificate authority', { KAFKA_TLS_CA_FILE: '/ca.pem' }, CA],
    [
      'is on by a certificate authority, though KAFKA_TLS is empty',
      { KAFKA_TLS: '', KAFKA_TLS_CA_FILE: '/ca.pem' },
      CA,
    ],
    ['is off if told so', { KAFKA_TLS: 'false', KAFKA_TLS_CA_FILE: '/ca.pem' }, OFF],
    [
      'takes a client’s certificate with its key',
      { KAFKA_TLS: '1', KAFKA_TLS_CERT_FILE: '/cert.pem', KAFKA_TLS_KEY_FILE: '/key.pem' },
      { ca: undefined, cert: 'CERT', key: 'KEY' },
    ],
  ])('%s', (_, env, tls) => {
    expect(configOf({}, env).security.tls).toEqual(tls)
  })

  test.each<[string, Environment, readonly string[]]>([
    ['a value that is none', { KAFKA_TLS: 'si' }, ['KAFKA_TLS']],
    ['a file that can’t be read', { KAFKA_TLS_CA_FILE: '/gone' }, ['KAFKA_TLS_CA_FILE']],
    [
      'a certificate without its key',
      { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: '/cert.pem' },
      ['KAFKA_TLS_KEY_FILE'],
    ],
    [
      'a key without its certificate',
      { KAFKA_TLS: 'true', KAFKA_TLS_KEY_FILE: '/key.pem' },
      ['KAFKA_TLS_CERT_FILE'],
    ],
    [
      'a key that can’t be read is one mistake',
      { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: '/cert.pem', KAFKA_TLS_KEY_FILE: '/gone' },
      ['KAFKA_TLS_KEY_FILE'],
    ],
  ])('%s is refused', (_, env, names) => {
    expect(messagesOf({}, env).map((message) => message.split(' ')[0])).toEqual(names)
  })
})

describe('SASL', () => {
  const LOGIN = { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', KAFKA_SASL_USERNAME: 'u' }
  const SASL = { mechanism: 'scram-sha-512', username: 'u' }

  test.each([
    ['is off unless asked for', {}, undefined],
    ['takes a password', { ...LOGIN, KAFKA_SASL_PASSWORD: ' p ' }, { ...SASL, password: ' p ' }],
    [
      'takes a password from a file, without its line break',
      { ...LOGIN, KAFKA_SASL_PASSWORD_FILE: '/password' },
      { ...SASL, password: 's3cret' },
    ],
    [
      'takes the file if the variable is empty',
      { ...LOGIN, KAFKA_SASL_PASSWORD: '', KAFKA_SASL_PASSWORD_FILE: '/password' },
      { ...SASL, password: 's3cret' },
    ],
    [
      'takes the variable before the file',
      { ...LOGIN, KAFKA_SASL_PASSWORD: 'p', KAFKA_SASL_PASSWORD_FILE: '/gone' },
      { ...SASL, password: 'p' },
    ],
  ])('%s', (_, env, sasl) => {
    expect(configOf({}, env).security.sasl).toEqual(sasl)
  })

  test.each<[string, Environment, readonly string[]]>([
    ['a mechanism alone', { KAFKA_SASL_MECHANISM: 'plain' }, ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']],
    [
      'a mechanism that is none',
      { ...LOGIN, KAFKA_SASL_MECHANISM: 'gssapi', KAFKA_SASL_PASSWORD: 'p' },
      ['KAFKA_SASL_MECHANISM'],
    ],
    [
      'a user without a mechanism',
      { KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'p' },
      ['KAFKA_SASL_MECHANISM'],
    ],
    ['an empty password', { ...LOGIN, KAFKA_SASL_PASSWORD_FILE: '/empty' }, ['KAFKA_SASL_PASSWORD']],
  ])('%s is refused', (_, env, names) => {
    expect(messagesOf({}, env).map((message) => message.split(' ')[0])).toEqual(names)
  })
})

test.each<[string, Environment]>([
  ['in the password', { KAFKA_SASL_MECHANISM: 'x', KAFKA_SASL_PASSWORD: SECRET }],
  [
    'in place of the password’s file',
    { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD_FILE: SECRET },
  ],
  [
    'in place of the key’s file',
    { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: '/cert.pem', KAFKA_TLS_KEY_FILE: SECRET },
  ],
])('a secret %s stands in no message', (_, env) => {
  expect(JSON.stringify(resolve(ENOUGH, env).problems)).not.toContain(SECRET)
  expect(resolve(ENOUGH, env).problems).not.toEqual([])
})
