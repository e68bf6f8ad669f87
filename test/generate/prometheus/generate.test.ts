import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { generatePrometheus } from '../../../src/generate/prometheus/generate-prometheus.ts'
import { lintPrometheus } from '../../../src/generate/prometheus/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'
import { folderOf, hasPromtool, promtool } from './promtool.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)
const BOUNDS = join(EVERY_KIND, '../generate-bounds')

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
    ['for all environments', {}, '.test.yaml', CONTRACTS],
    ['for one', { env: 'Prod' }, 'stock.test.yaml', CONTRACTS],
    ['for bounds at nothing and at nearly all', {}, '.test.yaml', contractsBelow(BOUNDS)],
  ])(
    'takes the rules, and each alert is quiet, fires and is resolved: %s',
    (_, settings, tests, contracts) => {
      const files = filesFor(settings, contracts)
      expect(lintPrometheus(files, CATALOGUE)).toEqual([])
      const folder = folderOf(files)
      const checked = promtool('check', folder, paths(files, '.rules.yaml'))
      expect(checked.text).not.toMatch(/FAILED|duplicate/)
      expect(checked.isFine).toBe(true)
      const tested = promtool('test', folder, paths(files, tests))
      expect(tested.text).not.toContain('FAILED')
      expect(tested.isFine).toBe(true)
    },
  )

  test('the tests see what is wrong with a rule', () => {
    const folder = folderOf(new Map([...FILES, ...FAULTS.flatMap(faultFiles)]))
    const { text } = promtool(
      'test',
      folder,
      FAULTS.map((_, index) => `contracts/fault${index}.test.yaml`),
    )
    const seen = [...text.matchAll(/fault(\d+)\.test\.yaml\n(\s+SUCCESS)?/g)].map(
      ([, index, success]) =>
        `${FAULTS[Number(index)]?.[0]}: ${success === undefined ? 'FAILED' : 'SUCCESS'}`,
    )
    expect(seen.sort()).toEqual(
      FAULTS.map(([name]) => `${name}: ${name === 'nothing' ? 'SUCCESS' : 'FAILED'}`).sort(),
    )
  })
})

/** What is wrong, with which alert, and how it comes about. */
const FAULTS: readonly (readonly [name: string, alert: string, from: string | RegExp, to: string])[] = [
  ['nothing', 'AssayValidity', /$/, '\n'],
  [
    'a bound that is never exceeded',
    'AssayValidity',
    'ratio15m{contract="shop.orders"} > 0.001',
    'ratio15m{contract="shop.orders"} > 1',
  ],
  ['a minimum that is never reached', 'AssayValidity', '>= 100', '>= 1000000'],
  ['another window', 'AssayValidity', /ratio15m/, 'ratio6h'],
  ['another contract', 'AssayCheckerDead', /(vector.*)shop\.orders/, '$1shop.order'],
  ['an alarm before the service can know the contract', 'AssayCheckerDead', /for: 5m/, 'for: 1m'],
  ['an alarm that a single sample ends', 'AssayCheckerDead', /vector\(1\) unless (.*) > 0/, '$1 == 0'],
  ['a missing runbook', 'AssayCheckerDead', /\n\s*runbook_url: .*/g, ''],
  ['an alert that never ends', 'AssayNotFresh', /(by_day"\}) == 2\)/, '$1 >= 0)'],
  ['another status', 'AssayNotFresh', /(by_day"\}) == 2\)/, '$1 == 1)'],
  ['another severity', 'AssayNotFresh', /severity: critical/g, 'severity: info'],
  ['an alarm too late', 'AssaySilent', /for: 1m/g, 'for: 1h'],
  ['an alarm at the wrong end', 'AssaySilent', '> 300', '< 300'],
  ['half the bound', 'AssayValidity', /> 0\.001 and/, '> 0.0005 and'],
  ['one and a half of the bound', 'AssayValidity', /> 0\.001 and/, '> 0.0015 and'],
  ['no minimum', 'AssayValidity', / and contract:dq_events_judged:increase15m\{[^}]*\} >= 100/, ''],
  [
    'errors of all contracts',
    'AssayRuleBroken',
    '{contract="shop.orders",result="error"}',
    '{result="error"}',
  ],
  ['an alarm at the bound', 'AssaySilent', '> 300', '>= 300'],
  ['an alarm at once', 'AssayVolume', /\n {8}for: 1m/g, ''],
  ['a silence that is longer', 'AssayCheckerDead', '"}[5m])) > 0', '"}[20m])) > 0'],
  ['twice the patience', 'AssayCheckerDead', /(vector.*\n\s+for:) 5m/, '$1 10m'],
  ['a restart that is a loss', 'AssayRuleBroken', 'rule) (increase(', 'rule) (delta('],
  ['one version alone', 'AssayRuleBroken', /sum (by \(contract, rule\) \(incr)/, 'max $1'],
  [
    'a label that is lost',
    'AssayRuleSuspended',
    'by (contract, rule) (dq_rules_s',
    'by (contract) (dq_rules_s',
  ],
]

/** The rules with one fault, and the tests of the alert that has it. */
function faultFiles(
  [name, alert, from, to]: (typeof FAULTS)[number],
  index: number,
): (readonly [string, string])[] {
  const place = 'contracts/shop.orders'
  const rules = FILES.get(`${place}.rules.yaml`) ?? ''
  const changed = rules.replace(from, to)
  expect(changed, name).not.toBe(rules)
  const { tests, ...rest } = parse(FILES.get(`${place}.test.yaml`) ?? '') as { tests: { name: string }[] }
  const own = tests.filter((each) => each.name.startsWith(`${alert} `))
  expect(own, name).not.toEqual([])
  return [
    [`contracts/fault${index}.rules.yaml`, changed],
    [
      `contracts/fault${index}.test.yaml`,
      stringify({ ...rest, rule_files: ['../recording.rules.yaml', `fault${index}.rules.yaml`], tests: own }),
    ],
  ]
}

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

test('texts of authors are no templates: their braces are written by one', () => {
  const texts = alertsOf(FILES).flatMap(({ annotations }) => Object.values(annotations))
  const templates = new Set(texts.flatMap((text) => text.match(/\{\{.*?\}\}/g) ?? []))
  expect([...templates].sort()).toEqual([
    '{{ "{{" }}',
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
