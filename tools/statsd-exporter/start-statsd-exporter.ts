import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fillOnce } from '../cache/fill-once.ts'
import { freePorts } from '../child-process/free-port.ts'
import { startGuarded, type GuardedProcess } from '../child-process/guarded.ts'
import { runOrThrow } from '../child-process/run-to-end.ts'
import { matching, parseExposition, type PromSample } from './parse-exposition.ts'

const VERSION = 'v0.31.0'
const BUILD_TIMEOUT_MS = 300_000
const START_TIMEOUT_MS = 10_000
const POLL_MS = 25

export type Labels = Readonly<Record<string, string>>

/** The Prometheus project's StatsD receiver: an independent reader of what we send. It turns dots in names into underscores. */
export interface StatsdExporter {
  readonly udpPort: number
  readonly httpPort: number
  /** What Prometheus would read, as text. */
  text(): Promise<string>
  scrape(): Promise<PromSample[]>
  /** The value of the only series that has these labels (and perhaps more); undefined if there is none, rejects if there are several. */
  value(name: string, labels?: Labels): Promise<number | undefined>
  /** The sum over all series that have these labels; 0 if there is none. */
  sum(name: string, labels?: Labels): Promise<number>
  /** Scrapes until `isEnough` holds: the exporter handles datagrams in its own time. Rejects with the last scrape. */
  until(isEnough: (samples: readonly PromSample[]) => boolean, timeoutMs?: number): Promise<PromSample[]>
  stop(): Promise<void>
}

/** Whether Go is there to build the exporter with. Tests that have another receiver to fall back on ask first. */
export function canBuildStatsdExporter(): boolean {
  return spawnSync('go', ['version']).status === 0
}

/**
 * Builds the exporter once (needs Go), starts it on free ports and resolves when it answers.
 *
 * @param mapping YAML of a mapping configuration: how metrics are named, and of which kind they are
 */
export async function startStatsdExporter(mapping?: string): Promise<StatsdExporter> {
  const folder = await fillOnce(`statsd-exporter-${VERSION}`, build)
  const [udpPort = 0, httpPort = 0] = await freePorts(2)
  const scratchFolder = await mkdtemp(join(tmpdir(), 'assay-statsd-'))
  const mappingFile = join(scratchFolder, 'mapping.yaml')
  if (mapping !== undefined) await writeFile(mappingFile, mapping)
  const args = [
    `--statsd.listen-udp=127.0.0.1:${udpPort}`,
    '--statsd.listen-tcp=',
    `--web.listen-address=127.0.0.1:${httpPort}`,
    ...(mapping === undefined ? [] : [`--statsd.mapping-config=${mappingFile}`]),
  ]
  const logFile = join(scratchFolder, 'exporter.log')
  const running = await startGuarded(join(folder, 'statsd_exporter'), args, { logFile, scratchFolder })
  const stop = async () => {
    await running.end()
    await rm(scratchFolder, { recursive: true, force: true })
  }
  await untilAnswering(httpPort, running).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { udpPort, httpPort, stop, ...reading(httpPort) }
}

async function build(folder: string): Promise<void> {
  const env = { ...process.env, GOBIN: folder }
  await runOrThrow('go', ['install', `github.com/prometheus/statsd_exporter@${VERSION}`], {
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
  }).catch((error: unknown) => {
    throw new Error('The StatsD exporter could not be built: it needs Go, and the way to its modules.', {
      cause: error,
    })
  })
}

async function untilAnswering(httpPort: number, running: GuardedProcess): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const isUp = await scrape(httpPort).catch(() => undefined)
    if (isUp !== undefined) return
    if (running.hasEnded() || Date.now() > deadlineMs) {
      throw new Error(`The StatsD exporter did not start:\n${await running.logTail()}`)
    }
    await delay(POLL_MS)
  }
}

async function textOf(httpPort: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text()
}

async function scrape(httpPort: number): Promise<PromSample[]> {
  return parseExposition(await textOf(httpPort))
}

function reading(httpPort: number): Pick<StatsdExporter, 'text' | 'scrape' | 'value' | 'sum' | 'until'> {
  const read = () => scrape(httpPort)
  return {
    text: () => textOf(httpPort),
    scrape: read,
    value: async (name, labels) => {
      const found = matching(await read(), name, labels)
      if (found.length > 1) throw new Error(`${found.length} series of ${name} have these labels`)
      return found[0]?.value
    },
    sum: async (name, labels) => total(matching(await read(), name, labels)),
    until: async (isEnough, timeoutMs = 10_000) => {
      const deadlineMs = Date.now() + timeoutMs
      for (;;) {
        const samples = await read()
        if (isEnough(samples)) return samples
        if (Date.now() > deadlineMs) throw new Error(`never came: ${describe(samples)}`)
        await delay(POLL_MS)
      }
    },
  }
}

function total(samples: readonly PromSample[]): number {
  return samples.reduce((sum, sample) => sum + sample.value, 0)
}

function describe(samples: readonly PromSample[]): string {
  const own = samples.filter((sample) => !/^(go|process|promhttp|statsd_exporter)_/.test(sample.name))
  return own.map((sample) => `${sample.name}${JSON.stringify(sample.labels)} ${sample.value}`).join('\n')
}
