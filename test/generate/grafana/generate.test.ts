import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { generateGrafana } from '../../../src/generate/grafana/generate-grafana.ts'
import { lintGrafana } from '../../../src/generate/grafana/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { folderOf, hasPromtool, promtool } from '../prometheus/promtool.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)
const BOARD = 'contracts/shop.orders.dashboard.json'
const DOMAIN = 'domains/shop.dashboard.json'

function filesFor(env?: string, contracts = CONTRACTS): Map<string, string> {
  const files = generateGrafana(contracts, CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, env })
  return new Map(files.map(({ path, text }) => [path, text]))
}

const FILES = filesFor('Prod')

test.each([
  ['all environments', undefined],
  ['one', 'Prod'],
])('nothing is objected to in what is generated for %s', (_, env) => {
  expect(lintGrafana(filesFor(env), CATALOGUE)).toEqual([])
})

test('there is a dashboard for each contract and each domain', () => {
  const subjects = [
    ...CONTRACTS.map(({ id }) => `contracts/${id}`),
    ...new Set(CONTRACTS.map(({ domain }) => `domains/${domain}`)),
  ]
  expect([...FILES.keys()]).toEqual(subjects.map((subject) => `${subject}.dashboard.json`).sort())
})

test('the order of the contracts and a second run change no byte', () => {
  expect([...filesFor('Prod', CONTRACTS.toReversed())]).toEqual([...FILES])
})

test('a metric that the catalogue does not have is a fault', () => {
  const { 'dq.heartbeat': _, ...without } = CATALOGUE
  expect(() => generateGrafana(CONTRACTS, without)).toThrow(/no count dq\.heartbeat/)
})

test('a variable for the environment is there only where one is named, and every query goes by it', () => {
  expect(FILES.get(BOARD)).toContain('"name": "env"')
  expect([...filesFor().values()].join('')).not.toContain('$env')
  const selectors = (FILES.get(BOARD) ?? '').match(/dq_\w+\{[^}]*\}/g) ?? []
  expect(selectors.length).toBeGreaterThan(20)
  for (const selector of selectors) expect(selector).toContain('env=~\\"$env\\"')
})

/** A name, the file, what is replaced by what, and what must be said about that file. */
type Fault = readonly [name: string, path: string, from: string | RegExp, to: string, says: RegExp]

const FAULTS: readonly Fault[] = [
  ['no JSON', BOARD, /^\{/, '', /is no JSON/],
  ['an unknown key', BOARD, '"editable"', '"style": "dark", "editable"', /key `style` that does not belong/],
  ['an unknown key of a panel', BOARD, '"collapsed"', '"repeat": "x", "collapsed"', /key `repeat`/],
  ['another schema', BOARD, '"schemaVersion": 39', '"schemaVersion": 1', /schemaVersion must be one of 39/],
  ['a uid that is too long', BOARD, /"uid": "assay-c-/, `"uid": "${'x'.repeat(40)}`, /\/uid must match/],
  ['a missing mark', BOARD, '"generated-by:assay/grafana"', '"other"', /\/tags must contain/],
  ['an id that is there twice', BOARD, '"id": 2,', '"id": 1,', /another panel has the id 1/],
  ['a panel over another', BOARD, /"y": 1\b/, '"y": 0', /lies over panel/],
  ['a panel that is too wide', BOARD, /"w": 12,\s+"x": 12/, '"w": 13, "x": 12', /beyond the 24 columns/],
  ['a panel of another kind', BOARD, '"type": "heatmap"', '"type": "graph"', /no panel graph/],
  ['a fixed datasource', BOARD, '"uid": "${datasource}"', '"uid": "prom"', /datasource\/uid must be one of/],
  [
    'no variable for the datasource',
    BOARD,
    '"name": "datasource"',
    '"name": "source"',
    /no variable datasource/,
  ],
  [
    'a variable that nothing uses',
    BOARD,
    '"name": "datasource"',
    '"name": "source"',
    /nothing uses the variable source/,
  ],
  ['a variable that is not defined', BOARD, '$__range', '$period', /no variable period is defined/],
  ['a refId that is there twice', BOARD, '"refId": "B"', '"refId": "A"', /another target has the refId A/],
  ['a metric that does not exist', BOARD, 'dq_events_total{', 'dq_event_total{', /no metric dq_event_total/],
  [
    'a label that does not exist',
    BOARD,
    'dq_events_total{contract=',
    'dq_events_total{rule=',
    /has no label rule/,
  ],
  ['a grouping that does not exist', BOARD, 'sum by (result)', 'sum by (results)', /groups by results/],
  ['a bracket too few', BOARD, '[$__range])', '[$__range]', /nothing closes/],
  ['a bracket too many', BOARD, '[$__range])', '[$__range]))', /nothing opens/],
  ['what is no PromQL', BOARD, '[$__range])', '[$__range]) ? 1', /can’t be read from \? 1/],
  ['a legend without its label', BOARD, '"{{result}}"', '"{{rule}}"', /names the label rule/],
  ['an unknown unit', BOARD, '"unit": "percentunit"', '"unit": "percent"', /unit must be one of/],
  ['a link to nowhere', BOARD, /"\/d\/[\w-]+"/, '"/d/gone"', /links to gone/],
  ['a link that is a script', BOARD, /"url": "\/d[^"]*"/, '"url": "javascript:x"', /\/links\/0/],
  ['a list that leads nowhere', DOMAIN, /\(\/d\/[\w-]+\)/, '(/d/gone)', /links to gone/],
  [
    'a mapping without a colour',
    BOARD,
    /"color": "green",\s+"index": 0/,
    '"index": 0',
    /must have required property/,
  ],
  ['a variable of no label', BOARD, /label_values\(dq_heartbeat_total, env\)/g, 'x', /\/templating\/list/],
  [
    'an annotation of nothing',
    BOARD,
    'dq_status_changes_total',
    'dq_changes',
    /\/annotations.* no metric dq_changes/,
  ],
]

test.skipIf(!hasPromtool())('Prometheus can read every expression', () => {
  const exprs = [...FILES.values()].flatMap((text) =>
    [...text.matchAll(/"expr": (".*")/g)].map(([, expr = '']) => JSON.parse(expr) as string),
  )
  expect(exprs.length).toBeGreaterThan(100)
  const rules = exprs.map((expr, index) => ({
    record: `expression_${index}`,
    expr: expr.replaceAll(/\$__\w+/g, '5m').replaceAll('$env', 'prod'),
  }))
  const folder = folderOf(new Map([['all.rules.yaml', stringify({ groups: [{ name: 'all', rules }] })]]))
  expect(promtool('check', folder, ['all.rules.yaml'])).toMatchObject({ isFine: true })
})

test('texts of authors are no variables, no HTML and no links', () => {
  const hostile = '$env ${datasource} [[env]] <img src=x> [x](javascript:y)\n# head'
  const contracts = CONTRACTS.map((contract) => ({
    ...contract,
    description: hostile,
    owner: hostile,
    consumers: [hostile],
    links: { [hostile]: 'https://a.example/$env)[[x]]', 'a script': 'javascript:alert(1)' },
  }))
  const files = filesFor(undefined, contracts)
  expect(lintGrafana(files, CATALOGUE)).toEqual([])
  const all = [...files.values()].join('')
  expect(all).not.toMatch(/\$env|\[\[|<img|javascript:alert/)
})

test('a breach shows, whatever other services say of the same rule', () => {
  expect(FILES.get(BOARD)).toMatch(/max by \(rule\) \(dq_rule_status\{[^}]*\} == 2\) or max by \(rule\)/)
})

describe('the lint finds', () => {
  test.each(FAULTS)('%s', (_, path, from, to, says) => {
    const text = FILES.get(path) ?? ''
    const changed = text.replace(from, () => to)
    expect(changed).not.toBe(text)
    const findings = lintGrafana(new Map([...FILES, [path, changed]]), CATALOGUE)
    const said = findings.filter((finding) => finding.path === path)
    expect(said.map(({ at, message }) => `${at} ${message}`).join('\n')).toMatch(says)
  })

  test('a uid that two dashboards have', () => {
    const findings = lintGrafana(new Map([...FILES, [DOMAIN, FILES.get(BOARD) ?? '']]), CATALOGUE)
    expect(findings.map(({ message }) => message).join('\n')).toContain('another dashboard has the uid')
  })
})
