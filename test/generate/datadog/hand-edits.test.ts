import { describe, expect, test } from 'vitest'
import { lintDatadog } from '../../../src/generate/datadog/lint/lint-datadog.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../support.ts'

/** Edits of people who know Datadog: what they write is taken, and means something else. */
const FILES = datadogFiles(contractsBelow(EVERY_KIND), { env: 'prod' })

const ORDERS = 'contracts/shop.orders/'
const BOARD = `${ORDERS}contract.dashboard.json`
const DOMAIN = 'domains/shop/domain.dashboard.json'
const VALIDITY = `${ORDERS}validity.monitor.json`
const TOLERANCE = `${ORDERS}tolerance_error_warn_0_1_fail_1_over_15min_from_100.monitor.json`
const WARNING = `${ORDERS}tolerance_warning_fail_5_over_1h_from_1.monitor.json`
const NONE = `${ORDERS}no_failure_error.monitor.json`
const AGE = `${ORDERS}freshness.monitor.json`
const DEAD = `${ORDERS}checker_dead.monitor.json`
const FAST = `${ORDERS}validity_burn_fast.monitor.json`
const BUDGET = `${ORDERS}validity_budget.monitor.json`
const LAG = 'domains/shop/shop.order-placed.v1.lag.monitor.json'
const RETENTION = 'domains/shop/shop.order-placed.v1.lag_retention.monitor.json'
const SLO = `${ORDERS}validity.slo.json`
const SLICE = `${ORDERS}freshness.slo.json`
const BY_STATUS = 'contracts/shop.returns/freshness.slo.json'
const TOPIC = 'topics/shop.order-placed.v1.entity.json'
const TEAM = 'teams/team-billing.notification-rule.json'
const METADATA = 'metrics.metadata.json'
const TERRAFORM = 'contract.shop.orders.tf.json'

/** What is replaced in a file (everywhere), and what must be said about it or, without its name, about the folder. */
type Edit = readonly [
  name: string,
  path: string,
  replaced: readonly (readonly [from: string | RegExp, to: string])[],
  says: RegExp,
]

function edited(path: string, replaced: Edit[2]): Map<string, string> {
  const text = FILES.get(path) ?? ''
  return new Map([
    ...FILES,
    [
      path,
      replaced.reduce((all, [from, to]) => {
        const changed = all.replaceAll(from, to)
        expect(changed, `${path} holds ${String(from)}`).not.toBe(all)
        return changed
      }, text),
    ],
  ])
}

function said(files: ReadonlyMap<string, string>): string {
  return lintDatadog(files, CATALOGUE)
    .map(({ path, at, message }) => `${path} ${at} ${message}`)
    .join('\n')
}

function checkAll(title: string, edits: readonly Edit[]): void {
  describe(title, () => {
    test.each(edits)('%s', (_, path, replaced, says) => {
      expect(said(edited(path, replaced))).toMatch(says)
    })
  })
}

test('nothing is objected to in what is generated', () => {
  expect(lintDatadog(FILES, CATALOGUE)).toEqual([])
})

checkAll('bounds and windows', [
  ['no guard', VALIDITY, [[/ \* is_greater\(.*?, 99\)/g, '']], /is_greater\(…\) of the judged events/],
  ['another guard than is told', TOLERANCE, [[', 99)', ', 9)']], /tells 100 events .* the query 10$/m],
  [
    'another bound than is told',
    TOLERANCE,
    [
      ['> 1"', '> 5"'],
      ['"critical": 1,', '"critical": 5,'],
    ],
    /\/message does not tell the bound: 5 %/,
  ],
  ['a warning that is not told', TOLERANCE, [['allows 0.1 %', 'allows 0.2 %']], /the bound: 0\.1 %/],
  ['another window than is told', VALIDITY, [['last_15m', 'last_30m']], /the window: last 30 min/],
  [
    'an age in milliseconds',
    AGE,
    [
      ['> 300"', '> 300000"'],
      ['"critical": 300', '"critical": 300000'],
    ],
    /the bound: 5000 min/,
  ],
  ['silence that is told late', AGE, [['max(last_5m)', 'min(last_5m)']], /max\(…\) is expected/],
  ['a lag that goes by itself', LAG, [['min(last_10m)', 'max(last_10m)']], /min\(…\) is expected/],
  [
    'a lag of hours',
    LAG,
    [
      ['> 120"', '> 12000"'],
      ['"critical": 120', '"critical": 12000'],
    ],
    /the bound: 12000 s/,
  ],
  ['more than the retention', RETENTION, [[/302400/g, '604800']], /the bound: 604800 s/],
  [
    'some failures without their share',
    NONE,
    [
      ['> 0"', '> 5"'],
      ['"critical": 0', '"critical": 5'],
    ],
    /means nothing without its share/,
  ],
  ['verdicts of every kind', NONE, [[',result:fail', '']], /result:fail or result:error is expected/],
  [
    'a rollup in a monitor',
    DEAD,
    [['.as_count()', '.rollup(max)']],
    /rollup\(…\) has no place|without \.as_count/,
  ],
  ['a fast burn that is slow', FAST, [[/16\.8/g, '2']], /burns fast at 16\.8 over 1 h/],
  [
    'windows of another burn',
    FAST,
    [
      ['\\"1h\\"', '\\"24h\\"'],
      ['\\"5m\\"', '\\"120m\\"'],
    ],
    /burns fast at 16\.8 over 1 h/,
  ],
  ['a rate that is told otherwise', FAST, [['more than 16.8', 'more than 14.4']], /the bound: 16\.8 times/],
  ['a share of the budget that is told otherwise', BUDGET, [['90 %', '80 %']], /the bound: 90 %/],
])

checkAll('who and what a monitor is about', [
  [
    'no name of the group in the title',
    TOLERANCE,
    [['"shop.orders: rule {{rule.name}}', '"shop.orders: a rule']],
    /\/name does not tell which rule/,
  ],
  [
    'no name of the group in the alarm',
    TOLERANCE,
    [['Rule {{rule.name}} of', 'A rule of']],
    /\/message does not tell which rule/,
  ],
  [
    'a rule that nobody knows',
    TOLERANCE,
    [['has_customer, ', 'has_custommer, ']],
    /rule has_custommer, which the message/,
  ],
  ['no producer', VALIDITY, [[/- Producer: .*?\\n/g, '']], /a line `- Producer: …` is missing/],
  ['nobody who relies on it', AGE, [[/- Relied on by: .*?\\n/g, '']], /`- Relied on by: …` is missing/],
  ['no way to samples', NONE, [[/- See samples.*?\\n/g, '']], /how to see what failed/],
  [
    'samples of another topic',
    VALIDITY,
    [['--topic shop.order-placed.v1', '--topic shop.returns.v1']],
    /shows samples of shop\.returns\.v1/,
  ],
  [
    'the name of another contract',
    VALIDITY,
    [['"name": "shop.orders:', '"name": "shop.returns:']],
    /must begin with `shop\.orders: `/,
  ],
  [
    'a message about another contract',
    VALIDITY,
    [['events of shop.orders', 'events of shop.returns']],
    /does not name shop\.orders/,
  ],
  ['a page for a warning', WARNING, [['"priority": 3', '"priority": 1']], /priority is 1, .* of priority 3/],
  [
    'no hurry though nobody watches',
    DEAD,
    [['"priority": 2', '"priority": 5']],
    /priority is 5, and checker_dead is of priority 2/,
  ],
  ['a variable in single braces', VALIDITY, [['{{value}}', '{value}']], /\{value\} is no variable/],
  ['a number that is none', VALIDITY, [['{{value}} %', 'NaN %']], /says `NaN`/],
  [
    'the team of another contract',
    DEAD,
    [['team:team-billing', 'team:team_returns_repairs']],
    /says team:team_returns_repairs of contract:shop\.orders/,
  ],
  [
    'another environment',
    TOLERANCE,
    [['env:prod', 'env:staging']],
    /is about env:staging, and .* about env:prod/,
  ],
  [
    'all environments',
    DEAD,
    [
      [',env:prod', ''],
      [/\s*"env:prod",/g, ''],
    ],
    /about (?:all environments|env:prod)/,
  ],
])

checkAll('objectives', [
  [
    'another age than is told',
    SLICE,
    [['"threshold": 300', '"threshold": 3000']],
    /is 50 min, which the description/,
  ],
  [
    'an age that is calculated',
    SLICE,
    [['"formula": "age"', '"formula": "age - 300"']],
    /not the age itself/,
  ],
  ['an average of statuses', BY_STATUS, [['.rollup(max)', '']], /the highest of a slice counts/],
  [
    'good events that are counted twice',
    SLO,
    [['"formula": "good"', '"formula": "good * 2"']],
    /without arithmetic/,
  ],
])

checkAll('dashboards', [
  [
    'a number of all environments',
    BOARD,
    [['{$env,contract:shop.orders}', '{contract:shop.orders}']],
    /\$env is missing/,
  ],
  [
    'no number where nothing failed',
    BOARD,
    [['default_zero(bad) / all', 'bad / all']],
    /shows nothing where nothing failed/,
  ],
  [
    'two charts of one title',
    BOARD,
    [['"title": "Heartbeats"', '"title": "Time to judge an event"']],
    /another widget beside it is called/,
  ],
  [
    'a title that links don’t find',
    BOARD,
    [['"title": "Contract shop.orders"', '"title": "Orders"']],
    /must be Contract shop\.orders/,
  ],
  [
    'an id of one account',
    DOMAIN,
    [['/dashboard/lists?q=Contract%20{{contract.value}}', '/dashboard/abc-def-ghi']],
    /an id that only one account has/,
  ],
  [
    'red at another target',
    BOARD,
    [['"value": 99.9\n', '"value": 90\n']],
    /red begins at 90, and the objective is 99\.9/,
  ],
  [
    'red at another age',
    BOARD,
    [['"value": 300\n', '"value": 3000\n']],
    /red begins at 3000, and the monitor alarms at 300/,
  ],
  ['a line at another age', BOARD, [['y = 300"', 'y = 3000"']], /the lowest line is at 3000/],
  [
    'the team of another contract',
    BOARD,
    [['team:team-billing', 'team:team_returns_repairs']],
    /another team than its monitors/,
  ],
])

checkAll('what the kind of a monitor asks for', [
  [
    'another metric',
    `${ORDERS}suspended_rule.monitor.json`,
    [['dq.rules.suspended', 'dq.rule.status']],
    /is about dq\.rules\.suspended|no order/,
  ],
  [
    'the shadow of a rule',
    NONE,
    [['dq.rule.evaluations', 'dq.shadow.evaluations']],
    /asks for dq\.shadow\.evaluations/,
  ],
  [
    'another status',
    `${ORDERS}volume.monitor.json`,
    [['- 2)', '- 3)']],
    /about status breached, whose number is 2/,
  ],
  ['errors in place of failures', NONE, [['result:fail', 'result:error']], /counts result:fail/],
  ['the least of all series', LAG, [['max:dq', 'min:dq']], /max is expected/],
  ['the oldest of a contract', AGE, [['min:dq', 'max:dq']], /min is expected/],
  [
    'a lasting trouble that is told at once',
    'domains/shop/stale_rules.monitor.json',
    [['min(last_10m)', 'max(last_10m)']],
    /min\(…\) is expected of stale_rules/,
  ],
  ['a day without a heartbeat', DEAD, [['last_10m', 'last_1d']], /looks at 1440 min/],
  [
    'an alarm that nobody closes',
    'domains/shop/stale_rules.monitor.json',
    [['"resolve"', '"default"']],
    /must be resolve for stale_rules/,
  ],
  [
    'silence while nothing is known',
    AGE,
    [['"show_no_data"', '"resolve"']],
    /must be show_no_data for freshness/,
  ],
  ['a priority of another kind', RETENTION, [['"priority": 1', '"priority": 4']], /of priority 1/],
  [
    'a kind that there is none of',
    DEAD,
    [['dq_check:checker_dead', 'dq_check:checker_gone']],
    /no kind of monitor is called checker_gone/,
  ],
  [
    'a quotient that waits long',
    VALIDITY,
    [['"evaluation_delay": 60', '"evaluation_delay": 600']],
    /is 600 s, and 60 is needed/,
  ],
  [
    'a new group that is judged at once',
    NONE,
    [['"new_group_delay": 300', '"new_group_delay": 0']],
    /is 0 s, and 300/,
  ],
  ['a share that is added to', VALIDITY, [['100 * ', '100 + ']], /times 100/],
  ['a guard that is added', VALIDITY, [[' * is_greater', ' + is_greater']], /nothing else is done to it/],
  ['all but one', DEAD, [['{contract:', '{!team:x,contract:']], /leaves out team:x/],
  ['all rules in place of some', NONE, [[/,rule:[a-z_]+|,severity:[a-z]+/g, '']], /asks for all rules/],
  ['lags of another domain', LAG, [['domain:shop,', '']], /narrowed to domain:shop/],
])

checkAll('numbers and names that are told', [
  ['another bound in the name', TOLERANCE, [['more than 1 %', 'more than 2 %']], /\/name tells 2 %/],
  [
    'another window in the recovery',
    VALIDITY,
    [['share of the last 15 min', 'share of the last 5 min']],
    /tells 5 min/,
  ],
  [
    'a recovery that is told otherwise',
    VALIDITY,
    [['"critical_recovery": 0.09', '"critical_recovery": 0.01']],
    /tells 0\.09 %/,
  ],
  [
    'no recovery of a share',
    VALIDITY,
    [[/,\s*"critical_recovery": 0\.09/g, '']],
    /critical_recovery is missing/,
  ],
  ['another promise', FAST, [['99.9 %', '99 %']], /tells 99 %/],
  [
    'the bound in place of the value',
    AGE,
    [['{{value}}', '{{threshold}}']],
    /tells a bound in place of what was measured/,
  ],
  [
    'another team',
    VALIDITY,
    [['Relied on by: team-billing', 'Relied on by: team-x']],
    /says that team-x .* tags say team:team-billing/,
  ],
  [
    'no producer in the warning',
    TOLERANCE,
    [[/(allows 0\.1 %.*?)- Producer: .*?\\n/g, '$1']],
    /a line `- Producer: …` is missing/,
  ],
  [
    'an objective of another name',
    SLO,
    [['"name": "shop.orders:', '"name": "shop.returns:']],
    /must begin with `shop\.orders: `/,
  ],
  [
    'an objective of another topic',
    SLO,
    [['of topic shop.order-placed.v1', 'of topic shop.returns.v1']],
    /about topic shop\.returns\.v1/,
  ],
  [
    'an objective of another share',
    SLO,
    [['At least 99.9 %', 'At least 99 %']],
    /tells 99 %, and the target is 99\.9/,
  ],
  ['the oldest event of an objective', SLICE, [['min:dq', 'max:dq']], /min is expected/],
])

checkAll('what widgets are there for', [
  [
    'another metric',
    BOARD,
    [['dq.heartbeat', 'dq.status.changes']],
    /beats is not asked of dq\.status\.changes/,
  ],
  ['another result', BOARD, [['result:skip', 'result:pass']], /skipped is of result pass/],
  [
    'another formula',
    BOARD,
    [['"formula": "default_zero(skipped)"', '"formula": "default_zero(errors)"']],
    /is called skipped|no formula uses/,
  ],
  ['bad ones as valid ones', DOMAIN, [['100 - 100 * ', '100 * ']], /is called valid/],
  ['a share that is added to', DOMAIN, [['"100 * default', '"100 + default']], /times 100/],
  ['other groups', DOMAIN, [[' by {topic}', ' by {partition}']], /is grouped by partition/],
  ['the choice of a team that does nothing', DOMAIN, [['{$env,$team,', '{$env,']], /\$team is missing/],
  ['the best first', DOMAIN, [['"order": "desc"', '"order": "asc"']], /the worst is to be seen first/],
  [
    'a widget of another title',
    BOARD,
    [['"title": "All rules"', '"title": "Rules"']],
    /no widget called All rules/,
  ],
  [
    'a widget of another kind',
    BOARD,
    [['"type": "toplist"', '"type": "query_table"']],
    /is shown as toplist|has_search_bar/,
  ],
  [
    'red at another lag',
    BOARD,
    [[/"value": 120\b/g, '"value": 1200']],
    /red begins at 1200, and the monitor alarms at 120/,
  ],
  [
    'a number without a colour',
    BOARD,
    [[/(?<="white_on_green",\s*"value": )99\.95/g, '99.99']],
    /share a bound/,
  ],
  ['a link that finds nothing', DOMAIN, [['{{contract.value}}"', '{{contract.value}}s"']], /finds nothing/],
])

checkAll('everything else', [
  [
    'a domain that an entity is not of',
    TOPIC,
    [['"domain:shop"', '"domain:bank"']],
    /domain:shop is missing/,
  ],
  [
    'nobody who relies on a topic',
    TOPIC,
    [[/"name": "team-billing"/g, '"name": "team-x"']],
    /team-billing relies on topic/,
  ],
  [
    'an owner without a contract',
    'domains/shop/checker.entity.json',
    [[/"owner": ".*?"/g, '"owner": "team-x"']],
    /team-x has no contract on domain shop/,
  ],
  ['a rule for all environments', TEAM, [[/\s*"env:prod",/g, '']], /would tell of all environments/],
  [
    'a rule by the name of another environment',
    TEAM,
    [[' in prod"', ' in staging"']],
    /must end with ` in prod`/,
  ],
  ['everybody', TEAM, [['"team-team-billing"', '"all"']], /and not `all`, and is "all"/],
  [
    'some monitors of a team',
    TEAM,
    [['"team:team-billing"', '"team:team-billing", "dq_check:validity"']],
    /narrows the monitors/,
  ],
  [
    'an owner who relies on himself',
    TOPIC,
    [['"owner": "team-shop"', '"owner": "team-billing"']],
    /is the owner already/,
  ],
  [
    'a key that stands twice',
    TOLERANCE,
    [['"priority": 2,', '"priority": 2, "priority": 1,']],
    /a key stands twice/,
  ],
  [
    'a description that is too long',
    METADATA,
    [['"description": "', `"description": "${'x'.repeat(400)}`]],
    /more than 400 characters/,
  ],
  [
    'the id of another objective',
    TERRAFORM,
    [[/slo:shop\.orders\/validity(?=\\", dat)/g, 'slo:shop.orders/freshness']],
    /\/resource\/datadog_monitor\/\S+\/query does not read .*: .* is expected/,
  ],
  ['no JSON in Terraform', TERRAFORM, [['"resource": {', '"resource": ']], /is no JSON/],
])

/** Files that are gone, with what Terraform says of them. */
const GONE: readonly (readonly [path: string, says: RegExp])[] = [
  [BOARD, /there is no dashboard called Contract shop\.orders/],
  [DOMAIN, /there is no dashboard called Domain shop: contracts/],
  [BUDGET, /there is no monitor validity_budget of contract:shop\.orders/],
  [FAST, /there is no monitor validity_burn_fast of contract:shop\.orders/],
  [LAG, /there is no monitor lag of topic:shop\.order-placed\.v1 of domain:shop/],
  [`${ORDERS}broken_rule.monitor.json`, /there is no monitor broken_rule of contract:shop\.orders/],
  ['domains/shop/stale_rules.monitor.json', /there is no monitor stale_rules of domain:shop/],
  ['domains/shop/checker.entity.json', /there is no entity service:assay-shop/],
  ['topics/warehouse.stock.v1.entity.json', /there is no entity queue:warehouse\.stock\.v1/],
]

test.each(GONE)('%s is missed, whatever reads it', (path, says) => {
  expect(said(new Map([...FILES].filter(([each]) => each !== path)))).toMatch(says)
})
