/** Lines of a server.properties file. */
export type Properties = Readonly<Record<string, string>>

/** Where a broker listens on the loopback address. */
export interface BrokerPorts {
  /** For the clients under test. */
  readonly client: number
  /** Plain text and unrestricted, whatever the client listener asks for: for set-up, readiness and tools, around proxies and ACLs. */
  readonly direct: number
  readonly controller: number
}

/** Room for the largest records that tests write (10 MB), with their envelopes. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** A single-node broker with its controller, made to start fast and to keep nothing waiting. */
export function brokerProperties(ports: BrokerPorts, advertisedPort: number, logFolder: string): Properties {
  return {
    ...listenerProperties(ports, advertisedPort),
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'DIRECT',
    'log.dirs': logFolder,
    ...workloadProperties(),
  }
}

function listenerProperties(ports: BrokerPorts, advertisedPort: number): Properties {
  const direct = `DIRECT://127.0.0.1:${ports.direct}`
  return {
    listeners: `CLIENT://127.0.0.1:${ports.client},${direct},CONTROLLER://127.0.0.1:${ports.controller}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${advertisedPort},${direct}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  }
}

/** Settings that tests count on, the same for every kind of broker. */
export function workloadProperties(): Properties {
  return {
    'num.partitions': '4',
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // A killed broker may only come back when its old session has run out.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'group.min.session.timeout.ms': '1000',
    'message.max.bytes': String(MAX_MESSAGE_BYTES),
    'replica.fetch.max.bytes': String(MAX_MESSAGE_BYTES),
    'socket.request.max.bytes': String(4 * MAX_MESSAGE_BYTES),
  }
}

/** The text of the file. Backslashes are doubled, as the format of Java properties asks. */
export function toPropertiesText(properties: Properties): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('')
}
