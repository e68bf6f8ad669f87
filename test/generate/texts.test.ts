import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lintDatadog } from '../../src/generate/datadog/lint/lint-datadog.ts'
import { generateGrafana } from '../../src/generate/grafana/generate-grafana.ts'
import { lintGrafana } from '../../src/generate/grafana/lint/lint.ts'
import { generatePrometheus } from '../../src/generate/prometheus/generate-prometheus.ts'
import type { Contract } from '../../src/model/contract.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { folderOf, hasPromtool, promtool } from './prometheus/promtool.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from './support.ts'

/** What authors write, and what readers of a system that shows plain text must see, where that is something else. */
const WRITTEN: readonly (readonly [name: string, written: string, shown?: string])[] = [
  ['code', 'the field `price` is set'],
  ['half of code', 'a ` alone'],
  ['an object', 'such as {"a": 1}'],
  ['a variable', 'is {{ $value }} or {{value}}'],
  ['a block', '{{#is_alert}}no{{/is_alert}}'],
  ['half a variable', 'opens {{ and never closes, or }} closes'],
  ['many braces', '{{{{raw}}}} {{{x}}} {'],
  ['a template of Go', '{{ range query "up" }}{{ .Labels }}{{ end }} {{/* gone */}}'],
  ['a variable of Grafana', '$env ${datasource} [[env]] costs $5'],
  ['a variable of Terraform', '${var.x} %{if true}'],
  ['a handle', 'ask @team-search or ops@example.com'],
  ['quotes', `"it's" ‘so’ \\ \\n`],
  ['several lines', 'one\ntwo\r\n\n  three\t', 'one two three'],
  ['lines of another kind', 'one\u2028two\u0085three', 'one two three'],
  ['signs of YAML', '- a: [b] # c & *d !e | > %'],
  ['signs of HTML', '<img src=x onerror=alert(1)> & <b>bold</b>'],
  ['a link', '[here](javascript:alert(1))'],
  ['what nobody sees', '\u0000\u0007\u001B[2Ja\uFEFFb\u202Ec\uD800d\uFFFEe', '[2Ja b c d e'],
  ['other scripts', 'Größe ≤ 5 — 価格 цена 👩‍👩‍👧 café'],
  ['a very long text', `${'long '.repeat(100)}👍`, `${'long '.repeat(59)}long…`],
]

const TEXTS = WRITTEN.map(([name, written, shown = written]) => [name, written, shown] as const)
const TOLERANCE = 'contracts/shop.orders/tolerance_error_warn_0_1_fail_1_over_15min_from_100.monitor.json'

/** A small contract with a text in each place that authors have. */
function contractWith(text: string): Contract {
  const contract = contractsBelow(EVERY_KIND).find(({ id }) => id === 'shop.orders')
  if (contract === undefined) throw new Error('no contract shop.orders')
  return {
    ...contract,
    promises: { validity: undefined, freshness: undefined },
    description: text,
    consumers: [text],
    producer: { team: text, service: text },
    rules: contract.rules
      .filter(({ id }) => id === 'has_customer')
      .map((rule) => ({ ...rule, description: text })),
    streamRules: contract.streamRules
      .filter(({ check }) => check.kind === 'freshness')
      .map((rule) => ({ ...rule, description: text })),
    links: { runbook: `https://a.example/${encodeURI(text.toWellFormed())}?x={{y}}@z(1)$env[[a]]` },
  }
}

interface Tests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly exp_alerts?: readonly { readonly exp_annotations: Readonly<Record<string, string>> }[]
    }[]
  }[]
}

/** What Prometheus must show of an alert, by the tests that promtool holds it to. */
function shownBy(files: ReadonlyMap<string, string>): string[] {
  const { tests } = parse(files.get('contracts/shop.orders.test.yaml') ?? '') as Tests
  return tests
    .flatMap((each) => each.alert_rule_test)
    .flatMap(({ exp_alerts: alerts = [] }) => alerts)
    .flatMap((alert) => Object.values(alert.exp_annotations))
}

function filesOf(files: readonly { readonly path: string; readonly text: string }[]): Map<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]))
}

describe('Prometheus shows texts of authors as they are', () => {
  test.each(TEXTS)('%s', (_, written, shown) => {
    const files = filesOf(generatePrometheus([contractWith(written)], CATALOGUE))
    expect(shownBy(files).join('\n')).toContain(`\`has_customer\`: ${shown}`)
  })

  test.skipIf(!hasPromtool())('says promtool, of all of them in one contract', () => {
    const contracts = TEXTS.map(([, written]) => contractWith(written))
    const [first] = contracts
    if (first === undefined) throw new Error('no texts')
    const all = {
      ...first,
      consumers: TEXTS.map(([, written]) => written),
      rules: contracts.flatMap(({ rules }, place) =>
        rules.map((rule) => ({ ...rule, id: `${rule.id}_${place}` })),
      ),
    }
    const files = filesOf(generatePrometheus([all], CATALOGUE))
    const folder = folderOf(files)
    expect(promtool('check', folder, ['contracts/shop.orders.rules.yaml'])).toMatchObject({ isFine: true })
    expect(promtool('test', folder, ['contracts/shop.orders.test.yaml'])).toMatchObject({ isFine: true })
  })
})

test('a rule without a description is named and nothing else', () => {
  const contract = contractWith('x')
  const rules = contract.rules.map((rule) => ({ ...rule, description: undefined }))
  const files = filesOf(generatePrometheus([{ ...contract, rules }], CATALOGUE))
  expect(shownBy(files).join('\n')).toContain('`has_customer`: no description.')
})

describe('texts of authors mean nothing', () => {
  test.each(TEXTS)('to Datadog: %s', (_, written) => {
    const files = datadogFiles([contractWith(written)])
    expect(lintDatadog(files, CATALOGUE)).toEqual([])
    const monitor = JSON.parse(files.get(TOLERANCE) ?? '{}') as {
      message: string
    }
    const facts = monitor.message
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .join('\n')
    expect(facts).toContain('`has_customer`: ')
    expect(facts).not.toMatch(/\{\{|\}\}|@/)
    const board = JSON.parse(files.get('contracts/shop.orders/contract.dashboard.json') ?? '{}') as {
      description: string
    }
    expect(board.description).not.toMatch(/\$[\w{]|\{\{|\}\}|@/)
  })

  test.each(TEXTS)('to Grafana: %s', (_, written) => {
    const files = filesOf(generateGrafana([contractWith(written)], CATALOGUE))
    expect(lintGrafana(files, CATALOGUE)).toEqual([])
    expect([...files.values()].join('')).not.toMatch(/\$env|\$\{datasource\} |\[\[|<img|\]\(javascript/)
  })
})

test.each([
  ['Datadog', 'such as {"a": 1} and `b`, costs $5'],
  ['Grafana', 'such as {"a": 1} and `b`, by ops@example.com'],
])('what means nothing to %s stays as it is', (system, text) => {
  const contract = contractWith(text)
  const files =
    system === 'Datadog' ? datadogFiles([contract]) : filesOf(generateGrafana([contract], CATALOGUE))
  const all = [...files.values()].join('')
  expect(all).toContain(JSON.stringify(text).slice(1, -1))
})
