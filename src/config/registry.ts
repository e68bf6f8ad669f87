import type { Complain, ReadText } from './kafka.ts'
import { fileContent } from './kafka.ts'
import type { Environment } from './statsd.ts'
import { BadValue, parseDurationMs } from './values.ts'

/** How the schema registry is reached, and how long what it does not know is remembered. */
export interface RegistrySettings {
  readonly urls: readonly string[]
  readonly authorization: string | undefined
  readonly tls: {
    readonly ca: string | undefined
    readonly cert: string | undefined
    readonly key: string | undefined
  }
  readonly timeoutMs: number
  readonly unknownTtlMs: number
}

const DEFAULT_TIMEOUT = '5s'
const DEFAULT_UNKNOWN_TTL = '60s'

/** Settings of the schema registry, from the environment alone: undefined without an address. */
export function registrySettings(
  env: Environment,
  readText: ReadText,
  complain: Complain,
): RegistrySettings | undefined {
  if (!env.SCHEMA_REGISTRY_URL) return undefined
  const addresses = env.SCHEMA_REGISTRY_URL.split(',').map((text) => parseAddress(text.trim()))
  // Not quoted: the address may hold a password.
  if (addresses.includes(undefined))
    complain('SCHEMA_REGISTRY_URL', 'http:// or https:// addresses, separated by commas')
  const [inAddress] = addresses.flatMap((address) => address?.authorization ?? [])
  return {
    urls: addresses.flatMap((address) => address?.url ?? []),
    authorization: authorizationOf(env, readText, complain) ?? inAddress,
    tls: {
      ca: fileContent(env, 'SCHEMA_REGISTRY_TLS_CA_FILE', readText, complain),
      ...clientCertificate(env, readText, complain),
    },
    timeoutMs: duration(env, 'SCHEMA_REGISTRY_TIMEOUT', DEFAULT_TIMEOUT, complain),
    unknownTtlMs: duration(env, 'SCHEMA_REGISTRY_UNKNOWN_TTL', DEFAULT_UNKNOWN_TTL, complain),
  }
}

/** An address without the user and password that it may begin with. */
function parseAddress(text: string): { url: string; authorization: string | undefined } | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const { username, password } = url
  const authorization =
    username === '' ? undefined : basic(decodeURIComponent(username), decodeURIComponent(password))
  return { url: url.origin + url.pathname, authorization }
}

function authorizationOf(env: Environment, readText: ReadText, complain: Complain): string | undefined {
  const token = secret(env, 'SCHEMA_REGISTRY_TOKEN', readText, complain)
  const password = secret(env, 'SCHEMA_REGISTRY_PASSWORD', readText, complain)
  const username = env.SCHEMA_REGISTRY_USERNAME
  if (token && username)
    complain(
      'SCHEMA_REGISTRY_TOKEN',
      'left out, since SCHEMA_REGISTRY_USERNAME is set: only one of them can be used',
    )
  if (username && !password)
    complain(
      'SCHEMA_REGISTRY_PASSWORD',
      'set (or SCHEMA_REGISTRY_PASSWORD_FILE), since SCHEMA_REGISTRY_USERNAME is',
    )
  if (password && !username) complain('SCHEMA_REGISTRY_USERNAME', 'set, since SCHEMA_REGISTRY_PASSWORD is')
  if (token) return `Bearer ${token}`
  return username && password ? basic(username, password) : undefined
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** A secret from its variable, or from the file that the variable with `_FILE` behind it names. */
export function secret(
  env: Environment,
  name: string,
  readText: ReadText,
  complain: Complain,
): string | undefined {
  const value = env[name] || fileContent(env, `${name}_FILE`, readText, complain)?.trim()
  // A line break would end the header, and what stands behind it would be one of its own.
  if (value && /[\r\n]/.test(value)) complain(name, 'one line')
  return value
}

function clientCertificate(
  env: Environment,
  readText: ReadText,
  complain: Complain,
): { cert: string | undefined; key: string | undefined } {
  const [certName, keyName] = ['SCHEMA_REGISTRY_TLS_CERT_FILE', 'SCHEMA_REGISTRY_TLS_KEY_FILE']
  if (Boolean(env[certName]) !== Boolean(env[keyName])) {
    complain(env[keyName] ? certName : keyName, 'set too: a certificate needs its key')
  }
  return {
    cert: fileContent(env, certName, readText, complain),
    key: fileContent(env, keyName, readText, complain),
  }
}

function duration(env: Environment, name: string, fallback: string, complain: Complain): number {
  const parsed = parseDurationMs(env[name] || fallback)
  if (!(parsed instanceof BadValue)) return parsed
  complain(name, parsed.expected)
  return 0
}
