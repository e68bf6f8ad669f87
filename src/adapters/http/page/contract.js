import { TrendChart, trendText } from './chart.js'
import { element, link, isolated } from './dom.js'
import { ago, clock, count, moment, seconds, share, STATE_OF_STATUS, STATUS_NAMES } from './format.js'
import { stateLabel } from './overview.js'

const WEB = /^https?:\/\//

/** One contract with all that there is to tell of it: made anew with each flush; what was open stays open. */
export function contractPage(contract, flushIntervalMs) {
  return element(
    'article',
    {},
    element('nav', { class: 'crumbs', 'aria-label': 'You are here' }, link('/', 'All contracts')),
    title(contract),
    verdict(contract),
    facts(contract),
    figures(contract),
    trend(contract, flushIntervalMs),
    promises(contract),
    rules(contract),
    violations(contract),
    fields(contract),
  )
}

function title({ id, version, state }) {
  return element(
    'div',
    { class: 'title' },
    element('h1', { tabindex: -1, id: 'title' }, isolated(id)),
    element('span', { class: 'quiet' }, `version ${version}`),
    stateLabel(state),
  )
}

function verdict({ state, because, sinceMs, atMs, isHere }) {
  const since = sinceMs === undefined ? '' : ` Since ${ago(sinceMs, atMs)}.`
  const elsewhere = isHere ? '' : ' Look at the page of that instance for its numbers.'
  return element(
    'p',
    { class: `verdict ${state}`, dir: 'auto' },
    `${because.charAt(0).toUpperCase()}${because.slice(1)}.${since}${elsewhere}`,
  )
}

function facts({ owner, producer, consumers, topic, description, links, tags, file }) {
  const by = [producer.team, producer.service].filter(Boolean).join(' / ')
  const named = [
    ['Relies on it', [isolated(owner)]],
    ['Writes the events', [by === '' ? 'not said' : isolated(by)]],
    ['Consumers', [consumers.length === 0 ? 'not said' : isolated(consumers.join(', '))]],
    ['Topic', [isolated(topic)]],
    ...Object.entries(links).map(([key, url]) => [key, [outside(url)]]),
    ...Object.entries(tags).map(([key, value]) => [key, [isolated(value)]]),
    ['File', [element('code', {}, file)]],
  ]
  const list = named.map(([term, detail]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, ...detail)),
  )
  return element(
    'div',
    {},
    description === undefined ? undefined : element('p', { class: 'quiet', dir: 'auto' }, description),
    element('dl', { class: 'facts' }, ...list),
  )
}

function outside(url) {
  return WEB.test(url) ? element('a', { href: url, rel: 'noopener noreferrer' }, url) : url
}

function figures({ passRate, events, lagOffsets, lagSeconds, eventAgeSeconds }) {
  const judged = events.pass + events.warn + events.fail + events.undecodable
  const shown = [
    ['Good, lately', share(passRate)],
    ['Events since start', count(judged)],
    ['Of these bad', count(events.fail + events.undecodable)],
    [
      'Our lag',
      lagOffsets === undefined ? seconds(undefined) : `${count(lagOffsets)} · ${seconds(lagSeconds)}`,
    ],
    ['Last event', eventAgeSeconds === undefined ? seconds(undefined) : `${seconds(eventAgeSeconds)} ago`],
  ]
  const list = shown.map(([term, figure]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, figure)),
  )
  return element('dl', { class: 'figures panel' }, ...list)
}

function trend({ trend: shown, atMs }, flushIntervalMs) {
  const chart = new TrendChart(1160, 96)
  chart.node.setAttribute('width', '100%')
  chart.update(shown)
  const fromMs = atMs - shown.good.length * flushIntervalMs
  return element(
    'figure',
    { class: 'panel' },
    chart.node,
    element(
      'figcaption',
      {},
      element('span', {}, clock(fromMs)),
      element('span', {}, trendText(shown)),
      element('span', {}, clock(atMs)),
    ),
  )
}

function promises({ promises: list, atMs }) {
  if (list.length === 0) return undefined
  const rows = list.map(({ promise, objective, of, standing }) => [
    standingLabel(standing),
    [element('div', { class: 'name' }, promise), said(standing, atMs)],
    [`${objective} % ${promise === 'validity' ? `of events over ${of}` : `of the time, by rule ${of}`}`],
    [budget(standing)],
  ])
  return section('Promises', table(['Status', 'Promise', 'Objective', 'Error budget left'], rows))
}

function budget(standing) {
  const left = standing?.measure.budgetLeft
  return left === undefined ? '–' : share(Math.max(0, left))
}

function rules({ ruleReports, atMs }) {
  const numbers = ['Pass', 'Fail', 'Error', 'Skip', 'Fails, lately']
  const rows = ruleReports.map((rule) => [
    ruleStatus(rule),
    [
      element('div', { class: 'name', id: `rule-${rule.id}` }, rule.id, ' ', ...marks(rule)),
      rule.description === undefined ? undefined : element('div', { dir: 'auto' }, rule.description),
      element('code', { class: 'rule-text' }, ruleText(rule)),
      said(rule.standing, atMs),
    ],
    ...counted(rule),
  ])
  return section(
    'Rules',
    table(['Status', 'Rule', ...numbers], rows, 5),
    'Counts are exact, since the start of this process, and those of /metrics.',
  )
}

function ruleText({ text, when }) {
  return when === undefined ? text : `when ${when}: ${text}`
}

function marks({ severity, mode, isSuspended, check }) {
  const named = [
    severity,
    check === 'assert' ? undefined : check,
    mode === 'shadow' ? 'shadow' : undefined,
    isSuspended ? 'suspended' : undefined,
  ]
  return named.filter(Boolean).flatMap((text) => [element('span', { class: 'tag' }, text), ' '])
}

function ruleStatus({ standing, recent }) {
  if (standing !== undefined) return standingLabel(standing)
  if (recent === undefined) return [element('span', { class: 'quiet' }, 'Not judged yet')]
  if (recent.fail > 0) return [stateLabel('at_risk', 'Fails')]
  return recent.error > 0
    ? [stateLabel('unknown', 'Can not judge')]
    : [element('span', { class: 'quiet' }, 'Counted')]
}

function counted({ counts, recent }) {
  if (counts === undefined) return Array.from({ length: 5 }, () => [''])
  const judged = recent.pass + recent.fail
  const rate = judged === 0 ? undefined : recent.fail / judged
  return [
    [count(counts.pass)],
    [counts.fail === 0 ? '0' : element('span', { class: 'bad' }, count(counts.fail))],
    [counts.error === 0 ? '0' : element('span', { class: 'bad' }, count(counts.error))],
    [count(counts.skip)],
    [share(rate)],
  ]
}

function standingLabel(standing) {
  if (standing === undefined) return [element('span', { class: 'quiet' }, 'Not judged yet')]
  return [stateLabel(STATE_OF_STATUS[standing.status], STATUS_NAMES[standing.status])]
}

function said(standing, atMs) {
  if (standing === undefined) return undefined
  const since = standing.sinceMs === undefined ? '' : `, since ${ago(standing.sinceMs, atMs)}`
  return element('div', { class: 'under' }, `${standing.says}${since}`)
}

function violations({ violations: list, atMs }) {
  const items = list.map((violation) => violationItem(violation, atMs))
  const content =
    items.length === 0
      ? element('p', { class: 'empty' }, 'None since the start of this process.')
      : element('div', {}, ...items)
  return section(
    'Newest violations',
    element('div', { class: 'panel' }, content),
    'Values are shown only of fields that the contract names under samples; of all others nothing leaves the process.',
  )
}

function violationItem(violation, atMs) {
  const { rule, reason, message, topic, partition, offset, keyHash, judgedAtMs, timestampMs, path, values } =
    violation
  const place = path === undefined ? '' : ` at ${path}`
  const details = [
    ['Record', `${topic}, partition ${partition}, offset ${offset}`],
    ['Key', keyHash === undefined ? 'none' : `hash ${keyHash}`],
    ['Written', timestampMs < 0 ? 'unknown' : moment(timestampMs)],
    ['Reason', reason],
  ].map(([term, detail]) => element('div', {}, element('dt', {}, term), element('dd', {}, detail)))
  const shown = values.map(({ path: field, text }) =>
    element('div', {}, element('dt', {}, field), element('dd', {}, element('code', {}, isolated(text)))),
  )
  return element(
    'details',
    { class: 'violation', 'data-key': `${rule ?? ''} ${partition} ${offset}` },
    element(
      'summary',
      {},
      element('span', { class: 'quiet' }, `${clock(judgedAtMs)} `),
      element('strong', {}, rule ?? 'unreadable record'),
      ` ${message}${place} `,
      element(
        'span',
        { class: 'quiet' },
        `partition ${partition}, offset ${offset}, ${seconds(Math.max(0, atMs - judgedAtMs) / 1000)} ago`,
      ),
    ),
    element('div', {}, element('dl', { class: 'facts' }, ...details, ...shown), steps(violation)),
  )
}

function steps({ explanation }) {
  if (explanation.length === 0) return undefined
  const lines = explanation.map(({ text, depth, outcome }) => `${'  '.repeat(depth)}${text}  →  ${outcome}`)
  return element(
    'pre',
    { class: 'steps', tabindex: 0, 'aria-label': 'How the verdict came about' },
    lines.join('\n'),
  )
}

function fields({ fields: list }) {
  if (list.length === 0) return undefined
  const rows = list.map(({ path, pii, description, isShown }) => [
    [element('code', {}, path)],
    [
      pii === undefined || pii === 'none'
        ? element('span', { class: 'quiet' }, pii ?? 'not classified')
        : `personal, ${pii}`,
    ],
    [isShown ? (pii === 'low' ? 'as a hash' : 'shown') : element('span', { class: 'quiet' }, 'never shown')],
    [description === undefined ? '' : isolated(description)],
  ])
  return section('Fields', table(['Field', 'Class', 'In samples', 'Meaning'], rows))
}

function section(heading, content, note) {
  return element(
    'section',
    {},
    element('h2', {}, heading),
    content,
    note === undefined ? undefined : element('p', { class: 'quiet small' }, note),
  )
}

/** @param numbers how many columns at the end hold numbers */
function table(heads, rows, numbers = 0) {
  const isNumber = (index) => index >= heads.length - numbers
  const label = (index) => (index > 1 ? heads[index].toLowerCase() : undefined)
  const head = heads.map((text, index) =>
    element('th', { scope: 'col', role: 'columnheader', class: isNumber(index) && 'number' }, text),
  )
  const body = rows.map((cells) =>
    element(
      'tr',
      { role: 'row' },
      ...cells.map((children, index) =>
        element(
          'td',
          {
            role: 'cell',
            class: isNumber(index) ? 'number' : index === 1 && 'wide whole',
            'data-label': label(index),
          },
          ...children,
        ),
      ),
    ),
  )
  return element(
    'div',
    { class: 'panel scroll', tabindex: 0, role: 'group', 'aria-label': heads.join(', ') },
    element(
      'table',
      { class: 'cards', role: 'table' },
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...head)),
      element('tbody', { role: 'rowgroup' }, ...body),
    ),
  )
}

export { section, table }
