import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../child-process/free-port.ts'
import { startGuarded, type GuardedProcess } from '../child-process/guarded.ts'
import type { KafkaParts } from './jars.ts'
import { brokerProperties, toPropertiesText, type BrokerPorts, type Properties } from './properties.ts'
import { untilAnswering } from './readiness.ts'

/** Two of these fit beside a test run on a small machine. The C2 compiler costs a short-lived broker more than it gives back. */
const BROKER_JVM_FLAGS = [
  '-Xmx384m',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Djava.awt.headless=true',
]
const STOP_TIMEOUT_MS = 15_000

/** What a broker is made from. */
export interface BrokerPlan {
  readonly parts: KafkaParts
  readonly config: Properties
  /** The port that clients are told to come back to, when something stands before the broker. Default: its own. */
  readonly advertisedPort: number | undefined
  /** In addition to the flags that every broker gets. */
  readonly jvmFlags: readonly string[]
}

/** A broker process on this machine. Its ports and its data stay the same over `startProcess` and `stopProcess`. */
export interface BrokerProcess {
  readonly ports: BrokerPorts
  readonly dataFolder: string
  pid(): number | undefined
  /** Resolves when the broker answers. */
  startProcess(): Promise<void>
  /** With SIGKILL the broker has no chance to write its clean-shutdown mark. */
  stopProcess(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Ends the process and removes its data. */
  dispose(): Promise<void>
}

/** Lays out a broker's folder and finds ports for it; nothing runs yet. */
export async function createBrokerProcess(plan: BrokerPlan): Promise<BrokerProcess> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-kafka-'))
  const [client = 0, direct = 0, controller = 0] = await freePorts(3)
  const ports = { client, direct, controller }
  const logFolder = join(dataFolder, 'logs')
  await cp(plan.parts.formattedFolder, logFolder, { recursive: true })
  const properties = brokerProperties(ports, plan.advertisedPort ?? client, logFolder)
  const propertiesFile = join(dataFolder, 'server.properties')
  await writeFile(propertiesFile, toPropertiesText({ ...properties, ...plan.config }))
  const jvmArgs = [...BROKER_JVM_FLAGS, ...plan.jvmFlags, '-cp', plan.parts.classPath]
  return toBrokerProcess(dataFolder, ports, [...jvmArgs, 'kafka.Kafka', propertiesFile])
}

function toBrokerProcess(dataFolder: string, ports: BrokerPorts, javaArgs: readonly string[]): BrokerProcess {
  let running: GuardedProcess | undefined
  const stopProcess = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const ending = running
    running = undefined
    if (ending !== undefined) await endWithin(ending, signal)
  }
  return {
    ports,
    dataFolder,
    pid: () => running?.pid,
    startProcess: async () => {
      running ??= await launch(dataFolder, javaArgs)
      await untilAnswering(`127.0.0.1:${ports.direct}`, running)
    },
    stopProcess,
    dispose: async () => {
      // None of the data is wanted any more, so the slow orderly end is not needed.
      await stopProcess('SIGKILL')
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function launch(dataFolder: string, javaArgs: readonly string[]): Promise<GuardedProcess> {
  const logFile = join(dataFolder, 'broker.log')
  return startGuarded('java', javaArgs, { logFile, scratchFolder: dataFolder, cwd: dataFolder })
}

async function endWithin(ending: GuardedProcess, signal: NodeJS.Signals): Promise<void> {
  const force = setTimeout(() => void ending.end('SIGKILL'), STOP_TIMEOUT_MS)
  await ending.end(signal)
  clearTimeout(force)
}
