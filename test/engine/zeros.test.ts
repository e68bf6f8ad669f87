import { beforeEach, describe, expect, test } from 'vitest'
import { PrometheusSink } from '../../src/adapters/prometheus/sink.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import type { MetricRow } from '../../src/telemetry/catalogue.ts'
import { assigned } from './memory.ts'
import { FLUSH_MS, RunningEngine } from './running.ts'
import { topicOf, topicsOf } from './topics.ts'

const OTHER_TOPIC = 'ads.other'
const [OTHER] = topicsOf({ id: 'other', topic: OTHER_TOPIC })

let prometheus: PrometheusSink
let running: RunningEngine

const ruled = (...ids: readonly string[]) => topicOf(ids.map((id) => ({ id, assert: 'n > 0' })))
const linesOf = async (...parts: readonly string[]) =>
  (await prometheus.scrape()).body.split('\n').filter((line) => parts.every((part) => line.includes(part)))
const valuesOf = async (...parts: readonly string[]) =>
  (await linesOf(...parts)).map((line) => Number(line.split(' ').at(-1)))

beforeEach(() => {
  prometheus = new PrometheusSink({})
  running = new RunningEngine([ruled('one'), ...(OTHER === undefined ? [] : [OTHER])], {}, [prometheus])
})

test('every count whose 0 is sent is in the first flush, with nothing judged and no registry', async () => {
  await running.clock.pass(FLUSH_MS)
  const sent = new Set(running.sink.taken[0]?.map(({ name }) => name as string))
  const counts = Object.entries<MetricRow>(CATALOGUE).filter(([, { type }]) => type === 'count')
  const missing = counts.filter(([name, { zero }]) => zero !== 'never' && !sent.has(name))
  // No rule of these is in the shadow.
  expect(missing.map(([name]) => name)).toEqual(['dq.shadow.evaluations'])
  expect(sent).toContain('dq.registry.unavailable')
})

describe('counts stand at 0 on /metrics', () => {
  test('as soon as a topic is assigned: before an event is judged, and before a flush', async () => {
    expect(await valuesOf('dq_rule_evaluations_total{', 'rule="one"')).toEqual([0, 0, 0])
    expect(await valuesOf('dq_events_total{', 'contract="ads.ad-published"')).toEqual([0, 0, 0, 0, 0, 0])
    expect(await valuesOf('dq_heartbeat_total{')).toEqual([0])
    expect(await valuesOf('dq_commit_failures_total{')).toEqual([0])
    expect(running.sink.taken).toEqual([])
  })

  test('and grow from there by what is counted, exactly', async () => {
    await running.consume({ n: 1 }, { n: 0 }, { n: 2 })
    await running.clock.pass(FLUSH_MS)
    expect(await valuesOf('dq_rule_evaluations_total{', 'rule="one"', 'result="pass"')).toEqual([2])
    expect(await valuesOf('dq_rule_evaluations_total{', 'rule="one"', 'result="fail"')).toEqual([1])
    running.source.handler.onAssigned([assigned()], true)
    expect(await valuesOf('dq_rule_evaluations_total{', 'rule="one"', 'result="pass"')).toEqual([2])
  })

  test('not of topics that another member owns, however often the group is joined', async () => {
    running.source.handler.onAssigned([assigned()], false)
    await running.clock.pass(FLUSH_MS)
    expect(await linesOf(OTHER_TOPIC, '_total{')).toEqual([])
    expect(running.sink.samples('dq.events', { topic: OTHER_TOPIC })).toEqual([])
  })

  test('and over StatsD, once, of a topic that comes with a rebalance', async () => {
    await running.clock.pass(FLUSH_MS)
    running.source.handler.onAssigned([assigned({ topic: OTHER_TOPIC })], false)
    await running.clock.pass(2 * FLUSH_MS)
    expect(await valuesOf('dq_events_total{', OTHER_TOPIC)).toEqual([0, 0, 0, 0, 0, 0])
    expect(running.sink.samples('dq.events', { topic: OTHER_TOPIC })).toMatchObject([{ value: 0 }])
    expect(running.sink.samples('dq.offset_gap')).toHaveLength(2)
  })

  test('of rules that come with a reload, at once', async () => {
    running.engine.rules.replace({ topics: [ruled('one', 'new')], hash: 'bbb' })
    expect(await valuesOf('dq_rule_evaluations_total{', 'rule="new"')).toEqual([0, 0, 0])
  })
})
