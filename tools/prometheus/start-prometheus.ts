import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stringify } from 'yaml'
import { freePorts } from '../child-process/free-port.ts'
import { startGuarded, type GuardedProcess } from '../child-process/guarded.ts'

const START_TIMEOUT_MS = 20_000
const POLL_MS = 100

/** An alert as Prometheus tells it. */
export interface PrometheusAlert {
  readonly state: 'pending' | 'firing'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** A Prometheus server on this machine. */
export interface Prometheus {
  /** Whom it scrapes from now on, as `host:port`. */
  scrape(targets: readonly string[]): Promise<void>
  /** Alerts that are pending or firing now. */
  alerts(): Promise<PrometheusAlert[]>
  stop(): Promise<void>
}

/** Whether Prometheus is there: it comes with Debian's package prometheus. */
export function hasPrometheus(): boolean {
  return spawnSync('prometheus', ['--version']).status === 0
}

/**
 * Starts Prometheus on a free port and resolves when it answers. Rejects with the end of its log if it does not, as it does when a rule
 * file is wrong.
 *
 * @param ruleFiles by path
 * @param targets whom it scrapes, as `host:port`
 * @param intervalMs how often it scrapes, and evaluates the rules
 */
export async function startPrometheus(
  ruleFiles: ReadonlyMap<string, string>,
  targets: readonly string[],
  intervalMs: number,
): Promise<Prometheus> {
  const scratchFolder = await mkdtemp(join(tmpdir(), 'assay-prometheus-'))
  const [port = 0] = await freePorts(1)
  const interval = `${intervalMs}ms`
  const targetsFile = join(scratchFolder, 'targets.json')
  const config = {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: [...ruleFiles.keys()].map((path) => join(scratchFolder, path)),
    scrape_configs: [{ job_name: 'assay', file_sd_configs: [{ files: [targetsFile] }] }],
  }
  const files = [
    ...ruleFiles,
    ['prometheus.yaml', stringify(config)],
    ['targets.json', targetsText(targets)],
  ] as const
  for (const [path, text] of files) {
    await mkdir(dirname(join(scratchFolder, path)), { recursive: true })
    await writeFile(join(scratchFolder, path), text)
  }
  const args = [
    `--config.file=${join(scratchFolder, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(scratchFolder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]
  const logFile = join(scratchFolder, 'prometheus.log')
  const running = await startGuarded('prometheus', args, { logFile, scratchFolder })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    await running.end()
    await rm(scratchFolder, { recursive: true, force: true })
  }
  await untilReady(url, running).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    scrape: (hosts) => writeFile(targetsFile, targetsText(hosts)),
    alerts: async () => {
      const answer = (await (await fetch(`${url}/api/v1/alerts`)).json()) as {
        readonly data: { readonly alerts: PrometheusAlert[] }
      }
      return answer.data.alerts
    },
    stop,
  }
}

function targetsText(targets: readonly string[]): string {
  return JSON.stringify([{ targets }])
}

async function untilReady(url: string, running: GuardedProcess): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    if (running.hasEnded() || Date.now() > deadlineMs) {
      throw new Error(`Prometheus did not start:\n${await running.logTail()}`)
    }
    await delay(POLL_MS)
  }
}
