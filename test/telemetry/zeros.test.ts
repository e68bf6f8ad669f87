import { describe, expect, test } from 'vitest'
import { seriesOf } from '../../src/generate/series.ts'
import type { Sample } from '../../src/model/sample.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import type { MetricRow } from '../../src/telemetry/catalogue.ts'
import { seriesKey } from '../../src/telemetry/merge.ts'
import { ruleTags } from '../../src/telemetry/tags.ts'
import { processZeros, topicZeros, zerosToSend } from '../../src/telemetry/zeros.ts'
import { topicOf } from '../engine/topics.ts'

const TOPIC = topicOf([
  { id: 'one', assert: 'n > 0' },
  { id: 'two', when: 'n != 5', assert: 'n > 0', severity: 'warning' },
  { id: 'tried', assert: 'n > 0', mode: 'shadow' },
  { id: 'flows', freshness: { within: '5m', field: 'at' } },
])
const CONTRACTS = TOPIC.contracts.map(({ contract }) => contract)

const ofTopic = (topic = TOPIC, maxSeries = 1000) =>
  topicZeros(topic, 'ads', ruleTags(topic.contracts, maxSeries))
const ALL = [...ofTopic(), ...processZeros('ads')]

/** Samples of a metric by the values of some of their tags. */
function shown(samples: readonly Sample[], name: string, ...tags: readonly string[]): string[] {
  return samples
    .filter((sample) => sample.name === name)
    .map((sample) => tags.map((tag) => sample.tags[tag]).join(' '))
}

/** Series by metric. */
function numbers(samples: readonly Sample[]): Record<string, number> {
  const byName = Map.groupBy(samples, ({ name }) => name)
  return Object.fromEntries([...byName].map(([name, { length }]) => [name, length]))
}

test('there is one for every count of the catalogue, with its tags in their order, each series once', () => {
  const counts = Object.entries<MetricRow>(CATALOGUE).filter(([, { type }]) => type === 'count')
  expect(Object.keys(numbers(ALL)).toSorted()).toEqual(counts.map(([name]) => name).toSorted())
  for (const { name, tags } of ALL) expect(Object.keys(tags)).toEqual(CATALOGUE[name].tags)
  expect(new Set(ALL.map(seriesKey)).size).toBe(ALL.length)
  expect(ALL.every((sample) => sample.type === 'count' && sample.value === 0)).toBe(true)
})

test('every result that a rule can have has one; those of rules in the shadow under their own name', () => {
  expect(shown(ALL, 'dq.rule.evaluations', 'rule', 'severity', 'result')).toEqual([
    'one error pass',
    'one error fail',
    'one error error',
    'two warning pass',
    'two warning fail',
    'two warning error',
    'two warning skip',
    'flows error pass',
    'flows error fail',
    'flows error skip',
  ])
  expect(shown(ALL, 'dq.shadow.evaluations', 'rule', 'result')).toContain('tried fail')
})

test('rules past the bound of series have their folded name', () => {
  expect(new Set(shown(ofTopic(TOPIC, 4), 'dq.rule.evaluations', 'rule'))).toEqual(new Set(['one', 'other']))
})

describe('those that are sent to receivers which bill a series', () => {
  const sent = zerosToSend(ALL)

  test('are a fail of each contract and rule, and one of each other fault', () => {
    expect(shown(sent, 'dq.events', 'result')).toEqual(['fail'])
    expect(shown(sent, 'dq.rule.evaluations', 'rule', 'result')).toEqual([
      'one fail',
      'two fail',
      'flows fail',
    ])
    expect(shown(sent, 'dq.expression.differences', 'rule')).toEqual(['one'])
    expect(shown(sent, 'dq.records.rejected', 'reason')).toEqual(['not_json'])
    expect(shown(sent, 'dq.rules.reload', 'result')).toEqual(['error'])
  })

  test('are never more series than are announced', () => {
    const announced = new Map(
      seriesOf(CONTRACTS, { hosts: 1, partitions: 1 }).map(({ name, series }) => [name as string, series]),
    )
    for (const [name, series] of Object.entries(numbers(sent))) {
      expect(series, name).toBeLessThanOrEqual(announced.get(name) ?? 0)
    }
  })

  test('leave out only what comes by itself: heartbeats, formats, rebalances', () => {
    const left = Object.keys(numbers(ALL)).filter((name) => !(name in numbers(sent)))
    expect(left.toSorted()).toEqual(['dq.heartbeat', 'dq.rebalances', 'dq.records.recognised'])
  })
})
