import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../src/generate/settings.ts'
import { TARGETS } from '../../src/generate/targets.ts'
import { assay, clients, contract, createTopic, folderWith, receiver, uniqueName } from './support.ts'

const HEAD = `promises:
  validity: { objective: 99, window: 30m }
  freshness: { rule: flowing, objective: 99 }`

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

/** What is sent only of a fault that this test does not provoke. */
const UNPROVOKED = new Set([
  'dq.offset_gap',
  'dq.expression.differences',
  'dq.registry.unavailable',
  'dq.registry.requests',
  'dq.schema.changes',
  'dq.numbers.rounded',
  'dq.commit.failures',
  'dq.metrics.send_failures',
])

const event = (n: number) => ({ value: JSON.stringify({ n, at: new Date().toISOString() }) })

interface Asked {
  readonly metric: string
  readonly tags: readonly string[]
}

/** Metrics and keys of tags that queries of Datadog name. */
function askedOfDatadog(text: string): Asked[] {
  return Array.from(
    text.matchAll(/\b(dq\.[a-z_.]+)\{([^}]*)\}(?: by \{([^}]*)\})?/g),
    ([, metric, filter, by]) => ({
      metric: metric ?? '',
      tags: [
        ...Array.from((filter ?? '').matchAll(/!?([a-z_]+):/g), ([, key]) => key ?? ''),
        ...(by ?? '').split(',').filter((key) => key !== ''),
      ],
    }),
  )
}

/** Metrics and keys of labels that expressions of PromQL name. */
function askedOfPrometheus(text: string): Asked[] {
  return Array.from(
    text.matchAll(/(?<![:\w])(dq_(?!check\b)[a-z_]+)(?:\{([^}]*)\})?/g),
    ([, metric, filter]) => ({
      metric: metric ?? '',
      tags: Array.from((filter ?? '').matchAll(/([a-z_]+)(?:=~|!~|!=|=)/g), ([, key]) => key ?? ''),
    }),
  )
}

test('all metrics and tags that generated queries name are sent by the service', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('generated')
  await createTopic(admin, topic)
  const text = contract(topic, RULES, topic.toLowerCase(), HEAD)
  const rules = folderWith({ 'a.contract.yaml': text, 'n.schema.json': '{"type":"object","required":["n"]}' })
  const statsd = await receiver()
  const flags = ['--from', 'earliest', '--reload', '500ms']
  const service = assay({ rules, group: uniqueName('assay'), statsd, flags, env: { DD_ENV: 'test' } })

  await producer.send({ topic, messages: Array.from({ length: 60 }, (_, n) => event(n)) })
  await statsd.until(
    () => statsd.count('dq.events', { result: 'fail' }) + statsd.count('dq.events', { result: 'pass' }) > 0,
    30_000,
  )
  await producer.send({
    topic,
    messages: [
      ...Array.from({ length: 60 }, () => event(-1)),
      { value: 'no json' },
      { value: '{"n":1,"at":"soon"}' },
      { value: null },
    ],
  })
  await statsd.until(() => statsd.count('dq.status.changes', { status: 'breached' }) > 0, 30_000)
  await statsd.until(() => statsd.gauge('dq.volume.events') !== undefined, 20_000)
  await statsd.until(() => statsd.gauge('dq.rules.suspended') !== undefined, 20_000)
  writeFileSync(join(rules, 'a.contract.yaml'), text.replace('assert: n > 0', 'asert: n > 0'))
  await statsd.until(() => statsd.gauge('dq.rules.stale') === 1, 20_000)

  const read = parseContract('a.contract.yaml', text)
  if (read.contract === undefined) throw new Error(JSON.stringify(read.problems))
  const settings = { ...DEFAULT_GENERATE_SETTINGS, env: 'test' }
  const textOf = (name: string) =>
    TARGETS.find((target) => target.name === name)
      ?.generate([read.contract ?? never()], settings)
      .filter(({ path }) => !path.endsWith('.test.yaml') && !path.endsWith('.mapping.yaml'))
      .map((file) => file.text)
      .join('\n') ?? never()

  const sent = Map.groupBy(statsd.lines, ({ name }) => name)
  const asked = askedOfDatadog(textOf('datadog'))
  const lost = asked.filter(({ metric, tags }) => {
    if (UNPROVOKED.has(metric)) return false
    return !sent.get(metric)?.some((line) => tags.every((key) => key in line.tags))
  })
  expect(lost).toEqual([])
  expect(new Set(asked.map(({ metric }) => metric)).size).toBeGreaterThan(15)

  const shown = (await (await fetch(`${await service.http()}/metrics`)).text()).split('\n')
  const unprovoked = new Set([...UNPROVOKED].map((name) => name.replaceAll('.', '_')))
  for (const target of ['prometheus', 'grafana']) {
    const absent = askedOfPrometheus(textOf(target)).filter(({ metric, tags }) => {
      if (unprovoked.has(metric.replace(/_total$/, ''))) return false
      return !shown.some(
        (line) => line.startsWith(`${metric}{`) && tags.every((key) => line.includes(`${key}="`)),
      )
    })
    expect(absent, target).toEqual([])
  }
})

function never(): never {
  throw new Error('it is not there')
}
