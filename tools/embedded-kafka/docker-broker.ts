import { request } from 'node:http'
import { freePorts } from '../child-process/free-port.ts'
import type { Finished } from '../child-process/run-to-end.ts'
import { workloadProperties, type Properties } from './properties.ts'

const IMAGE = 'apache/kafka:4.1.0'
const DEFAULT_SOCKET = '/var/run/docker.sock'
const PING_TIMEOUT_MS = 1000
const STDIN_FILE = '/tmp/assay-stdin'
const WITH_STDIN_FILE = `exec /opt/kafka/bin/kafka-run-class.sh "$@" < ${STDIN_FILE}`

export interface DockerBroker {
  readonly brokers: string
  consoleTool(className: string, args: readonly string[], stdin?: string | Uint8Array): Promise<Finished>
  dispose(): Promise<void>
}

/** True if a Docker engine answers. testcontainers waits for ever on a socket that accepts and never answers, so we ask first. */
export function dockerAnswers(host = process.env['DOCKER_HOST']): Promise<boolean> {
  const target = pingTarget(host)
  if (target === undefined) return Promise.resolve(false)
  return new Promise((resolve) => {
    const ping = request({ ...target, path: '/_ping', timeout: PING_TIMEOUT_MS }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.on('close', () => resolve(false))
    ping.end()
  })
}

function pingTarget(
  host: string | undefined,
): { socketPath: string } | { host: string; port: string } | undefined {
  if (host === undefined || host === '') return { socketPath: DEFAULT_SOCKET }
  const url = URL.parse(host)
  if (url?.protocol === 'unix:') return { socketPath: url.pathname }
  return url?.protocol === 'tcp:' ? { host: url.hostname, port: url.port } : undefined
}

/** Starts the official image. The container's port is the host's, so that the advertised address is right from the start. */
export async function startDockerBroker(config: Properties, advertisedPort?: number): Promise<DockerBroker> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const [port = 0] = await freePorts(1)
  const container = await new GenericContainer(IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment(toEnvironment({ ...containerProperties(port, advertisedPort ?? port), ...config }))
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start()
  return {
    brokers: `127.0.0.1:${port}`,
    consoleTool: async (className, args, stdin = '') => {
      await container.copyContentToContainer([{ content: Buffer.from(stdin), target: STDIN_FILE }])
      const { exitCode, stdout, stderr } = await container.exec([
        'sh',
        '-c',
        WITH_STDIN_FILE,
        'sh',
        className,
        ...args,
      ])
      return { exitCode, stdout, stderr }
    },
    dispose: async () => void (await container.stop()),
  }
}

function containerProperties(port: number, advertisedPort: number): Properties {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': '1@localhost:9093',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'DIRECT',
    listeners: `CLIENT://0.0.0.0:${port},DIRECT://localhost:9094,CONTROLLER://localhost:9093`,
    'advertised.listeners': `CLIENT://127.0.0.1:${advertisedPort},DIRECT://localhost:9094`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...workloadProperties(),
  }
}

/** The image's own convention for settings in the environment: `_` becomes `__`, `-` becomes `___` and dots become `_`. */
function toEnvironment(properties: Properties): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [toVariable(name), value]))
}

function toVariable(name: string): string {
  return `KAFKA_${name.replaceAll('_', '__').replaceAll('-', '___').replaceAll('.', '_').toUpperCase()}`
}
