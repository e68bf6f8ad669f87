import { describe, expect, test } from 'vitest'
import { lintDatadog } from '../../../src/generate/datadog/lint/lint-datadog.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../support.ts'

const FILES = datadogFiles(contractsBelow(EVERY_KIND))

const BOARD = 'contracts/shop.orders/contract.dashboard.json'
const DOMAIN = 'domains/shop/domain.dashboard.json'
const VALIDITY = 'contracts/shop.orders/validity.monitor.json'
const TOLERANCE = 'contracts/shop.orders/tolerance_error_warn_0_1_fail_1_over_15min_from_100.monitor.json'
const AGE = 'contracts/shop.orders/freshness.monitor.json'
const VOLUME = 'contracts/shop.orders/volume.monitor.json'
const DEAD = 'contracts/shop.orders/checker_dead.monitor.json'
const FAST = 'contracts/shop.orders/validity_burn_fast.monitor.json'
const BUDGET = 'contracts/shop.orders/validity_budget.monitor.json'
const LAG = 'domains/shop/shop.order-placed.v1.lag.monitor.json'
const SLO = 'contracts/shop.orders/validity.slo.json'
const SLICE = 'contracts/shop.orders/freshness.slo.json'
const BY_STATUS = 'contracts/shop.returns/freshness.slo.json'
const TOPIC = 'topics/shop.order-placed.v1.entity.json'
const CHECKER = 'domains/shop/checker.entity.json'
const TEAM = 'teams/team-billing.notification-rule.json'

/** What is objected to once a file says something else; `from` must be there. */
function objections(path: string, from: string | RegExp, to: string): string[] {
  const text = FILES.get(path) ?? ''
  const changed = text.replace(from, to)
  expect(changed, `${path} holds ${String(from)}`).not.toBe(text)
  return lintDatadog(new Map([...FILES, [path, changed]]), CATALOGUE).map(
    (finding) => `${finding.path} ${finding.at} ${finding.message}`,
  )
}

test('nothing is objected to in what is generated', () => {
  expect(lintDatadog(FILES, CATALOGUE)).toEqual([])
})

/** A name, the file, what is replaced by what, and what must be said about that file. */
type Fault = readonly [name: string, path: string, from: string | RegExp, to: string, says: RegExp]

function checkAll(title: string, faults: readonly Fault[]): void {
  describe(title, () => {
    test.each(faults)('%s', (_, path, from, to, says) => {
      expect(
        objections(path, from, to)
          .filter((text) => text.startsWith(path))
          .join('\n'),
      ).toMatch(says)
    })
  })
}

checkAll('planted faults of queries', [
  ['a metric that is never sent', VALIDITY, 'dq.events{', 'dq.event{', /no metric dq\.event/],
  ['a tag that the metric does not have', TOLERANCE, 'by {rule}', 'by {partition}', /no tag partition/],
  [
    'a tag that nothing has',
    VALIDITY,
    'contract:shop.orders AND',
    'contracts:shop.orders AND',
    /no tag contracts/,
  ],
  [
    'a value that the tag never has',
    VALIDITY,
    '(fail, undecodable)',
    '(failed, undecodable)',
    /never is failed/,
  ],
  ['a brace that is not closed', DEAD, '}.as_count()', '.as_count()', /brace is not closed/],
  ['commas and AND in one filter', VALIDITY, ' AND result IN', ',result IN', /AND|term|expected/],
  ['no aggregator', DEAD, ':sum:dq', ':dq', /expected/],
  ['an average of counts', DEAD, 'sum:dq', 'avg:dq', /asked for with sum/],
  ['a count without as_count', DEAD, '.as_count()', '', /without \.as_count\(\)/],
  ['as_rate', DEAD, '.as_count()', '.as_rate()', /no modifier \.as_rate/],
  [
    'as_count of a gauge',
    AGE,
    '{contract:shop.orders}',
    '{contract:shop.orders}.as_count()',
    /is for counts/,
  ],
  ['seconds that are added up', LAG, 'max:dq', 'sum:dq', /don’t add up/],
  ['an unknown function', VALIDITY, 'is_greater', 'is_larger', /no function is_larger/],
  ['a function without its number', VALIDITY, /, 99\)/, ')', /`,` is expected/],
  ['half a quotient', VALIDITY, / \/ sum.*? \*/, ' *', /what the share is divided by/],
  [
    'a quotient of other events',
    VALIDITY,
    /(\/ sum:dq\.events\{contract:shop\.)orders/,
    '$1returns',
    /same series/,
  ],
  [
    'a quotient among events that could not be judged',
    VALIDITY,
    '(pass, warn, fail, undecodable)',
    '(pass, warn, fail, error)',
    /among it/,
  ],
  [
    'a guard of something else',
    VALIDITY,
    'is_greater(sum:dq.events',
    'is_greater(sum:dq.heartbeat',
    /must be about what the share/,
  ],
  ['a share that is no percentage', VALIDITY, '100 * ', '', /times 100/],
  ['a status that is compared as if it had an order', VOLUME, /abs\((.*?) - 2\) < 1/, '$1 > 2', /no order/],
  ['a status that there is none of', VOLUME, ' - 2)', ' - 6)', /no order/],
])

checkAll('planted faults of monitors', [
  [
    'another threshold than in the query',
    VALIDITY,
    '"critical": 0.1',
    '"critical": 0.2',
    /the query says 0\.1/,
  ],
  ['a number without a leading zero', VALIDITY, '> 0.1', '> .1', /must end with a comparison/],
  ['a warning beyond the alarm', TOLERANCE, '"warning": 0.1', '"warning": 2', /not reached before/],
  [
    'a recovery on the bad side',
    VALIDITY,
    '"critical_recovery": 0.09',
    '"critical_recovery": 0.2',
    /good side/,
  ],
  [
    'a warning recovery without a warning',
    VALIDITY,
    '"critical_recovery": 0.09',
    '"warning_recovery": 0.09',
    /good side of the warning/,
  ],
  ['the wrong direction', LAG, '> 120', '< 120', /alarming > its bound/],
  ['an average over the window of a count', DEAD, 'sum(last', 'avg(last', /sum\(…\) is expected/],
  ['a window in words that Datadog does not know', DEAD, 'last_10m', 'last_10min', /must begin with/],
  ['a window of two months', DEAD, 'last_10m', 'last_60d', /no window last_60d is known/],
  ['a window of three days', DEAD, 'last_10m', 'last_3d', /no window last_3d is known/],
  ['a window of more than a week', DEAD, 'last_10m', 'last_169h', /no window last_169h is known/],
  ['a window of nothing', DEAD, 'last_10m', 'last_0m', /no window last_0m is known/],
  [
    'both ways of missing data',
    DEAD,
    '"notify_audit": false',
    '"notify_audit": false, "notify_no_data": true',
    /notify_no_data/,
  ],
  ['an unknown way of missing data', DEAD, '"default"', '"defaults"', /on_missing_data must be one of/],
  [
    'a heartbeat whose absence is nothing',
    DEAD,
    '"default"',
    '"resolve"',
    /must be default for checker_dead/,
  ],
  [
    'a window that must be full',
    DEAD,
    '"require_full_window": false',
    '"require_full_window": true',
    /require_full_window/,
  ],
  [
    'a quotient that does not wait',
    VALIDITY,
    '"evaluation_delay": 60',
    '"evaluation_delay": 0',
    /waits 60 s/,
  ],
  ['groups without their delay', TOLERANCE, /"new_group_delay": 300,/, '', /new group/],
  ['a priority beyond 5', DEAD, '"priority": 2', '"priority": 6', /priority must be <= 5/],
  ['an unknown type', DEAD, '"query alert"', '"metric alert"', /no monitor metric alert/],
  ['a tag owner', DEAD, 'team:team-billing', 'owner:team-billing', /tags\/\d/],
  ['no mark', DEAD, /\s*"managed-by:assay",/, '', /managed-by:assay is missing/],
  [
    'the data of another contract',
    AGE,
    '{contract:shop.orders}',
    '{contract:shop.returns}',
    /another contract/,
  ],
  ['all contracts together', AGE, '{contract:shop.orders}', '{*}', /narrowed to contract/],
  [
    'a burn rate that can’t be reached',
    'contracts/warehouse.stock/validity_burn_fast.monitor.json',
    /4\.5/g,
    '5',
    /can’t burn faster than 5\.00/,
  ],
  [
    'windows that don’t belong together',
    FAST,
    'short_window(\\"5m\\")',
    'short_window(\\"30m\\")',
    /a twelfth/,
  ],
  ['the timeframe of another objective', FAST, 'over(\\"7d\\")', 'over(\\"30d\\")', /is about 7d/],
  [
    'an objective that is not there',
    FAST,
    'slo:shop.orders/validity',
    'slo:shop.order/validity',
    /no objective is called/,
  ],
  ['more than the whole budget', BUDGET, /90/g, '190', /between 0 and 100/],
])

checkAll('planted faults of messages', [
  ['a block that is not closed', DEAD, '{{/is_alert}}', '', /inside of|not closed/],
  ['a block that is closed by another', DEAD, '{{/is_alert}}', '{{/is_warning}}', /closes what is not open/],
  ['an unknown block', DEAD, /is_recovery/g, 'is_recovered', /no block that is used/],
  [
    'no word on recovery',
    DEAD,
    /\{\{#is_recovery[^]*?is_recovery\}\}/,
    '',
    /says nothing in a block \{\{#is_recovery/,
  ],
  [
    'text that is sent at every change',
    DEAD,
    '{{#is_recovery}}',
    'Always. {{#is_recovery}}',
    /outside of all blocks/,
  ],
  [
    'a warning that can’t be',
    DEAD,
    '{{#is_recovery}}',
    '{{#is_warning}}w{{/is_warning}}{{#is_recovery}}',
    /no such state/,
  ],
  [
    'a variable that the query does not group by',
    TOLERANCE,
    '{{rule.name}}',
    '{{topic.name}}',
    /not grouped by topic/,
  ],
  ['a misspelt variable', VALIDITY, '{{value}}', '{{valeu}}', /no variable/],
  ['half a variable', VALIDITY, '{{value}}', '{{value}', /braces/],
  ['a handle', DEAD, 'Assay has not', '@team-billing Assay has not', /notification rule/],
  ['a handle without a space', DEAD, 'Assay has not', 'Assay,@all has not', /reaches nobody/],
  ['no runbook', VALIDITY, '- Runbook: https://wiki.example.org/billing/orders', '', /does not tell https/],
])

checkAll('planted faults of objectives', [
  ['a target of more than all', SLO, /99\.9\b/g, '101', /must be < 100/],
  ['a target with four decimals', SLO, /99\.9\b/g, '99.9001', /3 decimals/],
  ['a warning below the target', SLO, /99\.95\b/g, '99.5', /must be above it/],
  [
    'another primary timeframe',
    SLO,
    '"timeframe": "7d",\n  "type"',
    '"timeframe": "90d",\n  "type"',
    /no threshold is for 90d/,
  ],
  [
    'a target that is not that of its timeframe',
    SLO,
    '"target_threshold": 99.9',
    '"target_threshold": 99.8',
    /target/,
  ],
  [
    'a formula about a query that is not there',
    SLO,
    '"formula": "bad"',
    '"formula": "worse"',
    /no query is named worse/,
  ],
  ['good events that are bad', SLO, '(pass, warn)', '(pass, fail)', /good events are/],
  [
    'good and bad events of different contracts',
    SLO,
    'shop.orders AND result IN (pass',
    'shop.returns AND result IN (pass',
    /same series/,
  ],
  [
    'slices of ten minutes',
    SLICE,
    '"query_interval_seconds": 60',
    '"query_interval_seconds": 600',
    /query_interval_seconds/,
  ],
  ['the wrong side of fresh', SLICE, '"comparator": "<="', '"comparator": ">="', /is good <=/],
  ['a status without its distance', BY_STATUS, 'abs(status - 2)', 'status', /no order/],
])

checkAll('planted faults of dashboards', [
  [
    'a widget beyond the grid',
    BOARD,
    /"width": 6,\n(\s*)"x": 6/,
    '"width": 7,\n$1"x": 6',
    /beyond the 12 columns/,
  ],
  ['a widget of width 13', BOARD, '"width": 12', '"width": 13', /must be <= 12/],
  ['a negative place', BOARD, '"x": 0', '"x": -1', /must be >= 0/],
  ['a widget upon another', BOARD, '"x": 6', '"x": 5', /lies upon/],
  ['a group that is too low', BOARD, /"height": (?:11|13),/, '"height": 4,', /lower than/],
  [
    'a formula about a query that is not there',
    BOARD,
    '"formula": "lag"',
    '"formula": "lagg"',
    /no query is named lagg/,
  ],
  [
    'a query that nothing uses',
    BOARD,
    '100 - 100 * default_zero(bad) / all',
    '100 * all / all',
    /no formula uses the query bad/,
  ],
  ['two queries of one name', BOARD, '"name": "judged"', '"name": "failed"', /a second query is named/],
  [
    'the deprecated form of a query',
    BOARD,
    '"response_format": "scalar"',
    '"q": "avg:dq.events{*}"',
    /does not belong here|required/,
  ],
  ['an unknown palette', BOARD, 'white_on_red', 'red_on_white', /palette must be one of/],
  ['an unknown comparator', BOARD, '"comparator": "<"', '"comparator": "less"', /comparator must be one of/],
  ['green for what is bad', BOARD, 'white_on_red', 'white_on_green', /green for the other side/],
  ['an unknown widget', BOARD, '"type": "toplist"', '"type": "top_list"', /no widget top_list/],
  [
    'a live span',
    BOARD,
    '"type": "toplist"',
    '"time": {"live_span": "5x"}, "type": "toplist"',
    /does not belong here/,
  ],
  [
    'an unknown layout',
    BOARD,
    '"layout_type": "ordered"',
    '"layout_type": "grid"',
    /layout_type must be one of/,
  ],
  ['a variable that there is none of', BOARD, '$env', '$environment', /no variable environment/],
  ['a variable that nothing uses', DOMAIN, /\$team/g, '$env', /filtered by twice|no query uses/],
  [
    'six teams',
    BOARD,
    '"team:team-billing"',
    '"team:a","team:b","team:c","team:d","team:e","team:f"',
    /more than 5/,
  ],
  ['a tag of another kind', BOARD, '"team:team-billing"', '"owner:team-billing"', /must be a tag team:/],
  [
    'percentiles of a gauge',
    BOARD,
    'max:dq.consumer.lag_seconds',
    'p95:dq.consumer.lag_seconds',
    /gauge such as/,
  ],
  [
    'seconds without a unit',
    BOARD,
    /,\s*"number_format": \{\s*"unit": \{\s*"type": "canonical_unit",\s*"unit_name": "second"\s*\}\s*\}/,
    '',
    /the unit is second/,
  ],
  ['an average of counts', BOARD, '"aggregator": "sum"', '"aggregator": "avg"', /counts add up/],
  [
    'a sum of what does not add up',
    BOARD,
    '"aggregator": "last"',
    '"aggregator": "sum"',
    /only counts add up/,
  ],
  ['sorted by a formula that is not there', BOARD, '"index": 2', '"index": 9', /no formula 9/],
  ['a list without groups', BOARD, / by \{rule,severity\}/g, '', /needs groups/],
  ['a marker without its axis', BOARD, '"value": "y = 300"', '"value": "300"', /such as y = 300/],
  [
    'the monitors of another contract',
    BOARD,
    'contract:shop.orders\\" AND',
    'contract:shop.order\\" AND',
    /must be tag:/,
  ],
  ['no mark', BOARD, 'managed-by:assay domain:shop', 'dashboard:', /must end with managed-by:assay/],
])

checkAll('planted faults of everything else', [
  [
    'percentiles of a count',
    'metrics.tags.json',
    '"metric_type": "count"',
    '"metric_type": "count", "include_percentiles": true',
    /only distributions/,
  ],
  ['a tag that can’t be queried', 'metrics.tags.json', /"reason",\s*/, '', /could not be queried/],
  [
    'another type of metric',
    'metrics.metadata.json',
    '"type": "gauge"',
    '"type": "count"',
    /the catalogue says gauge/,
  ],
  [
    'another unit',
    'metrics.metadata.json',
    '"unit": "second"',
    '"unit": "millisecond"',
    /the catalogue says second/,
  ],
  ['an entity of another kind', TOPIC, '"kind": "queue"', '"kind": "topic"', /no entity topic/],
  ['an entity of another version', TOPIC, '"apiVersion": "v3"', '"apiVersion": "v2.2"', /apiVersion must be/],
  [
    'a topic that depends on nothing that is there',
    CHECKER,
    'queue:shop.order-placed.v1',
    'queue:shop.order-placed.v2',
    /there is no entity/,
  ],
  ['a recipient with @', TEAM, '"team-team-billing"', '"@team-billing"', /without @/],
  ['a rule for everybody', TEAM, /,\s*"team:team-billing"/, '', /one team/],
  ['no JSON', TEAM, '{', '', /is no JSON/],
  [
    'Terraform that reads another file',
    'contract.shop.orders.tf.json',
    'validity.monitor.json',
    'validty.monitor.json',
    /does not read/,
  ],
  [
    'an objective without its id in Terraform',
    'contract.shop.orders.tf.json',
    'replace(',
    'identity(',
    /does not read/,
  ],
])

test('percentiles that are asked for must be switched on', () => {
  const said = objections('metrics.tags.json', '"include_percentiles": true', '"include_percentiles": false')
  expect(said.join('\n')).toMatch(
    /contract\.dashboard\.json .*percentiles of dq\.evaluate\.duration are not switched on/,
  )
})

function without(path: string): string[] {
  return lintDatadog(new Map([...FILES].filter(([each]) => each !== path)), CATALOGUE).map(
    ({ message }) => message,
  )
}

describe('what only the folder as a whole tells', () => {
  test.each([
    [DEAD, /no monitor watches the heartbeat of contract:shop\.orders/],
    [TEAM, /no notification rule tells team:team-billing/],
    [SLO, /no objective is called slo:shop\.orders\/validity/],
    ['domains/shop/system.entity.json', /there is no entity system:shop/],
    ['contract.shop.orders.tf.json', /nothing reads the files beside it/],
    ['metrics.tags.json', /percentiles of dq\.evaluate\.duration/],
  ])('%s is missing', (path, says) => {
    expect(without(path).join('\n')).toMatch(says)
  })

  test('a monitor stands there twice', () => {
    const copy = new Map([...FILES, ['contracts/shop.orders/copy.monitor.json', FILES.get(DEAD) ?? '']])
    expect(
      lintDatadog(copy, CATALOGUE)
        .map(({ message }) => message)
        .join('\n'),
    ).toMatch(/can’t be told from/)
  })

  test('files of others are passed over', () => {
    const more = new Map([...FILES, ['notes.json', '{"by": "hand"}'], ['own.tf.json', '{']])
    expect(lintDatadog(more, CATALOGUE)).toEqual([])
  })
})

test.each(['null', '[]', '{}', '7', '"text"', '{"type":null}', '{"widgets":[null]}', '{"kind":7}'])(
  '%s in place of any file is told, and nothing is thrown',
  (text) => {
    for (const path of FILES.keys()) {
      if (path.endsWith('.tf.json')) continue
      expect(lintDatadog(new Map([...FILES, [path, text]]), CATALOGUE), path).not.toEqual([])
    }
  },
)
