import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import type { AssayProcess } from '../../tools/assay-process/start-assay.ts'
import { freePorts } from '../../tools/child-process/free-port.ts'
import { hasPrometheus, startPrometheus } from '../../tools/prometheus/start-prometheus.ts'
import type { Prometheus, PrometheusAlert } from '../../tools/prometheus/start-prometheus.ts'
import { fakeRegistry, json } from '../adapters/schema-registry/fake-registry.ts'
import { assay as command } from '../cli/support.ts'
import {
  assay,
  clients,
  contract,
  createTopic,
  deleteRecords,
  ends,
  folderWith,
  isAssigned,
  POSITIVE,
  uniqueName,
} from './support.ts'

/** Time in the rules runs so many times faster than they say. What contracts ask for (`over`, `within`) is as short as it is written. */
const HASTE = 120
const SCRAPE_MS = 500
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const PROMISED = `promises:
  validity: { objective: 99, window: 30m }`

const FLOW = `  - { id: promised, assert: $exists(n) }
  - { id: tolerant, assert: n >= 0, tolerance: { warn: 1%, fail: 10%, over: 6s, minimumEvents: 5 } }
  - { id: strict, assert: n >= 0, tolerance: none }
  - { id: applies, when: kind = "a", assert: n < 5, tolerance: { fail: 50%, over: 6s, minimumEvents: 5 } }
  - { id: broken, assert: $number(text) > 0 }
  - { id: burning, assert: "($f := function($n) { $n > 0 ? $f($n - 1) : true }; $f(load))" }
`
const GOOD = { n: 1, kind: 'a', text: '1', load: 1 }
const RENAMED = { n: 1, sort: 'a', text: '1', load: 1 }
const BAD = { n: -1, sort: 'a', text: 'one', load: 1e8 }

const FRESH = `promises:
  freshness: { rule: flowing, objective: 99 }`

const SILENT = `  - { id: flowing, freshness: { within: 3s } }
  - { id: occurred, freshness: { within: 3s, field: at } }
  - { id: enough, volume: { over: 2s, min: 1 } }
`

const MANY = Array.from({ length: 40 }, (_, index) => `  - { id: r${index}, assert: true = true }\n`).join('')

/** A fault of Assay, and one of brokers that go on to take heartbeats: played by promtool alone. */
const UNPROVOKED = new Set(['AssayExpressionDifferences', 'AssayCommitFailures'])

const SCHEMA = JSON.stringify({ type: 'record', name: 'N', fields: [{ name: 'n', type: 'long' }] })
const FRAMED = Buffer.from([0, 0, 0, 0, 1, 2])

function shorter(count: string, unit: string): string {
  return `${(Number(count) * (unit === 'h' ? HOUR_MS : MINUTE_MS)) / HASTE}ms`
}

/** Alert rules in which an hour is half a minute. */
function hastened(text: string): string {
  return text
    .replaceAll(/\[(\d+)([mh])\]/g, (_, count: string, unit: string) => `[${shorter(count, unit)}]`)
    .replaceAll(
      /(for:|offset) (\d+)([mh])\b/g,
      (_, word: string, count: string, unit: string) => `${word} ${shorter(count, unit)}`,
    )
    .replaceAll(/(dq_consumer_lag_seconds\S*\) > )120$/gm, '$13')
}

/** What `assay generate prometheus` writes of a folder of contracts, made fast. */
async function ruleFiles(rules: string): Promise<ReadonlyMap<string, string>> {
  const out = folderWith({})
  const flags = ['--out', out, '--env', 'test', '--retention', '12s']
  expect(await command(['generate', 'prometheus', rules, ...flags])).toMatchObject({ exitCode: 0, err: '' })
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' })
  const files = paths.filter((path) => path.endsWith('.rules.yaml'))
  return new Map(files.map((path) => [path, hastened(readFileSync(join(out, path), 'utf8'))]))
}

/** Writes ten times a second what `next` says at the time, until the test ends. */
function flow(producer: Producer, next: () => Readonly<Record<string, readonly (object | Buffer)[]>>): void {
  const over = new AbortController()
  const flowing = (async () => {
    while (!over.signal.aborted) {
      const topicMessages = Object.entries(next()).map(([topic, events]) => ({
        topic,
        messages: events.map((event) => ({ value: Buffer.isBuffer(event) ? event : JSON.stringify(event) })),
      }))
      await producer.sendBatch({ topicMessages })
      await delay(100)
    }
  })()
  onTestFinished(async () => {
    over.abort()
    await flowing
  })
}

async function firing(prometheus: Prometheus): Promise<PrometheusAlert[]> {
  return (await prometheus.alerts()).filter(({ state }) => state === 'firing')
}

/** What fires now, as name and contract; the name alone where an alert is about a topic or a domain. */
async function namesFiring(prometheus: Prometheus): Promise<string[]> {
  const alerts = await firing(prometheus)
  const names = alerts.map(({ labels }) => [labels['alertname'], labels['contract']].join(' ').trim())
  return [...new Set(names)].toSorted()
}

async function hostOf(service: AssayProcess): Promise<string> {
  return new URL(await service.http()).host
}

test.skipIf(!hasPrometheus())(
  'each generated alert fires in a Prometheus when the flow is broken, and recovers when it is mended',
  async () => {
    const { admin, producer } = await clients()
    const [flowing, silent, framed, plain, absent, dying] = [
      uniqueName('flow'),
      uniqueName('silent'),
      uniqueName('framed'),
      uniqueName('plain'),
      uniqueName('absent'),
      uniqueName('dying'),
    ]
    for (const topic of [flowing, silent, framed, plain, dying]) await createTopic(admin, topic)
    const strict = contract(flowing, FLOW, 'flow', PROMISED)
    const rules = folderWith({
      'flow.contract.yaml': strict,
      'silent.contract.yaml': contract(silent, SILENT, 'silent', FRESH),
      'framed.contract.yaml': contract(framed, POSITIVE, 'framed'),
      'plain.contract.yaml': contract(plain, POSITIVE, 'plain'),
      'absent.contract.yaml': contract(absent, POSITIVE, 'absent'),
    })
    const dyingRules = folderWith({ 'dying.contract.yaml': contract(dying, POSITIVE, 'dying') })
    const dyingFiles = [...(await ruleFiles(dyingRules))].filter(([path]) => path.startsWith('contracts/'))
    const files = new Map([...(await ruleFiles(rules)), ...dyingFiles])
    const names = [...files.values()].flatMap((text) =>
      Array.from(text.matchAll(/- alert: (\S+)/g), ([, name]) => name),
    )
    const all = [...new Set(names)].filter((name) => name !== undefined && !UNPROVOKED.has(name)).toSorted()

    const [registryPort = 0] = await freePorts(1)
    const env = { DD_ENV: 'test', SCHEMA_REGISTRY_URL: `http://127.0.0.1:${registryPort}` }
    const flags = ['--reload', '500ms', '--max-series', '100']
    const service = assay({ rules, group: uniqueName('assay'), flags, env })
    const other = { rules: dyingRules, group: uniqueName('assay'), env }
    const mortal = assay(other)
    await Promise.all([service.logged(isAssigned), mortal.logged(isAssigned)])
    let isBroken = false
    flow(producer, () => ({
      [flowing]: isBroken ? [BAD, BAD, RENAMED, RENAMED, RENAMED] : [GOOD, GOOD, GOOD, GOOD, GOOD],
      [silent]: isBroken ? [] : [{ n: 1, at: new Date().toISOString() }],
      [framed]: isBroken ? [FRAMED] : [{ n: 1 }],
      [plain]: isBroken ? [Buffer.from('no json')] : [{ n: 1 }],
      [dying]: [{ n: 1 }],
    }))
    const hosts = await Promise.all([hostOf(service), hostOf(mortal)])
    const prometheus = await startPrometheus(files, hosts, SCRAPE_MS)
    onTestFinished(() => prometheus.stop())
    await expect
      .poll(() => namesFiring(prometheus), { timeout: 30_000 })
      .toEqual(['AssayCheckerDead absent', 'AssayTopicMissing'])

    isBroken = true
    mortal.signal('SIGKILL')
    const deaf = assay({
      rules: folderWith({ 'plain.contract.yaml': contract(plain, POSITIVE, 'plain') }),
      group: uniqueName('assay'),
      flags: ['--statsd', 'nowhere.invalid:8125'],
      env: { DD_ENV: 'test' },
    })
    writeFileSync(join(rules, 'zoo.contract.yaml'), contract(silent, MANY, 'zoo'))
    await service.logged(({ msg }) => msg === 'Rules were loaded anew')
    writeFileSync(join(rules, 'wrong.contract.yaml'), 'rules: [')
    await prometheus.scrape([...hosts, await hostOf(deaf)])
    const fired = new Map<string, PrometheusAlert>()
    const namesFired = async () => {
      for (const alert of await firing(prometheus)) {
        const { alertname = '', contract: about } = alert.labels
        if (about !== 'absent' || alertname !== 'AssayCheckerDead') fired.set(alertname, alert)
      }
      return [...fired.keys()].toSorted()
    }
    await expect
      .poll(namesFired, { timeout: 40_000 })
      .toEqual(all.filter((name) => name !== 'AssayOffsetGap'))
    isBroken = false
    const lenient = strict.replace('n >= 0, tolerance: none', 'n >= -1, tolerance: none')
    writeFileSync(join(rules, 'flow.contract.yaml'), lenient)
    rmSync(join(rules, 'zoo.contract.yaml'))
    rmSync(join(rules, 'wrong.contract.yaml'))
    await deaf.stop()
    await createTopic(admin, absent)
    const end = (await ends(admin, framed))[0] ?? 0
    await deleteRecords(admin, framed, end - 1)
    await fakeRegistry((_, response) => json(response, 200, { schema: SCHEMA }), registryPort)
    await prometheus.scrape([await hostOf(service), await hostOf(assay(other))])
    await expect.poll(namesFired, { timeout: 30_000 }).toEqual(all)
    await expect.poll(() => namesFiring(prometheus), { timeout: 60_000 }).toEqual([])

    const told = [...fired.values()].flatMap(({ annotations }) => Object.values(annotations))
    expect(told.filter((text) => /\{\{|<no value>|error expanding/.test(text))).toEqual([])
    expect(fired.get('AssayRuleFails')?.annotations['summary']).toMatch(
      /^Rule (tolerant|broken) of flow fails for \d+(\.\d+)?% of the events that it judged$/,
    )
  },
)
