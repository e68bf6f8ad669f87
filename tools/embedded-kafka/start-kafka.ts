import { randomBytes } from 'node:crypto'
import type { Finished } from '../child-process/run-to-end.ts'
import { runConsoleTool } from './console-tool.ts'
import { dockerAnswers, startDockerBroker } from './docker-broker.ts'
import { deletePrefixedTopics } from './given-brokers.ts'
import { startJavaBroker } from './java-broker.ts'
import type { Properties } from './properties.ts'

export interface KafkaOptions {
  /** Lines of server.properties that are added or replaced. Brokers that are given can't be configured: with them a rejection. */
  readonly config?: Properties
  /** The port that clients are told to connect to, when a proxy stands before the broker. */
  readonly advertisedPort?: number
  /** Only a broker process of our own will do: for tests that stop it. */
  readonly ownProcess?: boolean
}

/** A Kafka for a test or the demo. Topics are not created by themselves. */
export interface EmbeddedKafka {
  readonly kind: 'given' | 'docker' | 'java'
  /** For the clients under test, `host:port,…`. With `advertisedPort` they are led on to that port. */
  readonly brokers: string
  /** The same brokers without a proxy or access control between (java; elsewhere the same as `brokers`). */
  readonly directBrokers: string
  /** To be put before every topic and group name: brokers that are given may be shared. */
  readonly topicPrefix: string
  /** The port that the broker itself listens on: where a proxy forwards to. Absent for brokers that are given. */
  readonly port: number | undefined
  /** The broker's process, if it is ours and runs. */
  pid(): number | undefined
  /** Where the broker keeps its data, if it is ours. */
  readonly dataFolder: string | undefined
  /** Runs one of Kafka's own tools. Nothing is added to `args`: give it `--bootstrap-server` with `directBrokers`. */
  consoleTool(className: string, args: readonly string[], stdin?: string | Uint8Array): Promise<Finished>
  /** Ends the broker but keeps its data and ports. Rejects unless `kind` is java, like the two below. */
  stopBroker(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  startBroker(): Promise<void>
  restart(): Promise<void>
  /** Ends the broker and removes its data; on brokers that are given, removes the topics with our prefix. */
  stop(): Promise<void>
}

/**
 * Gives a real Kafka: the one named by `ASSAY_TEST_BROKERS`, else one in Docker if an engine answers, else Apache Kafka as a process
 * from its published jars (Java 17 and Maven). Rejects, and says what to install, when none can be had.
 */
export async function startKafka(options: KafkaOptions = {}): Promise<EmbeddedKafka> {
  const given = process.env['ASSAY_TEST_BROKERS'] ?? ''
  if (options.ownProcess !== true) {
    if (given !== '') return givenKafka(given, options)
    if (await dockerAnswers()) return dockerKafka(options)
  }
  return javaKafka(options)
}

async function javaKafka(options: KafkaOptions): Promise<EmbeddedKafka> {
  const broker = await startJavaBroker(options.config ?? {}, options.advertisedPort)
  return {
    kind: 'java',
    brokers: `127.0.0.1:${broker.ports.client}`,
    directBrokers: `127.0.0.1:${broker.ports.direct}`,
    topicPrefix: '',
    port: broker.ports.client,
    dataFolder: broker.dataFolder,
    pid: broker.pid,
    consoleTool: runConsoleTool,
    stopBroker: broker.stopProcess,
    startBroker: broker.startProcess,
    restart: async () => {
      await broker.stopProcess()
      await broker.startProcess()
    },
    stop: broker.dispose,
  }
}

async function dockerKafka(options: KafkaOptions): Promise<EmbeddedKafka> {
  const broker = await startDockerBroker(options.config ?? {}, options.advertisedPort)
  return {
    kind: 'docker',
    brokers: broker.brokers,
    directBrokers: broker.brokers,
    topicPrefix: '',
    port: Number(broker.brokers.split(':')[1]),
    consoleTool: broker.consoleTool,
    stop: broker.dispose,
    ...NO_OWN_PROCESS,
  }
}

function givenKafka(brokers: string, options: KafkaOptions): EmbeddedKafka {
  if (options.config !== undefined || options.advertisedPort !== undefined) {
    throw new Error(
      'Brokers from ASSAY_TEST_BROKERS can’t be configured: ask for `ownProcess: true` as well.',
    )
  }
  const topicPrefix = `assay-test-${randomBytes(4).toString('hex')}-`
  return {
    kind: 'given',
    brokers,
    directBrokers: brokers,
    topicPrefix,
    port: undefined,
    consoleTool: runConsoleTool,
    stop: () => deletePrefixedTopics(brokers, topicPrefix),
    ...NO_OWN_PROCESS,
  }
}

const NO_OWN_PROCESS = {
  dataFolder: undefined,
  pid: () => undefined,
  stopBroker: refuse,
  startBroker: refuse,
  restart: refuse,
} as const

function refuse(): Promise<never> {
  return Promise.reject(new Error('This Kafka is not a process of ours: ask for `ownProcess: true`.'))
}
