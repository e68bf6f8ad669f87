import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import type { Sample } from '../../src/model/sample.ts'
import { mergeSamples, seriesKey } from '../../src/telemetry/merge.ts'
import { count, distribution, gauge } from '../../src/telemetry/samples.ts'

const A = { domain: 'ads', topic: 'a' }
const B = { domain: 'ads', topic: 'b' }
const CONTRACT = { domain: 'ads', team: 't', contract: 'c', topic: 'a' }

const durations = (...values: readonly number[]) => distribution('dq.evaluate.duration', CONTRACT, values)

describe('samples that were not taken, with newer ones', () => {
  test('counts of one series add up', () => {
    expect(mergeSamples([count('dq.offset_gap', A, 2)], [count('dq.offset_gap', A, 3)])).toEqual([
      count('dq.offset_gap', A, 5),
    ])
  })

  test('of gauges the newest holds', () => {
    expect(mergeSamples([gauge('dq.topic.missing', A, 1)], [gauge('dq.topic.missing', A, 0)])).toEqual([
      gauge('dq.topic.missing', A, 0),
    ])
  })

  test('distributions keep all values, the newest up to a bound', () => {
    expect(mergeSamples([durations(1, 2)], [durations(3)])).toEqual([durations(1, 2, 3)])
    let kept: Sample[] = []
    for (let flush = 0; flush < 100; flush++)
      kept = mergeSamples(kept, [durations(...Array.from({ length: 100 }, () => flush))])
    expect(kept).toHaveLength(1)
    const [sample] = kept
    expect(sample?.type === 'distribution' && sample.values.length).toBe(1000)
    expect(sample?.type === 'distribution' && sample.values.at(-1)).toBe(99)
  })

  test('series with other names or tags stay apart, also those of which there is nothing new', () => {
    const merged = mergeSamples(
      [count('dq.offset_gap', A, 2), count('dq.offset_gap', B, 7)],
      [count('dq.numbers.rounded', A, 3), count('dq.offset_gap', A, 1)],
    )
    expect(merged).toEqual([
      count('dq.offset_gap', A, 3),
      count('dq.offset_gap', B, 7),
      count('dq.numbers.rounded', A, 3),
    ])
  })

  test('counts of one series that stand twice among the older ones are not lost', () => {
    const twice = [count('dq.offset_gap', A, 2), count('dq.offset_gap', A, 3)]
    expect(mergeSamples(twice, [count('dq.offset_gap', A, 4)])).toEqual([count('dq.offset_gap', A, 9)])
    expect(mergeSamples(mergeSamples([], twice), [])).toEqual([count('dq.offset_gap', A, 5)])
  })

  test('what was given is left as it is', () => {
    const older = [count('dq.offset_gap', A, 2)]
    mergeSamples(older, [count('dq.offset_gap', A, 3)])
    expect(older).toEqual([count('dq.offset_gap', A, 2)])
  })

  test('no count is lost or made up, however many flushes fail', () => {
    const samples = fc.array(
      fc
        .record({ topic: fc.constantFrom('a', 'b', 'c'), value: fc.nat(1000) })
        .map(({ topic, value }) => count('dq.offset_gap', { domain: 'ads', topic }, value)),
    )
    fc.assert(
      fc.property(fc.array(samples), (flushes) => {
        const kept = flushes.reduce<Sample[]>((unsent, newer) => mergeSamples(unsent, newer), [])
        expect(totalsOf(kept)).toEqual(totalsOf(flushes.flat()))
        expect(new Set(kept.map(seriesKey)).size).toBe(kept.length)
      }),
    )
  })
})

function totalsOf(samples: readonly Sample[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const sample of samples) {
    if (sample.type === 'count') totals[seriesKey(sample)] = (totals[seriesKey(sample)] ?? 0) + sample.value
  }
  return totals
}

test('a gauge is never below 0, for outside Datadog that is a difference', () => {
  expect(gauge('dq.topic.missing', A, -1)).toMatchObject({ value: 0 })
})
