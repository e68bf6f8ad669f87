import { describe, expect, test } from 'vitest'
import { generateGrafana } from '../../../src/generate/grafana/generate-grafana.ts'
import { lintGrafana } from '../../../src/generate/grafana/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'

/** Edits that Grafana takes, and that show nothing, or something else than they say. */
const FILES = new Map(
  generateGrafana(contractsBelow(EVERY_KIND), CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, env: 'prod' }).map(
    ({ path, text }) => [path, text],
  ),
)
const BOARD = 'contracts/shop.orders.dashboard.json'
const AGE_OF_ORDERS = 'dq_topic_event_age{contract=\\"shop.orders\\",env=~\\"$env\\"}'

type Edit = readonly [name: string, from: string | RegExp, to: string, says: RegExp]

function said(files: ReadonlyMap<string, string>): string {
  return lintGrafana(files, CATALOGUE)
    .map(({ path, at, message }) => `${path} ${at} ${message}`)
    .join('\n')
}

function checkAll(title: string, edits: readonly Edit[]): void {
  describe(title, () => {
    test.each(edits)('%s', (_, from, to, says) => {
      const text = FILES.get(BOARD) ?? ''
      const changed = text.replaceAll(from, () => to)
      expect(changed).not.toBe(text)
      expect(said(new Map([...FILES, [BOARD, changed]]))).toMatch(says)
    })
  })
}

test('nothing is objected to in what is generated', () => {
  expect(lintGrafana(FILES, CATALOGUE)).toEqual([])
})

checkAll('expressions', [
  [
    'no environment',
    `min(${AGE_OF_ORDERS})`,
    'min(dq_topic_event_age{contract=\\"shop.orders\\"})',
    /env=~"\$env" is missing/,
  ],
  ['one environment of several', 'env=~\\"$env\\"', 'env=\\"$env\\"', /env=~"\$env" is missing/],
  [
    'another contract',
    'event_age{contract=\\"shop.orders\\"',
    'event_age{contract=\\"shop.returns\\"',
    /narrowed to contract="shop\.orders"/,
  ],
  [
    'all contracts',
    'event_age{contract=\\"shop.orders\\",',
    'event_age{',
    /narrowed to contract="shop\.orders"/,
  ],
  ['a value that there is not', 'undecodable\\"', 'undecodeable\\"', /never is undecodeable/],
  ['alternatives as one value', 'result=~', 'result=', /never is fail\|undecodable/],
  [
    'validity without undecodable events',
    'result=~\\"fail|undecodable\\"',
    'result=~\\"fail\\"',
    /fail is neither what is bad/,
  ],
  [
    'growth of a gauge',
    `min(${AGE_OF_ORDERS})`,
    `min(increase(${AGE_OF_ORDERS}[5m]))`,
    /is a gauge: it has no growth/,
  ],
  [
    'a count since the start',
    /increase\((dq_heartbeat_total\{[^}]*\})\[\$__rate_interval\]\)/g,
    'dq_heartbeat_total{contract=\\"shop.orders\\",env=~\\"$env\\"}',
    /increase\(…\) is missing/,
  ],
  [
    'a range without growth',
    `min(${AGE_OF_ORDERS})`,
    `min(${AGE_OF_ORDERS}[5m])`,
    /increase\(…\) go together/,
  ],
  ['growth without a range', '[$__range]', '', /increase\(…\) go together/],
  ['a range without scrapes', '[$__rate_interval]', '[5s]', /within 5s there may be no two scrapes/],
  ['half a calculation', `min(${AGE_OF_ORDERS})`, `min(${AGE_OF_ORDERS}) +`, /has nothing behind \+/],
  ['a label twice', 'by (partition)', 'by (partition, partition)', /groups by one label twice/],
  [
    'a quantile of one number',
    'histogram_quantile(0.5, sum by (le)',
    'histogram_quantile(0.5, sum by (contract)',
    /needs its buckets/,
  ],
  ['a quantile in per cent', 'histogram_quantile(0.95', 'histogram_quantile(95', /between 0 and 1/],
  ['half a label in a legend', '{{partition}}', '{{partition}', /braces that belong to no label/],
  ['a mark of a label that is gone', '"tagKeys": "status"', '"tagKeys": "rule"', /names the label rule/],
  ['a text of a label that is gone', 'became {{status}}', 'became {{rule}}', /names the label rule/],
])

checkAll('panels', [
  ['seconds as numbers', '"unit": "s"', '"unit": "short"', /the unit is s, not short/],
  ['a share in seconds', '"unit": "percentunit"', '"unit": "s"', /the unit is percentunit, not s/],
  ['a share of more than 1', '"value": 0.999\n', '"value": 99.9\n', /a share is at most 1/],
  ['steps that go down', '"value": 0.9995\n', '"value": 0.5\n', /each other a higher one/],
  ['steps from nowhere', '"value": null', '"value": 0', /the first step has no value/],
  [
    'red for what is good',
    /"color": "green",\n(\s*)"value": null/g,
    '"color": "red", "value": null',
    /much of it is bad/,
  ],
  [
    'green for what is bad',
    /"color": "red",\n(\s*)"value": null/g,
    '"color": "green", "value": null',
    /little of it is bad/,
  ],
  [
    'another name of a status',
    '"text": "breached"',
    '"text": "fine"',
    /numbers of statuses have other names/,
  ],
  ['a moment where a time is shown', '"instant": false', '"instant": true', /asks for a time/],
  ['a time where a moment is shown', '"range": false', '"range": true', /asks for one moment/],
  ['a table of series', '"format": "table"', '"format": "time_series"', /a table reads table/],
  ['a heat map of series', '"format": "heatmap"', '"format": "time_series"', /a heatmap reads heatmap/],
  [
    'a heat map of contracts',
    /"sum by \(le\) \(increase\(dq_eval/g,
    '"sum by (contract) (increase(dq_eval',
    /a heat map is of buckets/,
  ],
  ['a column of no query', '"Value #F"', '"Value #Z"', /renames Value #Z/],
  ['colours of no column', '"options": "status"', '"options": "state"', /there is no column state/],
  ['sorted by no column', '"displayName": "failed"', '"displayName": "fails"', /there is no column fails/],
  [
    'two panels of one title',
    '"title": "Heartbeats"',
    '"title": "Slow judgements"',
    /another panel beside it is called/,
  ],
])

checkAll('the whole', [
  [
    'the title of another contract',
    '"title": "Contract shop.orders"',
    '"title": "Contract shop.returns"',
    /must be Contract shop\.orders/,
  ],
  ['no team', '"team:team-billing"', '"billing"', /no tag team/],
  [
    'a variable that says something else',
    '"definition": "label_values(dq_heartbeat_total, env)"',
    '"definition": "label_values(up, env)"',
    /must be that of the query/,
  ],
  ['changes by hand', '"editable": false', '"editable": true', /editable must be one of false/],
  ['a time that is none', '"from": "now-24h"', '"from": "yesterday"', /a time ago, such as now-24h/],
  ['a refresh each second', '"refresh": "1m"', '"refresh": "1s"', /minutes or hours, such as 1m/],
  ['marks without a distance', '"step": "60s"', '"step": "0s"', /a length of time, such as 60s/],
  ['a key twice', '"refresh": "1m"', '"refresh": "5m", "refresh": "1m"', /a key stands twice/],
])
