import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { NO_ERRORS, contractText, type Import, importText } from './support.ts'

/** A document of 3.1 with one object `Orders` of one time, and these quality rules and service levels. */
function document(quality: readonly object[], slaProperties: readonly object[] = []): string {
  return JSON.stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'orders',
    version: '1.0.0',
    status: 'active',
    domain: 'shop',
    team: { name: 'team-shop' },
    schema: [
      {
        name: 'Orders',
        physicalName: 'orders.v1',
        properties: [{ name: 'placed_at', logicalType: 'timestamp', quality }],
        quality: quality.filter((rule) => 'metric' in rule && rule.metric === 'rowCount'),
      },
    ],
    slaProperties,
  })
}

/** The rules of the one contract, but for that of its schema. */
function rulesOf(result: Import): object[] {
  const { rules } = parse(contractText(result)) as { rules: ({ id: string } & object)[] }
  return rules.filter(({ id }) => id !== 'shape')
}

describe('a service level about the age of data becomes a rule about freshness', () => {
  test.each([
    [{ property: 'latency', value: 5, unit: 'm' }, { within: '5m' }],
    [{ property: 'latency', value: '5', unit: 'minutes' }, { within: '5m' }],
    [{ property: 'freshness', value: 1.5, unit: 'h' }, { within: '90m' }],
    [{ property: 'frequency', value: 1, unit: 'd', element: 'Orders' }, { within: '1d' }],
    [
      { property: 'latency', value: 4, unit: 'd', element: 'Orders.placed_at' },
      { within: '4d', field: 'placed_at' },
    ],
    [{ property: 'latency', value: 4, unit: 'd', element: 'orders.v1' }, undefined],
  ])('%j', async (level, freshness) => {
    const result = await importText('odcs', document([], [level]))
    expect(result.exitCode).toBe(0)
    const [entry] = result.entries.filter(({ kind }) => kind === 'promise')
    expect(entry?.outcome).toBe(freshness ? 'imported' : 'listed')
    expect(rulesOf(result)).toEqual(
      freshness ? [{ id: level.property, dimension: 'timeliness', freshness }] : [],
    )
    expect(result.validated).toMatch(NO_ERRORS)
  })

  test.each([
    [{ property: 'latency', value: 5 }, 'no length of time'],
    [{ property: 'latency', value: 5, unit: 'y' }, 'no length of time'],
    [{ property: 'latency', value: 'soon', unit: 'm' }, 'no length of time'],
    [{ property: 'latency', value: 0, unit: 'm' }, 'no length of time'],
    [{ property: 'latency', value: -5, unit: 'm' }, 'no length of time'],
    [{ property: 'latency', value: 1e9, unit: 'w' }, 'no length of time'],
    [{ property: 'latency', value: 5, unit: 'm', element: 'Users.at' }, 'which is not in this object'],
    [{ property: 'latency', value: 5, unit: 'm', element: 'Orders.a`b' }, 'JSONata can’t write'],
  ])('but %j is listed', async (level, reason) => {
    const result = await importText('odcs', document([], [level]))
    expect(result.entries.filter(({ kind }) => kind === 'promise')).toMatchObject([
      { outcome: 'listed', reason: expect.stringContaining(reason) },
    ])
    expect(rulesOf(result)).toEqual([])
  })

  test('under an id that no other rule has', async () => {
    const levels = [
      { property: 'latency', value: 5, unit: 'm' },
      { property: 'latency', value: 1, unit: 'h' },
    ]
    const result = await importText('odcs', document([], levels))
    expect(rulesOf(result)).toMatchObject([{ id: 'latency' }, { id: 'latency_2' }])
  })
})

describe('a count of rows becomes a rule about volume', () => {
  const daily = [{ property: 'frequency', value: 1, unit: 'd' }]

  test.each([
    [{ mustBeBetween: [10, 20] }, { over: '1d', min: 10, max: 20 }],
    [{ mustBeGreaterThan: 0 }, { over: '1d', min: 1 }],
    [
      { mustBeGreaterOrEqualTo: 100, unit: 'rows' },
      { over: '1d', min: 100 },
    ],
    [{ mustBeLessThan: 100 }, { over: '1d', max: 99 }],
    [{ mustNotBe: 0 }, { over: '1d', min: 1 }],
    [{ mustBe: 24 }, { over: '1d', min: 24, max: 24 }],
    [{ mustBe: 0 }, { over: '1d', max: 0 }],
  ])('%j', async (threshold, volume) => {
    const result = await importText('odcs', document([{ metric: 'rowCount', ...threshold }], daily))
    expect(rulesOf(result)).toContainEqual({ id: 'row_count', dimension: 'completeness', volume })
    expect(result.notes).toContain('`rowCount` names no time: `over: 1d` was taken from `frequency`')
    expect(result.validated).toMatch(NO_ERRORS)
  })

  test.each([
    [{ mustBeGreaterThan: 0 }, [], 'in which time so many events must come is not said'],
    [{ mustBeGreaterOrEqualTo: 0 }, daily, 'met by every stream'],
    [{ mustBeLessThan: 0 }, daily, 'no number of rows meets'],
    [{ mustNotBe: 5 }, daily, 'no least and no most'],
    [{ mustBeLessThan: 5, unit: 'percent' }, daily, 'is not rows'],
    [{}, daily, 'no least and no most'],
  ])('but %j is listed', async (threshold, levels, reason) => {
    const result = await importText('odcs', document([{ metric: 'rowCount', ...threshold }], levels))
    const reasons = result.entries.filter(({ kind }) => kind === 'rule').map((entry) => entry.reason)
    expect(reasons).toContainEqual(expect.stringContaining(reason))
  })
})

test('a largest share of bad rows becomes a tolerance, over a time that is noted', async () => {
  const quality = [{ metric: 'nullValues', mustBeLessThan: 0.5, unit: 'percent' }]
  const result = await importText('odcs', document(quality))
  expect(rulesOf(result)).toEqual([
    {
      id: 'placed_at_null_values',
      dimension: 'completeness',
      assert: 'placed_at != null',
      tolerance: { fail: '0.5%', over: '1h', minimumEvents: 100 },
    },
  ])
  expect(result.notes).toContain('a share of bad rows names no time: `over: 1h` was written')
  expect(result.validated).toMatch(NO_ERRORS)
})

describe('a rule of the engine assay', () => {
  test.each([
    [{ freshness: { within: '5m', field: 'placed_at' } }],
    [
      {
        volume: { over: '1h', min: 1, except: [{ days: ['sun'], timezone: 'Europe/Paris' }] },
        mode: 'shadow',
      },
    ],
    [{ assert: 'placed_at != null', tolerance: { fail: '1%', over: '15m' } }],
    [{ assert: 'placed_at != null', tolerance: 'none' }],
  ])('may be %j', async (implementation) => {
    const rule = { type: 'custom', engine: 'assay', id: 'r', implementation }
    const result = await importText('odcs', document([rule]))
    expect(result.problems).toEqual([])
    expect(rulesOf(result)).toEqual([{ id: 'r', ...implementation }])
  })

  test.each([
    [{ freshness: { wihtin: '5m' } }, '`freshness` has no key `wihtin`'],
    [{ freshness: 'soon' }, '`freshness` must be a mapping'],
    [{ volume: { over: '0s', min: 1 } }, '`volume.over` must be a whole number above zero'],
    [{ assert: 'a', tolerance: 'all' }, '`tolerance` must be'],
    [{ freshness: { within: '5m' }, assert: 'a' }, 'must hold one of'],
    [{ freshness: null }, 'must hold one of'],
  ])('must not be %j', async (implementation, message) => {
    const rule = { type: 'custom', engine: 'assay', id: 'r', implementation }
    const result = await importText('odcs', document([rule]))
    expect(result.exitCode).toBe(2)
    expect(result.problems).toMatchObject([
      { code: 'IMPORT_INVALID', message: expect.stringContaining(message) },
    ])
  })
})
