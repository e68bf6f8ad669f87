import type { Environment } from './statsd.ts'
import { BadValue, parseBoolean, parseChoice } from './values.ts'

/** TLS and SASL settings as the Kafka client takes them; PEM texts, not paths. */
export interface KafkaSecurity {
  readonly tls:
    | { readonly ca: string | undefined; readonly cert: string | undefined; readonly key: string | undefined }
    | undefined
  readonly sasl:
    { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string } | undefined
}

const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const
export type SaslMechanism = (typeof SASL_MECHANISMS)[number]

/** Reads a text file, or undefined if it can't be read. Given by the caller. */
export type ReadText = (path: string) => string | undefined

/** Takes in one mistake: the variable's name, and what it must be. */
export type Complain = (name: string, expected: string) => void

/** Security settings from the environment, where secrets belong. */
export function kafkaSecurity(env: Environment, readText: ReadText, complain: Complain): KafkaSecurity {
  return { tls: tlsFrom(env, readText, complain), sasl: saslFrom(env, readText, complain) }
}

const TLS_FILES = ['KAFKA_TLS_CA_FILE', 'KAFKA_TLS_CERT_FILE', 'KAFKA_TLS_KEY_FILE'] as const

function tlsFrom(env: Environment, readText: ReadText, complain: Complain): KafkaSecurity['tls'] {
  const isOn = parseBoolean(env.KAFKA_TLS || String(TLS_FILES.some((name) => env[name])))
  if (isOn instanceof BadValue) complain('KAFKA_TLS', isOn.expected)
  const pem = (name: string) => fileContent(env, name, readText, complain)
  const files = {
    ca: pem('KAFKA_TLS_CA_FILE'),
    cert: pem('KAFKA_TLS_CERT_FILE'),
    key: pem('KAFKA_TLS_KEY_FILE'),
  }
  if (Boolean(env.KAFKA_TLS_CERT_FILE) !== Boolean(env.KAFKA_TLS_KEY_FILE)) {
    complain(
      env.KAFKA_TLS_KEY_FILE ? 'KAFKA_TLS_CERT_FILE' : 'KAFKA_TLS_KEY_FILE',
      'set too: a certificate needs its key',
    )
  }
  return isOn === true ? files : undefined
}

function saslFrom(env: Environment, readText: ReadText, complain: Complain): KafkaSecurity['sasl'] {
  const password =
    env.KAFKA_SASL_PASSWORD || fileContent(env, 'KAFKA_SASL_PASSWORD_FILE', readText, complain)?.trim()
  const username = env.KAFKA_SASL_USERNAME
  if (!env.KAFKA_SASL_MECHANISM) {
    if (username)
      complain(
        'KAFKA_SASL_MECHANISM',
        `set to one of ${SASL_MECHANISMS.join(', ')}, since KAFKA_SASL_USERNAME is set`,
      )
    return undefined
  }
  const mechanism = parseChoice(env.KAFKA_SASL_MECHANISM.toLowerCase(), SASL_MECHANISMS)
  if (mechanism instanceof BadValue) complain('KAFKA_SASL_MECHANISM', mechanism.expected)
  if (!username) complain('KAFKA_SASL_USERNAME', 'set, since KAFKA_SASL_MECHANISM is')
  if (!password)
    complain('KAFKA_SASL_PASSWORD', 'set (or KAFKA_SASL_PASSWORD_FILE), since KAFKA_SASL_MECHANISM is')
  return mechanism instanceof BadValue || !username || !password
    ? undefined
    : { mechanism, username, password }
}

/** The text of the file that a variable names; undefined, with a complaint, if it can't be read. */
export function fileContent(
  env: Environment,
  name: string,
  readText: ReadText,
  complain: Complain,
): string | undefined {
  const path = env[name]
  if (!path) return undefined
  const text = readText(path)
  // Not quoted: a secret that was given in place of its path would end up in the logs.
  if (text === undefined) complain(name, 'the path of a file that can be read')
  return text
}
