import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message } from 'kafkajs'
import { expect, onTestFinished } from 'vitest'
import type { AssayProcess } from '../../tools/assay-process/start-assay.ts'
import type { PromSample } from '../../tools/statsd-exporter/parse-exposition.ts'
import { assay as runCommand } from '../cli/support.ts'
import { type Series, type Strictness, unanswered } from '../generate/asked/asked.ts'
import { askedOfGrafana, askedOfRules } from '../generate/asked/of-prometheus.ts'
import { contract } from './support.ts'

/** Every kind of rule, with times that a test can wait for. */
const RULES = `  - { id: shaped, schema: ./n.schema.json }
  - { id: promised, assert: $exists(n) }
  - { id: tolerant, assert: n >= 0, tolerance: { warn: 1%, fail: 10%, over: 10s, minimumEvents: 5 } }
  - { id: strict, assert: n >= 0, tolerance: none }
  - { id: applies, when: n > 5, assert: n > 0, severity: warning }
  - { id: tried, assert: n > 100, mode: shadow }
  - { id: flowing, freshness: { within: 2s } }
  - { id: occurred, freshness: { within: 5s, field: at } }
  - { id: enough, volume: { over: 1s, min: 1 } }
  - { id: burning, assert: "($f := function($n) { $n > 0 ? $f($n - 1) : true }; $f(100000000))" }
`
const PROMISES = `promises:
  validity: { objective: 99, window: 30m }
  freshness: { rule: flowing, objective: 99 }`

/** What comes only after a while: with a window that is closed, or a rule that was too expensive too often. */
export const LATE_METRICS = ['dq.volume.events', 'dq.rules.suspended', 'dq.promise.budget_left']

/** `assay run` with what queries go by: an environment, a version, and rules that are watched. */
export const FLAGS = ['--from', 'earliest', '--reload', '500ms']
export const ENV = { DD_ENV: 'test', DD_VERSION: '1' }

/** Files of a contract whose promises are kept and broken within seconds. */
export function hastyFiles(topic: string, domain = 'test'): Record<string, string> {
  const text = contract(topic, RULES, topic.toLowerCase(), PROMISES)
  return {
    'hasty.contract.yaml': text.replace('domain: test', `domain: ${domain}`),
    'n.schema.json': '{"type":"object","required":["n"]}',
  }
}

/** Good and bad events for it, and records that are none. */
export function hastyEvents(): Message[] {
  const good = Array.from({ length: 40 }, (_, n) => event(n))
  return [...good, event(-1), { value: 'no json' }, { value: '{"n":1,"at":"soon"}' }, { value: null }]
}

function event(n: number): Message {
  return { value: JSON.stringify({ n, at: new Date().toISOString() }) }
}

/** The files that `assay generate` writes for a system, by path. */
export async function generated(target: string, rules: string): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), `assay-${target}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { exitCode, err } = await runCommand(['generate', target, rules, '--out', folder, '--env', 'test'])
  expect([exitCode, err]).toEqual([0, ''])
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

/** What a service shows to Prometheus. */
export async function metricsOf(service: AssayProcess): Promise<string> {
  return (await fetch(`${await service.http()}/metrics`)).text()
}

export function seriesOf(samples: readonly PromSample[]): Series[] {
  return samples.map(({ name, labels }) => ({ name, tags: labels }))
}

/** What nothing of `series` answers, in rules and dashboards for Prometheus. */
export function unansweredOfPrometheus(
  rules: ReadonlyMap<string, string>,
  dashboards: ReadonlyMap<string, string>,
  series: readonly Series[],
  strictness: (metric: string) => Strictness,
): string[] {
  const { asked, recorded } = askedOfRules(rules)
  return unanswered([...asked, ...askedOfGrafana(dashboards)], [...series, ...recorded], strictness)
}
