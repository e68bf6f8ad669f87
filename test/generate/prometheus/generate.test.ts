import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { generatePrometheus } from '../../../src/generate/prometheus/generate-prometheus.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'
import { folderOf, hasPromtool, promtool } from './promtool.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)

function filesFor(settings: { env?: string } = {}, contracts = CONTRACTS): Map<string, string> {
  const files = generatePrometheus(contracts, CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, ...settings })
  return new Map(files.map(({ path, text }) => [path, text]))
}

interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

function alertsOf(files: ReadonlyMap<string, string>): AlertRule[] {
  return [...files]
    .filter(([path]) => path.endsWith('.rules.yaml') && path !== 'recording.rules.yaml')
    .flatMap(([, text]) => (parse(text) as { groups: { rules: AlertRule[] }[] }).groups)
    .flatMap(({ rules }) => rules)
}

const FILES = filesFor()
const paths = (files: ReadonlyMap<string, string>, suffix: string) =>
  [...files.keys()].filter((path) => path.endsWith(suffix))

describe.skipIf(!hasPromtool())('promtool', () => {
  test.each([
    ['for all environments', {}, '.test.yaml'],
    ['for one', { env: 'Prod' }, 'stock.test.yaml'],
  ])('takes the rules, and each alert is quiet, fires and is resolved: %s', (_, settings, tests) => {
    const files = filesFor(settings)
    const folder = folderOf(files)
    const checked = promtool('check', folder, paths(files, '.rules.yaml'))
    expect(checked.text).not.toMatch(/FAILED|duplicate/)
    expect(checked.isFine).toBe(true)
    const tested = promtool('test', folder, paths(files, tests))
    expect(tested.text).not.toContain('FAILED')
    expect(tested.isFine).toBe(true)
  })

  test.each([
    [
      'a bound that is never exceeded',
      /ratio15m\{contract="shop.orders"\} > 0.001/,
      'ratio15m{contract="shop.orders"} > 1',
    ],
    [
      'another contract',
      'absent_over_time(dq_heartbeat_total{contract="shop.orders"}',
      'absent_over_time(dq_heartbeat_total{contract="shop.order"}',
    ],
    ['a missing runbook', /\n\s*runbook_url: .*/, ''],
    ['an alert that never ends', /== 2\)/, '>= 0)'],
  ])('its tests see %s', (_, from, to) => {
    const path = 'contracts/shop.orders.rules.yaml'
    const text = FILES.get(path) ?? ''
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    const folder = folderOf(new Map([...FILES, [path, changed]]))
    expect(promtool('test', folder, ['contracts/shop.orders.test.yaml']).isFine).toBe(false)
  })
})

test('every alert has its test', () => {
  for (const path of paths(FILES, '.rules.yaml').filter((each) => each !== 'recording.rules.yaml')) {
    const tests = parse(FILES.get(path.replace('.rules.', '.test.')) ?? '') as {
      tests: { name: string }[]
    }
    const named = new Set(tests.tests.map(({ name }) => name))
    for (const { alert, labels } of alertsOf(new Map([[path, FILES.get(path) ?? '']])))
      expect(named).toContain(`${alert} ${labels['dq_check']}`)
  }
})

test('every alert can be routed, and says what broke, and what it means that it is over', () => {
  for (const { alert, labels, annotations } of alertsOf(FILES)) {
    expect(labels, alert).toMatchObject({
      severity: expect.stringMatching(/^(critical|warning|info)$/) as string,
      team: expect.any(String) as string,
      domain: expect.any(String) as string,
    })
    expect(Object.values(annotations).every((text) => text.length > 0)).toBe(true)
    expect(Object.keys(annotations)).toEqual(expect.arrayContaining(['summary', 'description', 'recovery']))
  }
})

test('texts of authors are no templates', () => {
  const texts = alertsOf(FILES).flatMap(({ annotations }) => Object.values(annotations))
  const templates = new Set(texts.flatMap((text) => text.match(/\{\{.*?\}\}/g) ?? []))
  expect([...templates].sort()).toEqual([
    '{{ $labels.rule }}',
    '{{ $value | humanizePercentage }}',
    '{{ $value }}',
  ])
})

test('only a rule that tolerates nothing alarms above 0; rules in the shadow never do', () => {
  const bounds = alertsOf(FILES).filter(({ expr }) => /fail:.* > 0( |$)/.test(expr))
  expect(bounds.map(({ alert }) => alert)).toEqual(['AssayRuleFailed'])
  expect([...FILES.values()].join('')).not.toContain('tried_out')
})

test('the order of the contracts and a second run change no byte', () => {
  expect([...filesFor({}, CONTRACTS.toReversed())]).toEqual([...FILES])
})

test('a metric that the catalogue does not have is a fault', () => {
  const { 'dq.heartbeat': _, ...without } = CATALOGUE
  expect(() => generatePrometheus(CONTRACTS, without)).toThrow(/no count dq\.heartbeat/)
})
