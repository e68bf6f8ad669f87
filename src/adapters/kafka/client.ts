import kafkajs from 'kafkajs'
import type { Kafka, LogEntry } from 'kafkajs'
import type { Log } from '../../ports/log.ts'
import type { KafkaConfig } from './config.ts'

const { Kafka: KafkaClient, logLevel } = kafkajs

/** How often kafkajs tries again by itself, with at most a second in between. */
const PATIENCE = {
  /** For questions: that a broker is missing should be known soon. */
  short: { initialRetryTime: 100, maxRetryTime: 500, retries: 2 },
  /**
   * For the member of the group, some five minutes: one that waits for its broker keeps its place, while a new one has to wait until the
   * old one's session is over. The source knows from the questions when it has been too long.
   */
  long: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 300 },
} as const

/**
 * A kafkajs client. Restarting is ours (`source.ts`), so that a crash is never retried for ever on the same record and never leaves a
 * process that lives and consumes nothing (kafkajs issues 885 and 1443).
 */
export function createClient(config: KafkaConfig, patience: keyof typeof PATIENCE, log: Log): Kafka {
  const { tls, sasl } = config
  return new KafkaClient({
    clientId: config.clientId,
    brokers: [...config.brokers],
    connectionTimeout: 3_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    retry: { ...PATIENCE[patience], restartOnFailure: () => Promise.resolve(false) },
    ...(tls === undefined ? {} : { ssl: definedOnly(tls) }),
    ...(sasl === undefined
      ? {}
      : { sasl: sasl as NonNullable<ConstructorParameters<typeof Kafka>[0]['sasl']> }),
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => forward(entry, log),
  })
}

function definedOnly(tls: NonNullable<KafkaConfig['tls']>): { ca?: string; cert?: string; key?: string } {
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined))
}

/**
 * kafkajs logs what recovers by itself (a coordinator that is not there yet, a rebalance, each lost connection) as errors, many times
 * over. What matters is logged once by the source; all else is for those who look closely.
 */
function forward({ level, log: fields, namespace }: LogEntry, log: Log): void {
  const isFault = level === logLevel.ERROR || level === logLevel.WARN
  const { message, broker, error } = fields
  log.debug(`kafkajs ${namespace}: ${message}`, isFault ? { broker, error } : {})
}
