import { ENGINES } from '../model/contract.ts'
import type { EngineChoice } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { kafkaSecurity } from './kafka.ts'
import type { Complain, KafkaSecurity, ReadText } from './kafka.ts'
import { registrySettings, secret } from './registry.ts'
import type { RegistrySettings } from './registry.ts'
import { RUN_SETTINGS } from './settings.ts'
import type { SettingName } from './settings.ts'
import { globalTags, parseReceiver, receiverFromEnvironment } from './statsd.ts'
import type { Environment, ReceiverAddress } from './statsd.ts'
import {
  BadValue,
  parseBoolean,
  parseBrokers,
  parseChoice,
  parseCount,
  parseDurationMs,
  parseHostPort,
} from './values.ts'

const LEAST_KEY_LENGTH = 16

/** Everything that `assay run` needs to know beside the rules, checked. */
export interface RunConfig {
  readonly rules: string
  /** How often the rule files are looked through for changes; undefined if they are read once. */
  readonly reloadMs: number | undefined
  readonly domain: string | undefined
  readonly brokers: readonly string[]
  readonly group: string | undefined
  readonly assign: 'topic' | 'partition'
  readonly from: 'earliest' | 'latest'
  readonly security: KafkaSecurity
  /** Undefined where no schema registry is configured. */
  readonly registry: RegistrySettings | undefined
  /** Undefined if metrics are only served on `/metrics`. */
  readonly statsd: ReceiverAddress | undefined
  readonly datadog: boolean
  readonly flushIntervalMs: number
  readonly http: { readonly host: string; readonly port: number } | undefined
  readonly brokerTimeoutMs: number
  readonly sessionTimeoutMs: number
  readonly stallTimeoutMs: number
  readonly stopTimeoutMs: number
  readonly topicAuditIntervalMs: number
  /** 0 to read nothing once more. */
  readonly rebuildRecords: number
  readonly rebuildTimeoutMs: number
  readonly maxEventBytes: number
  readonly maxBatchBytes: number
  readonly maxSeries: number
  readonly engine: EngineChoice
  /** One event in so many is judged a second time by the interpreter; undefined for none. */
  readonly shadowSample: number | undefined
  /** With which personal values and keys of records are hashed; undefined for one of this process alone. */
  readonly hashKey: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly tags: (domain: string) => Record<string, string>
}

/** Flags as they were given, by setting. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>

/** Settings from flags before environment before defaults; all mistakes at once. */
export function resolveRunConfig(
  flags: Flags,
  env: Environment,
  readText: ReadText,
): { readonly config: RunConfig | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const complain = (name: string, expected: string) => problems.push(badValue(name, expected))
  const text = (name: SettingName): string | undefined => {
    const { env: variable, fallback } = RUN_SETTINGS[name]
    return flags[name] ?? (env[variable] || undefined) ?? fallback
  }
  const value = <Value>(
    name: SettingName,
    parse: (text: string) => Value | BadValue,
    instead: Value,
  ): Value => {
    const given = text(name)
    const parsed = given === undefined ? instead : parse(given)
    if (!(parsed instanceof BadValue)) return parsed
    complain(sourceOf(name, flags), `${parsed.expected}, not \`${given}\``)
    return instead
  }
  const duration = (name: SettingName) => value(name, parseDurationMs, 0)
  if (text('brokers') === undefined) problems.push(missing('brokers'))
  const datadog = value('datadog', parseBoolean, false)
  const config: RunConfig = {
    rules: text('rules') as string,
    reloadMs: value<number | undefined>('reload', parseReload, undefined),
    domain: text('domain'),
    brokers: value('brokers', parseBrokers, []),
    group: text('group'),
    assign: value('assign', (given) => parseChoice(given, ['topic', 'partition']), 'topic'),
    from: value('from', (given) => parseChoice(given, ['earliest', 'latest']), 'latest'),
    security: kafkaSecurity(env, readText, complain),
    registry: registrySettings(env, readText, complain),
    statsd: receiver(
      value<ReceiverAddress | 'off' | undefined>('statsd', parseStatsd, undefined),
      env,
      complain,
    ),
    datadog,
    flushIntervalMs: duration('flushInterval'),
    http: value<RunConfig['http']>(
      'http',
      (given) => (given === 'off' ? undefined : parseHostPort(given)),
      undefined,
    ),
    brokerTimeoutMs: duration('brokerTimeout'),
    sessionTimeoutMs: duration('sessionTimeout'),
    stallTimeoutMs: duration('stallTimeout'),
    stopTimeoutMs: duration('stopTimeout'),
    topicAuditIntervalMs: duration('topicAuditInterval'),
    rebuildRecords: value('rebuildRecords', parseRebuild, 0),
    rebuildTimeoutMs: duration('rebuildTimeout'),
    maxEventBytes: value('maxEventBytes', (given) => parseCount(given), 0),
    maxBatchBytes: value('maxBatchBytes', (given) => parseCount(given, 65_536), 0),
    maxSeries: value('maxSeries', (given) => parseCount(given), 0),
    engine: value('engine', (given) => parseChoice(given, ENGINES), 'auto'),
    shadowSample: value<number | undefined>('shadowSample', parseSample, undefined),
    hashKey: hashKey(env, readText, complain),
    logLevel: value(
      'logLevel',
      (given) => parseChoice(given, ['debug', 'info', 'warn', 'error', 'silent']),
      'info',
    ),
    tags: (domain) => globalTags(env, domain, datadog),
  }
  return { config: problems.length === 0 ? config : undefined, problems }
}

/** A short key could be found by trying. */
function hashKey(env: Environment, readText: ReadText, complain: Complain): string | undefined {
  const key = secret(env, 'ASSAY_HASH_KEY', readText, complain)
  if (key !== undefined && key.length < LEAST_KEY_LENGTH)
    complain('ASSAY_HASH_KEY', `at least ${LEAST_KEY_LENGTH} characters long`)
  return key
}

function parseStatsd(text: string): ReceiverAddress | 'off' | BadValue {
  return text === 'off' ? text : parseReceiver(text)
}

function parseRebuild(text: string): number | BadValue {
  const records = text === 'off' ? 0 : parseCount(text)
  return records instanceof BadValue ? new BadValue(`${records.expected}, or off`) : records
}

function parseReload(text: string): number | undefined | BadValue {
  const intervalMs = text === 'off' ? undefined : parseDurationMs(text)
  return intervalMs instanceof BadValue ? new BadValue(`${intervalMs.expected}, or off`) : intervalMs
}

function parseSample(text: string): number | undefined | BadValue {
  const every = text === 'off' ? undefined : parseCount(text)
  return every instanceof BadValue ? new BadValue(`${every.expected}, or off`) : every
}

function receiver(
  given: ReceiverAddress | 'off' | undefined,
  env: Environment,
  complain: (name: string, expected: string) => void,
): ReceiverAddress | undefined {
  if (given === 'off') return undefined
  if (given !== undefined) return given
  const { name, address } = receiverFromEnvironment(env)
  if (!(address instanceof BadValue)) return address
  complain(name, address.expected)
  return { protocol: 'udp', host: '127.0.0.1', port: 8125 }
}

/** The name under which the person gave the value. */
function sourceOf(name: SettingName, flags: Flags): string {
  return flags[name] === undefined ? RUN_SETTINGS[name].env : `--${RUN_SETTINGS[name].flag}`
}

function badValue(name: string, expected: string): Problem {
  return {
    code: 'CONFIG_INVALID',
    severity: 'error',
    message: `${name} must be ${expected}`,
    hint: '`assay run --help` shows the form of each setting.',
  }
}

function missing(name: SettingName): Problem {
  const { flag, argument, env } = RUN_SETTINGS[name]
  return {
    code: 'CONFIG_MISSING',
    severity: 'error',
    message: `--${flag} is missing`,
    hint: `Give --${flag} ${argument}, or set ${env}.`,
  }
}
