import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fillOnce } from '../cache/fill-once.ts'
import { freePorts } from '../child-process/free-port.ts'
import { startGuarded, type GuardedProcess } from '../child-process/guarded.ts'
import { runOrThrow } from '../child-process/run-to-end.ts'

const VERSION = '3.0.9'
const ARTIFACT = `io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all`
const JAR = `apicurio-registry-app-${VERSION}-runner.jar`
const DOWNLOAD_TIMEOUT_MS = 300_000
const START_TIMEOUT_MS = 60_000
const POLL_MS = 100
const JVM_FLAGS = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dquarkus.http.host=127.0.0.1']

/** A schema registry that isn't ours: Apicurio, as a process on this machine, with Confluent's REST API. */
export interface EmbeddedRegistry {
  /** The address of the REST API, as a client is given it. */
  readonly url: string
  /** The port that it listens on. */
  readonly port: number
  /** Ends the process, but keeps its data and its port. */
  kill(): Promise<void>
  /** Starts it again. */
  start(): Promise<void>
  /** Ends the process and removes its data. */
  stop(): Promise<void>
}

/** Downloads Apicurio once (needs Java 17 and Maven), starts it on a free port and resolves when it answers. */
export async function startRegistry(): Promise<EmbeddedRegistry> {
  const parts = await fillOnce(`apicurio-registry-${VERSION}`, download)
  const [port = 0] = await freePorts(1)
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-registry-'))
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`
  let running: GuardedProcess | undefined
  const registry = {
    url,
    port,
    start: async () => {
      running ??= await launch(parts, dataFolder, port)
      await untilAnswering(url, running)
    },
    kill: async () => {
      await running?.end('SIGKILL')
      running = undefined
    },
    stop: async () => {
      await registry.kill()
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await registry.start()
  return registry
}

async function download(folder: string): Promise<void> {
  const copy = ['-q', '-B', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${folder}`]
  await runOrThrow('mvn', copy, { timeoutMs: DOWNLOAD_TIMEOUT_MS })
  const archive = join(folder, `apicurio-registry-app-${VERSION}-all.tar.gz`)
  await runOrThrow('tar', ['xzf', archive, '-C', folder], { timeoutMs: DOWNLOAD_TIMEOUT_MS })
  await rm(archive)
}

function launch(parts: string, dataFolder: string, port: number): Promise<GuardedProcess> {
  const settings = [
    `-Dquarkus.http.port=${port}`,
    '-Dquarkus.management.enabled=false',
    // A file, since what is in memory would be gone with the process.
    `-Dapicurio.datasource.url=jdbc:h2:file:${join(dataFolder, 'db')}`,
  ]
  const args = [...JVM_FLAGS, ...settings, '-jar', join(parts, JAR)]
  return startGuarded('java', args, {
    logFile: join(dataFolder, 'registry.log'),
    scratchFolder: dataFolder,
    cwd: dataFolder,
  })
}

async function untilAnswering(url: string, running: GuardedProcess): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS
  while (!(await answers(url))) {
    if (running.hasEnded() || performance.now() > deadlineMs) {
      throw new Error(`The schema registry does not answer:\n${await running.logTail()}`)
    }
    await delay(POLL_MS)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/subjects`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}
