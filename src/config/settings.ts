/** One setting of `assay run`: a flag, the environment variable that mirrors it, and what `--help` says. */
export interface Setting {
  readonly flag: string
  readonly argument: string | undefined
  readonly env: string
  readonly fallback: string | undefined
  readonly help: string
}

/** The settings of `assay run`. Secrets and addresses of TLS files come from the environment alone (`KAFKA_SETTINGS`). */
export const RUN_SETTINGS = {
  rules: setting('rules', 'DIR', 'rules', 'folder with the contract files'),
  reload: setting(
    'reload',
    'DURATION|off',
    '10s',
    'how often the contract files are looked through for changes; where the file system tells of them, they are seen sooner',
  ),
  domain: setting('domain', 'NAME', undefined, 'the domain to serve; required if the folder holds several'),
  brokers: {
    ...setting('brokers', 'HOST:PORT[,…]', undefined, 'Kafka brokers to start from (required)'),
    env: 'KAFKA_BROKERS',
  },
  group: setting('group', 'NAME', undefined, 'consumer group; assay-<domain> unless given'),
  assign: setting('assign', 'topic|partition', 'topic', 'give whole topics or single partitions to a member'),
  from: setting(
    'from',
    'earliest|latest',
    'latest',
    'where to start in a topic that the group has never committed',
  ),
  statsd: setting(
    'statsd',
    'HOST:PORT|unix:///path|off',
    undefined,
    'StatsD receiver; unless given, from DD_DOGSTATSD_URL, DD_DOGSTATSD_SOCKET or DD_AGENT_HOST, else 127.0.0.1:8125',
  ),
  datadog: setting(
    'datadog',
    'true|false',
    'false',
    'the receiver is a Datadog Agent: send origin fields and client telemetry, which others refuse',
  ),
  flushInterval: setting(
    'flush-interval',
    'DURATION',
    '10s',
    'how often totals are sent and offsets committed',
  ),
  http: setting(
    'http',
    'HOST:PORT|off',
    '127.0.0.1:8080',
    'address of the status page, its API, /healthz, /readyz and /metrics',
  ),
  brokerTimeout: setting(
    'broker-timeout',
    'DURATION',
    '5m',
    'how long to go on without brokers before ending',
  ),
  sessionTimeout: setting(
    'session-timeout',
    'DURATION',
    '30s',
    'silence after which the group takes partitions away',
  ),
  stallTimeout: setting(
    'stall-timeout',
    'DURATION',
    '60s',
    'standstill after which the connection is made anew',
  ),
  stopTimeout: setting('stop-timeout', 'DURATION', '20s', 'how long an ordered stop may take'),
  topicAuditInterval: setting('topic-audit-interval', 'DURATION', '15s', 'how often topics are looked for'),
  rebuildRecords: setting(
    'rebuild-records',
    'NUMBER|off',
    '200000',
    'records of a topic that are read once more after a start, to fill the windows of statuses',
  ),
  rebuildTimeout: setting('rebuild-timeout', 'DURATION', '30s', 'how long that may take for each topic'),
  maxEventBytes: setting('max-event-bytes', 'BYTES', '1048576', 'longest value that is decoded'),
  maxBatchBytes: setting('max-batch-bytes', 'BYTES', '67108864', 'largest batch after decompression'),
  maxSeries: setting(
    'max-series',
    'NUMBER',
    '20000',
    'bound on series of rules; the rest is counted as rule:other',
  ),
  engine: setting(
    'engine',
    'auto|interpreter',
    'auto',
    'evaluate expressions compiled as far as possible, or all by the interpreter',
  ),
  shadowSample: setting(
    'shadow-sample',
    'NUMBER|off',
    '10000',
    'judge one event in so many with the interpreter too, to compare',
  ),
  logLevel: setting(
    'log-level',
    'debug|info|warn|error|silent',
    'info',
    'what is logged, as JSON lines on standard error',
  ),
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof RUN_SETTINGS

/** Settings without a flag, so that secrets never stand in a process list. */
export const KAFKA_SETTINGS = [
  { env: 'KAFKA_TLS', help: 'true to use TLS; implied by any of the files below' },
  { env: 'KAFKA_TLS_CA_FILE', help: 'certificate authority, PEM' },
  { env: 'KAFKA_TLS_CERT_FILE', help: 'client certificate, PEM' },
  { env: 'KAFKA_TLS_KEY_FILE', help: 'client key, PEM' },
  { env: 'KAFKA_SASL_MECHANISM', help: 'plain, scram-sha-256 or scram-sha-512' },
  { env: 'KAFKA_SASL_USERNAME', help: 'user' },
  {
    env: 'KAFKA_SASL_PASSWORD',
    help: 'password, or KAFKA_SASL_PASSWORD_FILE with the path of a file that holds it',
  },
] as const

/** The schema registry, which the environment alone names. */
export const REGISTRY_SETTINGS = [
  {
    env: 'SCHEMA_REGISTRY_URL',
    help: 'address of the registry, several separated by commas: the next one is asked when one can’t be used',
  },
  { env: 'SCHEMA_REGISTRY_USERNAME', help: 'user, for basic authentication' },
  {
    env: 'SCHEMA_REGISTRY_PASSWORD',
    help: 'password, or SCHEMA_REGISTRY_PASSWORD_FILE with the path of a file that holds it',
  },
  {
    env: 'SCHEMA_REGISTRY_TOKEN',
    help: 'bearer token in place of user and password, or SCHEMA_REGISTRY_TOKEN_FILE with the path of a file that holds it',
  },
  { env: 'SCHEMA_REGISTRY_TLS_CA_FILE', help: 'certificate authority, PEM' },
  { env: 'SCHEMA_REGISTRY_TLS_CERT_FILE', help: 'client certificate, PEM' },
  { env: 'SCHEMA_REGISTRY_TLS_KEY_FILE', help: 'client key, PEM' },
  { env: 'SCHEMA_REGISTRY_TIMEOUT', help: 'how long one request may take (5s)' },
  {
    env: 'SCHEMA_REGISTRY_UNKNOWN_TTL',
    help: 'how long an id that the registry does not know is not asked for again (60s)',
  },
] as const

/** What personal values and keys of records are hashed with on the status page and in the log. */
export const PRIVACY_SETTINGS = [
  {
    env: 'ASSAY_HASH_KEY',
    help: 'secret of at least 16 characters for the hashes of keys and personal values, or ASSAY_HASH_KEY_FILE with the path of a file that holds it; without it, each process makes its own',
  },
] as const

/** Datadog's own variables that are honoured. */
export const DATADOG_SETTINGS = [
  { env: 'DD_DOGSTATSD_URL', help: 'receiver as udp://HOST:PORT or unix:///path' },
  { env: 'DD_DOGSTATSD_SOCKET', help: 'receiver as the path of a Unix socket' },
  { env: 'DD_AGENT_HOST', help: 'host of the receiver, with DD_DOGSTATSD_PORT (8125)' },
  { env: 'DD_ENV', help: 'the tag env; likewise DD_SERVICE and DD_VERSION' },
  { env: 'DD_TAGS', help: 'more tags on every metric, separated by commas or blanks' },
  { env: 'DD_ENTITY_ID', help: 'the tag dd.internal.entity_id, in Datadog mode' },
] as const

function setting(flag: string, argument: string, fallback: string | undefined, help: string): Setting {
  return { flag, argument, env: `ASSAY_${flag.toUpperCase().replaceAll('-', '_')}`, fallback, help }
}
