/** How all partitions are shared among the members of the group (design page, *One member owns a whole topic*). */
export type AssignMode = 'topic' | 'partition'

/** Where to start in a topic for which the group has committed nothing. */
export type StartPolicy = 'earliest' | 'latest'

export interface TlsConfig {
  readonly ca: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
}

export interface SaslConfig {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  readonly password: string
}

/** What the Kafka source needs to know. */
export interface KafkaConfig {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly group: string
  readonly assign: AssignMode
  readonly from: StartPolicy
  readonly tls: TlsConfig | undefined
  readonly sasl: SaslConfig | undefined
  /** How long to go on without any progress towards the brokers before giving up. */
  readonly brokerTimeoutMs: number
  /** How long a member may be silent before the group takes its partitions away. */
  readonly sessionTimeoutMs: number
  /** How often to look whether topics of the rules came, went or may be read. */
  readonly topicAuditIntervalMs: number
}
