import { describe, expect, test } from 'vitest'
import type { Contract } from '../../../src/model/contract.ts'
import { generateDatadog } from '../../../src/generate/datadog/generate-datadog.ts'
import { burnRatesFor } from '../../../src/generate/burn-rates.ts'
import { lastOf } from '../../../src/generate/datadog/monitor.ts'
import { Queries } from '../../../src/generate/datadog/queries.ts'
import { fileName, resourceName } from '../../../src/generate/names.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../support.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)
const FILES = datadogFiles(CONTRACTS)

interface Monitor {
  readonly query: string
  readonly message: string
  readonly priority: number
  readonly options: { readonly on_missing_data: string; readonly thresholds: object }
}

function monitor(path: string): Monitor {
  return JSON.parse(FILES.get(`${path}.monitor.json`) ?? '{}') as Monitor
}

/** The contract of the fixtures, otherwise. */
function changed(id: string, change: Partial<Contract>): Contract[] {
  return CONTRACTS.map((contract) => (contract.id === id ? { ...contract, ...change } : contract))
}

test('the same contracts give the same bytes, in whatever order they come', () => {
  expect(datadogFiles(CONTRACTS.toReversed())).toEqual(FILES)
})

test('paths are sorted, and keys of the JSON are', () => {
  expect([...FILES.keys()]).toEqual([...FILES.keys()].toSorted())
  const keys = Object.keys(
    JSON.parse(FILES.get('contracts/shop.orders/validity.monitor.json') ?? '{}') as object,
  )
  expect(keys).toEqual(keys.toSorted())
})

test('nothing depends on where the files stood, and no time is in it', () => {
  const moved = CONTRACTS.map((contract) => ({ ...contract, file: `/elsewhere/${contract.file}` }))
  expect(datadogFiles(moved)).toEqual(FILES)
  expect([...FILES.values()].join('')).not.toMatch(/\b20\d\d-\d\d-\d\d\b/)
})

test('every file carries the mark', () => {
  expect([...FILES].filter(([, text]) => !text.includes('managed-by:assay')).map(([path]) => path)).toEqual(
    [],
  )
})

describe('a rule', () => {
  test('with a tolerance has a monitor on the share, with its minimum count and hysteresis; alike ones share it', () => {
    const { query, options, priority } = monitor(
      'contracts/shop.orders/tolerance_error_warn_0_1_fail_1_over_15min_from_100',
    )
    expect(query).toMatch(/rule IN \(has_customer, has_address\).*is_greater\(.*, 99\) > 1$/)
    expect(options.thresholds).toEqual({
      critical: 1,
      critical_recovery: 0.9,
      warning: 0.1,
      warning_recovery: 0.09,
    })
    expect(priority).toBe(2)
  })

  test('with `tolerance: none` alarms for a single failure', () => {
    const { query, priority } = monitor('contracts/shop.orders/no_failure_error')
    expect(query).toMatch(/result:fail\} by \{rule\}\.as_count\(\) > 0$/)
    expect(priority).toBe(1)
  })

  test('without one is held to the promise of validity', () => {
    expect(monitor('contracts/shop.orders/promised_share_error').query).toMatch(
      /^sum\(last_15m\):.*, 99\) > 0\.1$/,
    )
  })

  test('of severity warning calls nobody at night', () => {
    expect(monitor('contracts/shop.orders/tolerance_warning_fail_5_over_1h_from_1')).toMatchObject({
      priority: 3,
    })
  })

  test('that is only counted, or in the shadow, has no monitor', () => {
    const monitors = [...FILES].filter(([path]) => path.endsWith('.monitor.json')).map(([, text]) => text)
    expect(monitors.filter((text) => /colour_is_known|tried_out|dq\.shadow/.test(text))).toEqual([])
  })

  test('without any bound in its contract has none', () => {
    expect(
      [...FILES.keys()].filter(
        (path) => path.startsWith('contracts/shop.returns/') && /share|tolerance/.test(path),
      ),
    ).toEqual([])
  })
})

describe('rules over the stream', () => {
  test('silence by arrival is the age, and absence of data is no alarm of it', () => {
    const { query, options } = monitor('contracts/shop.orders/freshness')
    expect(query).toBe('max(last_5m):min:dq.topic.event_age{contract:shop.orders} > 300')
    expect(options.on_missing_data).toBe('show_no_data')
  })

  test('silence by a time in the event is what the status says', () => {
    expect(monitor('contracts/shop.orders/freshness_status').query).toContain(
      'rule:recent_by_day} by {rule} - 2) < 1',
    )
  })

  test('volume is what the status says', () => {
    expect(monitor('contracts/shop.orders/volume').query).toContain('rule:usual_volume} by {rule} - 2) < 1')
  })
})

describe('a message', () => {
  const { message } = monitor('contracts/shop.orders/tolerance_error_warn_0_1_fail_1_over_15min_from_100')

  test('says what broke, whose producer, who relies on it, how to see samples, the runbook, and what recovery means', () => {
    expect(message).toContain('Rule {{rule.name}} of shop.orders failed for {{value}} %')
    expect(message).toContain('Producer: order-writer of team-shop')
    expect(message).toContain('Relied on by: team-billing (invoice-maker')
    expect(message).toContain('See samples:')
    expect(message).toContain('Runbook: https://wiki.example.org/billing/orders')
    expect(message).toMatch(/\{\{#is_recovery\}\}\nThe share of the last 15 min is at or below 0\.9 % again/)
  })

  test('holds nothing of an author’s that means something to Datadog', () => {
    expect(message).toContain('"(at)everyone" is nobody, and { {this} } is no variable.')
    expect(message).not.toMatch(/@|\{\{this/)
  })
})

test('an address that would be a mention, a variable or an end of Markdown is encoded wherever it stands', () => {
  const encoded = 'https://wiki.example.org/%40returns/%7B%7Brule%7D%7D?steps=%28all%29'
  const { message } = monitor('contracts/shop.returns/broken_rule')
  expect(message).toContain(`Runbook: ${encoded}`)
  expect(FILES.get('contracts/shop.returns/contract.dashboard.json')).toContain(`[runbook](${encoded})`)
  expect(FILES.get('topics/shop.order-placed.v1.entity.json')).toContain(encoded)
})

describe('burn rates', () => {
  test.each([
    [99.9, '30d', 14.4, 6],
    [99.9, '7d', 16.8, 5.6],
    [99.9, '90d', 21.6, 10.8],
    [95, '30d', 14.4, 6],
    [90, '30d', 9, 4.5],
    [80, '90d', 4.5, 2.25],
    [50, '30d', 1.8, 0.9],
  ] as const)('of %d %% over %s are at most what can burn', (target, timeframe, fast, slow) => {
    const rates = burnRatesFor({ target, timeframe })
    expect(rates).toEqual({ fast, slow })
    expect(rates.fast).toBeLessThan(100 / (100 - target))
  })

  test('a burn that stays within the budget has no monitor', () => {
    const validity = { objective: 50, window: '30d' }
    const paths = [
      ...datadogFiles(changed('warehouse.stock', { promises: { validity, freshness: undefined } })).keys(),
    ]
    expect(paths.filter((path) => path.includes('warehouse.stock/validity_burn'))).toEqual([
      'contracts/warehouse.stock/validity_burn_fast.monitor.json',
    ])
  })
})

test.each([
  [99.9, '1h', 99.9, '7d', 99.95],
  [99.9, '14d', 99.9, '30d', 99.95],
  [99.9, '400d', 99.9, '90d', 99.95],
  [99.9999, '30d', 99.999, '30d', undefined],
  [0.0001, '30d', 0.001, '30d', 50],
])(
  '%d %% over %s becomes an objective that Datadog takes',
  (objective, window, target, timeframe, warning) => {
    const files = datadogFiles(
      changed('warehouse.stock', { promises: { validity: { objective, window }, freshness: undefined } }),
    )
    const slo = JSON.parse(files.get('contracts/warehouse.stock/validity.slo.json') ?? '{}') as object
    expect(slo).toMatchObject({ target_threshold: target, timeframe })
    expect((slo as { warning_threshold?: number }).warning_threshold).toBe(warning)
  },
)

test.each([
  [1, 'last_1m'],
  [90_000, 'last_2m'],
  [900_000, 'last_15m'],
  [7_200_000, 'last_2h'],
  [86_400_000, 'last_1d'],
  [2 * 86_400_000, 'last_48h'],
  [7 * 86_400_000, 'last_1w'],
  [90 * 86_400_000, 'last_1w'],
])('a window of %d ms is %s', (overMs, window) => {
  expect(lastOf(overMs)).toBe(window)
})

describe('names that can’t stand in a path or in code are told apart by a hash', () => {
  test.each([
    ['team-search', 'team-search'],
    ['team/search', 'team-search-7cd93bb9'],
    ['team:search', 'team-search-'],
    ['../up', '-up-'],
  ])('%s in a path', (name, expected) => {
    expect(fileName(name)).toContain(expected.replace(/-[0-9a-f]{8}$/, '-'))
    expect(fileName(name)).not.toMatch(/[/:]|^\./)
  })

  test('different names stay different', () => {
    expect(new Set(['a/b', 'a:b', 'a-b', 'a b'].map(fileName)).size).toBe(4)
    expect(new Set(['a.b', 'a_b', 'a-b', '1a'].map(resourceName)).size).toBe(4)
    expect(resourceName('1a')).toMatch(/^_/)
  })
})

describe('the catalogue decides', () => {
  test('a query for a metric that a catalogue does not have is refused', () => {
    const { 'dq.heartbeat': _, ...less } = CATALOGUE
    expect(() => generateDatadog(CONTRACTS, less)).toThrow('no count dq.heartbeat')
  })

  test('so is one for a tag or a value', () => {
    const without = { ...CATALOGUE, 'dq.heartbeat': { ...CATALOGUE['dq.heartbeat'], tags: [] } }
    expect(() => generateDatadog(CONTRACTS, without)).toThrow('no tag contract of dq.heartbeat')
    expect(() => new Queries(CATALOGUE).count('dq.events', { result: 'bad' })).toThrow(
      'no value bad of result of dq.events',
    )
  })
})
