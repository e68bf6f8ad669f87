import { describe, expect, test } from 'vitest'
import { seriesOf } from '../../src/generate/series.ts'
import { assay } from '../cli/support.ts'
import { contractsBelow, EVERY_KIND } from './support.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)

/** Series by metric. */
function series(hosts = 1, partitions = 12): Record<string, number> {
  return Object.fromEntries(
    seriesOf(CONTRACTS, { hosts, partitions }).map((metric) => [metric.name, metric.series]),
  )
}

test('each metric counts its own tags; tags that follow from others add nothing', () => {
  expect(series()).toMatchObject({
    'dq.events': 3 * 6,
    // Ten rules of shop.orders (one of them in the shadow), two of shop.returns, one of warehouse.stock.
    'dq.rule.evaluations': (9 + 2 + 1) * 4,
    'dq.shadow.evaluations': 4,
    'dq.evaluate.duration': 3 * 10,
    'dq.consumer.lag_seconds': 2 * 12,
    'dq.volume.events': 1,
    'dq.promise.status': 4,
  })
})

test('hosts multiply all, partitions the lag', () => {
  const [one, three] = [series(1, 12), series(3, 24)]
  expect(three['dq.events']).toBe((one['dq.events'] ?? 0) * 3)
  expect(three['dq.consumer.lag_offsets']).toBe((one['dq.consumer.lag_offsets'] ?? 0) * 6)
})

describe('assay validate', () => {
  test('warns above the budget with what costs most, and fails only if it is strict', async () => {
    const args = ['validate', EVERY_KIND, '--series-budget', '100']
    const { exitCode, out } = await assay(args)
    expect(exitCode).toBe(0)
    expect(out).toMatch(
      /warning: the rules come to \d+ time series at most, more than the budget of 100: dq\.rule\.evaluations 48, .*\[SERIES_OVER_BUDGET\]/,
    )
    expect((await assay([...args, '--strict'])).exitCode).toBe(2)
  })

  test.each([
    ['--series-budget', 'many'],
    ['--hosts', '0'],
    ['--partitions', '-1'],
  ])('%s %s is refused', async (flag, value) => {
    const { exitCode, err } = await assay(['validate', EVERY_KIND, flag, value])
    expect(exitCode).toBe(2)
    expect(err).toContain('It must be a whole number from 1.')
  })

  test('machines get problems alone', async () => {
    const { out } = await assay(['validate', EVERY_KIND, '--output', 'json'])
    expect(() => JSON.parse(out) as unknown).not.toThrow()
  })
})
