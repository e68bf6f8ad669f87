import { describe, expect, test } from 'vitest'
import { generatePrometheus } from '../../../src/generate/prometheus/generate-prometheus.ts'
import { lintPrometheus } from '../../../src/generate/prometheus/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)

function filesFor(env?: string): Map<string, string> {
  const files = generatePrometheus(CONTRACTS, CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, env })
  return new Map(files.map(({ path, text }) => [path, text]))
}

const FILES = filesFor()
const RULES = 'contracts/shop.orders.rules.yaml'
const TESTS = 'contracts/shop.orders.test.yaml'
const DOMAIN = 'domains/shop.rules.yaml'
const RECORDINGS = 'recording.rules.yaml'
const MAPPING = 'statsd-exporter.mapping.yaml'

test.each([
  ['all environments', undefined],
  ['one', 'Prod'],
])('nothing is objected to in what is generated for %s', (_, env) => {
  expect(lintPrometheus(filesFor(env), CATALOGUE)).toEqual([])
})

const UNUSED = `rules:
      - record: contract:dq_events_bad:increase9h
        expr: sum by (contract) (increase(dq_events_total[9h]))
`

test.each([
  ['no promise', { validity: undefined, freshness: undefined }],
  ['a promise of validity alone', { validity: { objective: 99, window: '30d' }, freshness: undefined }],
  ['a promise that can’t burn too fast', { validity: { objective: 1, window: '30d' }, freshness: undefined }],
])('nor in what is generated for contracts with %s', (_, promises) => {
  for (const rules of [undefined, []]) {
    const contracts = CONTRACTS.map((each) => ({ ...each, promises, rules: rules ?? each.rules }))
    const files = generatePrometheus(contracts, CATALOGUE).map(({ path, text }) => [path, text] as const)
    expect(lintPrometheus(new Map(files), CATALOGUE)).toEqual([])
  }
})

/** A name, the file, what is replaced by what, and what must be said about that file, or about another. */
type Fault = readonly [
  name: string,
  path: string,
  from: string | RegExp,
  to: string,
  says: RegExp,
  about?: string,
]

const FAULTS: readonly Fault[] = [
  ['no YAML', RULES, 'groups:', 'groups: [', /is no YAML: /],
  ['an unknown key', RULES, 'for: 1m', 'for: 1m\n        keep_firing_for: 1m', /key `keep_firing_for`/],
  ['a metric that does not exist', RULES, /dq_heartbeat_total/g, 'dq_heartbeats_total', /has no metric dq_h/],
  ['a label that does not exist', RULES, 'result="error"', 'outcome="error"', /has no label outcome/],
  [
    'a grouping that does not exist',
    RULES,
    'by (contract, rule) (inc',
    'by (contract, rules) (inc',
    /rules,/,
  ],
  ['a series that nobody records', RULES, /ratio1h/g, 'ratio2h', /no metric contract.*ratio2h/],
  ['a label that a recording drops', RULES, 'ratio15m{contract', 'ratio15m{team', /has no label team/],
  ['what is no PromQL', RULES, '== 5', '== 5 ? 1', /can’t be read from \? 1/],
  ['a bracket too few', RULES, '[5m])) > 0', '[5m]) > 0', /nothing closes/],
  ['a share in per cent', RULES, '> 0.001 and', '> 1 and', /share is never above 1/],
  ['a share that is small', RULES, '> 0.05', '< 0.05', /while a share of bad ones is small/],
  ['no comparison', RULES, /(suspended\{[^}]*\}\)) > 0/, '$1', /compares nothing/],
  ['a for that outlasts the window', RULES, 'for: 1m', 'for: 20m', /20m is longer than a window/],
  ['a for that is no length', RULES, 'for: 1m', 'for: soon', /for must match pattern/],
  ['another contract', RULES, /(vector.*?)shop.orders/, '$1shop.returns', /asks for contract shop.returns/],
  ['all contracts', RULES, '{contract="shop.orders",result="error"}', '{result="error"}', /other teams/],
  [
    'another domain',
    DOMAIN,
    'stale{domain="shop"}',
    'stale{domain="x"}',
    /asks for domain x, and is labelled/,
  ],
  ['an unknown severity', RULES, 'severity: critical', 'severity: page', /severity must be one of critical/],
  ['no team to tell', RULES, '          team: team-billing\n', '', /required property 'team'/],
  ['no word on its end', RULES, /\n {10}recovery: .*/, '', /required property 'recovery'/],
  ['an empty summary', RULES, /summary: .*/, 'summary: " "', /summary must be a text that is not empty/],
  ['half a template', RULES, '{{ $value }}', '{{ $value }', /\{\{ \$value \}.* is no template/],
  ['an unknown template', RULES, '{{ $value }}', '{{ $values }}', /is no template that is used/],
  ['a label that is empty', RULES, '{{ $labels.rule }}', '{{ $labels.partition }}', /stays empty/],
  ['a runbook that is a script', RULES, 'https://wiki', 'javascript:wiki', /runbook_url must match/],
  [
    'an alert twice',
    DOMAIN,
    'dq_check: stale_rules',
    'dq_check: topic_missing',
    /no test sees AssayStaleRules/,
  ],
  [
    'an alert with the labels of another',
    DOMAIN,
    'team: team_returns_repairs',
    'team: team-billing',
    /another AssayLag has/,
  ],
  ['a name of another’s', RULES, 'alert: AssayVolume', 'alert: Volume', /alert must match/],
  ['a series twice', RECORDINGS, 'bad:ratio5m\n', 'bad:ratio15m\n', /another series is recorded as/],
  ['an order that is none', RECORDINGS, 'increase15m > 0)', 'increase6h > 0)', /has no metric contract:.*6h/],
  ['a name without a form', RECORDINGS, 'record: contract:dq', 'record: dq', /record must match/],
  ['a series that nothing uses', RECORDINGS, /rules:\n/, UNUSED, /no alert goes by .*9h/],
  [
    'a gauge that grows',
    DOMAIN,
    /max by \(([^)]*)\) \((dq_topic_missing\{[^}]*\})\)/,
    'sum by ($1) (increase($2[5m]))',
    /is a gauge: it has no growth/,
  ],
  [
    'a count since the start',
    RULES,
    /increase\((dq_rule_evaluations_total[^[]*)\[15m\]\)/,
    '$1',
    /increase\(…\) is missing/,
  ],
  [
    'a count since the start, recorded',
    RECORDINGS,
    /increase\((dq_events_total[^[]*)\[5m\]\)/,
    '$1',
    /increase\(…\) is missing/,
  ],
  [
    'a result that is none',
    RECORDINGS,
    'result=~"fail|undecodable"',
    'result=~"failed|undecodable"',
    /never is failed/,
  ],
  [
    'an alert that is never seen to end',
    TESTS,
    /- eval_time: \w+(\n +alertname: AssayVolume\n +exp_alerts: \[\]\n +- name)/,
    '- eval_time: 1s$1',
    /AssayVolume quiet, then fired, and then resolved/,
    RULES,
  ],
  [
    'an alert without a test',
    TESTS,
    /alertname: AssaySilent/g,
    'alertname: AssayLoud',
    /sees AssaySilent fire/,
    RULES,
  ],
  [
    'a test of no alert',
    TESTS,
    'alertname: AssaySilent',
    'alertname: AssayLoud',
    /no alert AssayLoud is beside/,
  ],
  ['a test with another label', TESTS, 'dq_check: volume', 'dq_check: vol', /sees AssayVolume fire/, RULES],
  [
    'a test of nothing',
    TESTS,
    /exp_alerts: \[\]/g,
    'exp_alerts: [{exp_labels: {}, exp_annotations: {}}]',
    /quiet/,
    RULES,
  ],
  ['rules that are not there', TESTS, '- ../recording', '- ../recordings', /no file \.\.\/recordings\.rules/],
  [
    'a metric that is not mapped',
    MAPPING,
    'match: dq.heartbeat',
    'match: dq.beat',
    /no mapping of dq.heartbeat/,
  ],
  [
    'a mapping of nothing',
    MAPPING,
    'match: dq.heartbeat',
    'match: dq.beat',
    /catalogue has no metric dq.beat/,
  ],
  [
    'a mapping to another name',
    MAPPING,
    'name: dq_events_total',
    'name: dq_events',
    /dq.events as dq_events_total/,
  ],
  ['a metric that is mapped twice', MAPPING, 'match: dq.heartbeat', 'match: dq.events', /mapped twice/],
  ['a gauge that stays for ever', MAPPING, /\n {4}ttl: 2m/, '', /ttl is missing, and "2m" is expected/],
  [
    'a count that is forgotten',
    MAPPING,
    /(dq_events_total)/,
    '$1\n    ttl: 2m',
    /ttl is "2m", and none is expected/,
  ],
  [
    'a distribution without its buckets',
    MAPPING,
    /\n {4}observer_type: histogram/,
    '',
    /observer_type is missing/,
  ],
  ['other buckets', MAPPING, / {8}- 0\.0001\n/, '', /histogram_options is \{/],
]

describe('the lint finds', () => {
  test.each(
    FAULTS.map(([name, path, from, to, says, about = path]) => [name, path, from, to, says, about] as const),
  )('%s', (_, path, from, to, says, about) => {
    const text = FILES.get(path) ?? ''
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    const findings = lintPrometheus(new Map([...FILES, [path, changed]]), CATALOGUE)
    const said = findings.filter((finding) => finding.path === about)
    expect(said.map(({ at, message }) => `${at} ${message}`).join('\n')).toMatch(says)
  })

  test('rules without their tests', () => {
    const files = new Map([...FILES].filter(([path]) => path !== TESTS))
    expect(lintPrometheus(files, CATALOGUE)).toEqual([
      { path: RULES, at: '', message: `no tests are beside it, in ${TESTS}` },
    ])
  })

  test('a file that was renamed, and not one of somebody else’s', () => {
    const text = FILES.get(RULES) ?? ''
    const files = new Map([...FILES, ['contracts/old.yaml', text], ['README.md', 'ours']])
    expect(lintPrometheus(files, CATALOGUE)).toEqual([
      { path: 'contracts/old.yaml', at: '', message: 'is no file that is generated' },
    ])
  })
})
