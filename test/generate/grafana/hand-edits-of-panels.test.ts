import { describe, expect, test } from 'vitest'
import { generateGrafana } from '../../../src/generate/grafana/generate-grafana.ts'
import { lintGrafana } from '../../../src/generate/grafana/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../../src/generate/settings.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { contractsBelow, EVERY_KIND } from '../support.ts'

const FILES = new Map(
  generateGrafana(contractsBelow(EVERY_KIND), CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, env: 'prod' }).map(
    ({ path, text }) => [path, text],
  ),
)
const BOARD = 'contracts/shop.orders.dashboard.json'
const DOMAIN = 'domains/shop.dashboard.json'

/** In the JSON of one panel, without white space. */
type PanelEdit = readonly [name: string, panel: string, from: string | RegExp, to: string, says: RegExp]

function saidOf(path: string, json: unknown): string {
  return lintGrafana(new Map([...FILES, [path, JSON.stringify(json)]]), CATALOGUE)
    .map(({ at, message }) => `${at} ${message}`)
    .join('\n')
}

function checkPanels(title: string, edits: readonly PanelEdit[]): void {
  describe(title, () => {
    test.each(edits)('%s', (_, panel, from, to, says) => {
      const board = JSON.parse(FILES.get(BOARD) ?? '') as { panels: { title: string }[] }
      const index = board.panels.findIndex((each) => each.title === panel)
      const text = JSON.stringify(board.panels[index])
      const changed = text.replace(from, to)
      expect(changed).not.toBe(text)
      board.panels[index] = JSON.parse(changed) as { title: string }
      expect(saidOf(BOARD, board)).toMatch(says)
    })
  })
}

checkPanels('times and names', [
  ['a window below that of scrapes', 'Events', '__rate_interval', '__interval', /looks at \[\$__interval\]/],
  [
    'the whole time at each point',
    'Events',
    '__rate_interval',
    '__range',
    /a timeseries is about \[\$__rate/,
  ],
  [
    'a step as the whole time',
    'Valid events',
    /__range/g,
    '__rate_interval',
    /a stat is about \[\$__range\]/,
  ],
  ['a window of no unit', 'Events', '$__rate_interval', '5', /looks at \[5\]/],
  ['two windows in one share', 'Valid events', '$__range', '5m', /compares different times/],
  ['growth per second', 'Heartbeats', 'increase(', 'rate(', /is per second, and the panel counts/],
  ['yesterday’s numbers', 'Events', '_interval]', '_interval] offset 1d', /another time than that below it/],
  ['a top of no number', 'Rules that fail most', 'topk(10, ', 'topk(', /says of how many it is the top/],
  [
    'a top of each point',
    'Events by result',
    /"expr":"((?:[^"\\]|\\.)*)"/,
    '"expr":"topk(3, $1)"',
    /lines come and go/,
  ],
  [
    'a share of what never meets',
    'Valid events',
    '/ (sum(',
    '/ (sum by (topic) (',
    /sides keep different labels/,
  ],
  ['one name for all series', 'Events by result', '{{result}}', 'events', /\{\{result\}\} tells them apart/],
  ['no buckets by name', 'Time to judge an event', '{{le}}', 'bucket', /\{\{le\}\} tells them apart/],
  [
    'one name for two',
    'Slow judgements',
    'one in twenty takes longer',
    'half take longer',
    /another query is called/,
  ],
  ['rows of other labels', 'All rules', 'by (rule, severity)', 'by (rule)', /rows can’t be joined/],
])

checkPanels('looks', [
  ['a share written as 100.0%', 'Valid events', /"decimals":\d,/, '', /would write 0\.9995 as 100\.0%/],
  ['a share without digits', 'Valid events', /"decimals":\d/, '"decimals":0', /decimals must be >= 2/],
  [
    'colours of the series',
    'Valid events',
    '"mode":"thresholds"',
    '"mode":"palette-classic"',
    /colours go by thr/,
  ],
  [
    'colours that are not shown',
    'Valid events',
    '"colorMode":"background"',
    '"colorMode":"none"',
    /are not shown/,
  ],
  [
    'numbers of nobody',
    'Rules',
    '"textMode":"value_and_name"',
    '"textMode":"value"',
    /whose they are is not said/,
  ],
  ['all rows as values', 'Valid events', '"values":false', '"values":true', /values must be one of false/],
  ['values of another field', 'Valid events', '"fields":""', '"fields":"/^share$/"', /fields must be one of/],
  ['a breach in green', 'Rules', /"color":"red"/, '"color":"green"', /other names or colours/],
  [
    'bounds that are not drawn',
    'Lag of verdicts by partition',
    '"mode":"line"',
    '"mode":"off"',
    /bounds are not drawn/,
  ],
  [
    'lines that add up',
    'Lag of verdicts by partition',
    '"mode":"none"',
    '"mode":"normal"',
    /bars add up, lines don’t/,
  ],
  [
    'lines of one colour',
    'Lag of verdicts by partition',
    'palette-classic',
    'thresholds',
    /all lines would have one/,
  ],
  [
    'no legend',
    'Events by result',
    '"showLegend":true',
    '"showLegend":false',
    /showLegend must be one of true/,
  ],
  [
    'buckets of buckets',
    'Time to judge an event',
    '"calculate":false',
    '"calculate":true',
    /calculate must be/,
  ],
  [
    'a scheme that there is not',
    'Time to judge an event',
    '"Oranges"',
    '"Orange"',
    /scheme must be one of Oranges/,
  ],
  [
    'tables side by side',
    'All rules',
    /\{"id":"merge","options":\{\}\},/,
    '',
    /columns of all queries make one table/,
  ],
  [
    'names before there is one table',
    'All rules',
    /(\{"id":"merge","options":\{\}\}),(.*?\}\})\]/,
    '$2,$1]',
    /merge, org/,
  ],
  [
    'two looks of a column',
    'All rules',
    '"options":"failed"',
    '"options":"evaluated"',
    /evaluated has two looks/,
  ],
  ['cells without colour', 'All rules', /,\{"id":"custom.cellOptions".*?\}\}/, '', /custom\.cellOptions/],
  [
    'cells in the colour of the series',
    'All rules',
    /\{"id":"color","value":\{.*?\}\},/,
    '',
    /colours go by the series/,
  ],
  ['a panel of one line', 'Events', /"h":\d+/, '"h":1', /gridPos\/h must be >= 3/],
  ['a heading of half the width', 'What is failing?', '"w":24', '"w":12', /gridPos\/w must be one of 24/],
  ['a script', '', '"content":"', '"content":"<script>x</script>', /has HTML/],
])

/** In the text of a file. */
type FileEdit = readonly [name: string, path: string, from: string | RegExp, to: string, says: RegExp]

const FRAMES: readonly FileEdit[] = [
  ['no menu finds it', BOARD, '"assay",', '', /no tag assay/],
  [
    'a tag too long for the database',
    BOARD,
    '"assay",',
    `"assay", "${'x'.repeat(51)}",`,
    /at most 50 characters/,
  ],
  [
    'no such time zone',
    BOARD,
    '"timezone": "browser"',
    '"timezone": "Europe/Nowhere"',
    /timezone must be one of/,
  ],
  ['environments of the first day', BOARD, '"refresh": 2', '"refresh": 0', /refresh must be >= 1/],
  ['one environment at a time', BOARD, '"multi": true', '"multi": false', /multi must be one of true/],
  ['all that is no expression', BOARD, '"allValue": ".*"', '"allValue": "*"', /allValue must be one of/],
  [
    'a choice that says another',
    BOARD,
    /("text": \[\s+)"prod"/,
    '$1"test"',
    /shows another choice than it makes/,
  ],
  ['marks that are off', BOARD, '"enable": true', '"enable": false', /enable must be one of true/],
  ['marks too far apart', BOARD, '"step": "60s"', '"step": "10m"', /changes between are not seen/],
  [
    'a link that loses the time',
    BOARD,
    '"keepTime": true',
    '"keepTime": false',
    /loses the time or the choices/,
  ],
  [
    'a link that loses the choices',
    BOARD,
    '"includeVars": true',
    '"includeVars": false',
    /loses the time or the/,
  ],
  ['a menu of another domain', DOMAIN, '"domain:shop"', '"domain:shops"', /must be assay, domain:/],
  [
    'a list that misses a contract',
    DOMAIN,
    /\]\(\/d\/assay-c-shop-orders/,
    '] (/d/assay-c-shop-orders',
    /does not link to/,
  ],
]

describe('frames', () => {
  test.each(FRAMES)('%s', (_, path, from, to, says) => {
    const text = FILES.get(path) ?? ''
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(saidOf(path, JSON.parse(changed))).toMatch(says)
  })

  test('a heading below its panels, and one with nothing below it', () => {
    const board = JSON.parse(FILES.get(BOARD) ?? '') as { panels: { title: string; type: string }[] }
    const [first, second, ...others] = board.panels
    expect(saidOf(BOARD, { ...board, panels: [second, first, ...others] })).toMatch(/stands before it/)
    const rows = board.panels.filter(({ type }) => type === 'row')
    expect(saidOf(BOARD, { ...board, panels: rows })).toMatch(
      /nothing stands under the heading What is failing/,
    )
  })

  test('names that are words of PromQL are no edits', () => {
    const [contract] = contractsBelow(EVERY_KIND)
    const named = { ...contract, id: 'shop.offset', topic: 'offset' } as typeof contract & object
    const files = generateGrafana([named], CATALOGUE)
    expect(lintGrafana(new Map(files.map(({ path, text }) => [path, text])), CATALOGUE)).toEqual([])
  })

  test('tags of long names keep to what Grafana’s database holds, and are still told apart', () => {
    const [contract] = contractsBelow(EVERY_KIND)
    const long = (end: string) =>
      ({ ...contract, id: `shop.${'x'.repeat(90)}${end}` }) as typeof contract & object
    const files = generateGrafana([long('1'), long('2')], CATALOGUE)
    expect(lintGrafana(new Map(files.map(({ path, text }) => [path, text])), CATALOGUE)).toEqual([])
    const tags = files.flatMap(({ text }) => (JSON.parse(text) as { tags: string[] }).tags)
    expect(tags.filter((tag) => tag.length > 50)).toEqual([])
    expect(new Set(tags.filter((tag) => tag.startsWith('contract:'))).size).toBe(2)
  })
})
