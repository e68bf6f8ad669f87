import { beforeEach, describe, expect, test } from 'vitest'
import { PrometheusSink } from '../../../src/adapters/prometheus/sink.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { count, distribution, gauge } from '../../../src/telemetry/samples.ts'

const TOPIC = { domain: 'ads', topic: 'a' }
const CONTRACT = { domain: 'ads', team: 't', contract: 'c', topic: 'a' }
const LAG = { ...TOPIC, consumer_group: 'g', partition: '0' }

let sink: PrometheusSink

beforeEach(() => {
  sink = new PrometheusSink({ env: 'test', service: 'assay-ads', 'dd.internal.entity_id': 'x' })
})

/** The lines of `/metrics` that carry values of a metric. */
async function linesOf(name: string): Promise<string[]> {
  const { body } = await sink.scrape()
  return body.split('\n').filter((line) => line.startsWith(`${name}{`))
}

describe('names', () => {
  test('are those of the catalogue by Prometheus’ rules', async () => {
    const { body, contentType } = await sink.scrape()
    expect(contentType).toContain('text/plain')
    const suffixes = { count: '_total', gauge: '', distribution: '_seconds' }
    for (const [name, { type }] of Object.entries(CATALOGUE)) {
      expect(body).toContain(`# TYPE ${name.replaceAll('.', '_')}${suffixes[type]} `)
    }
  })

  test('of labels are made fit for Prometheus, and global tags are on every series', async () => {
    await sink.send([count('dq.offset_gap', TOPIC, 1)])
    const [line] = await linesOf('dq_offset_gap_total')
    for (const label of [
      'domain="ads"',
      'topic="a"',
      'env="test"',
      'service="assay-ads"',
      'dd_internal_entity_id="x"',
    ])
      expect(line).toContain(label)
  })

  test('of values are quoted', async () => {
    await sink.send([count('dq.offset_gap', { ...TOPIC, topic: 'a"b\\c' }, 1)])
    expect((await linesOf('dq_offset_gap_total'))[0]).toContain('topic="a\\"b\\\\c"')
  })
})

test('counts add up from flush to flush, also of 0, by series', async () => {
  await sink.send([count('dq.offset_gap', TOPIC, 2), count('dq.offset_gap', { ...TOPIC, topic: 'b' }, 0)])
  await sink.send([count('dq.offset_gap', TOPIC, 3)])
  const lines = await linesOf('dq_offset_gap_total')
  expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['5', '0'])
})

test('counts that begin stand at 0, and are not set back if they have grown', async () => {
  sink.begin([count('dq.offset_gap', TOPIC, 0)])
  expect((await linesOf('dq_offset_gap_total'))[0]).toMatch(/ 0$/)
  await sink.send([count('dq.offset_gap', TOPIC, 2)])
  sink.begin([count('dq.offset_gap', TOPIC, 0)])
  expect((await linesOf('dq_offset_gap_total')).map((line) => line.split(' ').at(-1))).toEqual(['2'])
})

test('distributions are histograms with sum and count', async () => {
  await sink.send([distribution('dq.evaluate.duration', CONTRACT, [0.002, 0.004])])
  expect((await linesOf('dq_evaluate_duration_seconds_count'))[0]).toMatch(/ 2$/)
  expect((await linesOf('dq_evaluate_duration_seconds_sum'))[0]).toMatch(/ 0\.006$/)
  const buckets = await linesOf('dq_evaluate_duration_seconds_bucket')
  expect(buckets.find((line) => line.includes('le="0.003"'))).toMatch(/ 1$/)
})

const lag = () => linesOf('dq_consumer_lag_offsets')

describe('a gauge', () => {
  test('has its newest value', async () => {
    await sink.send([gauge('dq.consumer.lag_offsets', LAG, 5)])
    await sink.send([gauge('dq.consumer.lag_offsets', LAG, 3)])
    expect((await lag()).map((line) => line.split(' ').at(-1))).toEqual(['3'])
  })

  test('vanishes when its series is no longer sent', async () => {
    await sink.send([
      gauge('dq.consumer.lag_offsets', LAG, 5),
      gauge('dq.consumer.lag_offsets', { ...LAG, partition: '1' }, 5),
    ])
    await sink.send([gauge('dq.consumer.lag_offsets', LAG, 5)])
    expect(await lag()).toHaveLength(1)
  })

  test('vanishes when only others are sent', async () => {
    await sink.send([gauge('dq.consumer.lag_offsets', LAG, 5)])
    await sink.send([gauge('dq.topic.missing', TOPIC, 0)])
    expect(await lag()).toEqual([])
  })

  test('vanishes when no gauge is sent at all: this member owns nothing any more', async () => {
    await sink.send([gauge('dq.consumer.lag_offsets', LAG, 5)])
    await sink.send([count('dq.rebalances', { domain: 'ads' }, 1)])
    expect(await lag()).toEqual([])
  })
})

test('a closed sink has nothing to tell', async () => {
  await sink.send([count('dq.offset_gap', TOPIC, 2)])
  await sink.close()
  expect((await sink.scrape()).body.trim()).toBe('')
})

const isCurrent = (tags: Readonly<Record<string, string>>) => tags['topic'] !== 'gone'
const topics = async () =>
  (await linesOf('dq_offset_gap_total')).map((line) => /topic="(\w+)"/.exec(line)?.[1])

describe('series of what is gone', () => {
  const GONE = { ...TOPIC, topic: 'gone' }
  beforeEach(async () => {
    await sink.send([count('dq.offset_gap', TOPIC, 1), count('dq.offset_gap', GONE, 2)])
  })

  test('are read once more, and then no more; others stay', async () => {
    sink.keepOnly(isCurrent)
    expect(await topics()).toEqual(['a', 'gone'])
    expect(await topics()).toEqual(['a'])
  })

  test('of distributions end too', async () => {
    await sink.send([distribution('dq.evaluate.duration', { ...CONTRACT, topic: 'gone' }, [0.1])])
    sink.keepOnly(isCurrent)
    expect(await linesOf('dq_evaluate_duration_seconds_count')).toHaveLength(1)
    expect(await linesOf('dq_evaluate_duration_seconds_count')).toEqual([])
  })

  test('stay if they come again before they were read', async () => {
    sink.keepOnly(isCurrent)
    await sink.send([count('dq.offset_gap', GONE, 3)])
    await topics()
    expect((await linesOf('dq_offset_gap_total'))[1]).toMatch(/ 5$/)
  })

  test('that never were more than 0 end too', async () => {
    sink.begin([count('dq.offset_gap', { ...GONE, domain: 'other' }, 0)])
    sink.keepOnly(isCurrent)
    expect(await topics()).toHaveLength(3)
    expect(await topics()).toEqual(['a'])
  })

  test('do not wait for ever for somebody who reads them', async () => {
    sink.keepOnly(isCurrent)
    for (let flush = 0; flush < 60; flush++) await sink.send([])
    expect(await topics()).toEqual(['a'])
  })
})
