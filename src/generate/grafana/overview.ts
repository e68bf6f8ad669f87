import { STATUSES } from '../../model/status.ts'
import { LATE_SECONDS } from '../bounds.ts'
import type { PromQueries } from '../promql/queries.ts'
import { BAD_RESULTS, JUDGED_RESULTS } from '../results.ts'
import { someOf } from '../texts.ts'
import type { WatchedGroup } from '../watched.ts'
import { type DashboardDraft, tagOf, uidOf } from './dashboard.ts'
import { maxBy, overRange, perStep, share, statusBy, sumBy } from './expressions.ts'
import { type Panel, row, type Section } from './layout.ts'
import { stat, table, text, timeSeries, topList } from './panels.ts'
import { serviceStats } from './stream-section.ts'
import { words } from './texts.ts'
import { redFrom, shareDecimals, STATUS_MAPPINGS } from './thresholds.ts'

/** All contracts of a domain at one glance. */
export function overview(group: WatchedGroup<PromQueries>, env: string | undefined): DashboardDraft {
  const { name, teams, queries } = group
  return {
    uid: uidOf('domain', name),
    title: `Domain ${name}: contracts`,
    description: `Whether the contracts of domain ${name} are kept.`,
    tags: [tagOf('domain', name), ...teams.map((team) => tagOf('team', team))],
    links: [contractsLink(name)],
    sections: [
      {
        title: 'Are the contracts kept?',
        rows: [row(8, aboutPanel(group)), row(10, contractsTable(group))],
      },
      failingSection(name, queries),
      checkerSection(name, queries),
    ],
    env,
    changes: queries.count('dq.status.changes', { domain: name }),
  }
}

/** A menu of all dashboards of the domain. */
function contractsLink(domain: string) {
  return {
    type: 'dashboards',
    title: 'Contracts',
    tags: ['assay', tagOf('domain', domain)],
    asDropdown: true,
    keepTime: true,
    includeVars: true,
    targetBlank: false,
    icon: 'external link',
    tooltip: '',
  }
}

/** The uid of a contract’s dashboard can’t be made out of a label: so the links stand in a list. */
function aboutPanel({ name, contracts, teams }: WatchedGroup<PromQueries>): Panel {
  return text(
    [
      `### Domain ${name}`,
      `Teams that rely on its topics: ${words(someOf(teams))}`,
      '',
      ...contracts.map(
        ({ tags, contract }) =>
          `- [${tags.contract}](/d/${uidOf('contract', tags.contract)}), topic ${words(contract.topic)}, of ${words(contract.owner)}`,
      ),
    ].join('\n'),
  )
}

function contractsTable({ name: domain, contracts, queries }: WatchedGroup<PromQueries>): Panel {
  const by = ['contract', 'team']
  const bad = overRange(queries.count('dq.events', { domain, result: BAD_RESULTS }))
  const judged = overRange(queries.count('dq.events', { domain, result: JUDGED_RESULTS }))
  const rules = queries.gauge('dq.rule.status', { domain })
  const status = (promise: string) => statusBy(by, queries.gauge('dq.promise.status', { domain, promise }))
  return table(
    'Contracts and those who rely on them',
    [
      { legend: 'judged', unit: 'short', expr: sumBy(by, judged) },
      { legend: 'failed', unit: 'short', expr: `${sumBy(by, bad)} or ${sumBy(by, judged)} * 0` },
      {
        legend: 'validity',
        unit: 'percentunit',
        decimals: shareDecimals(contracts.map(({ contract }) => contract)),
        expr: `1 - ${share(by, bad, judged)}`,
      },
      {
        legend: 'event age',
        unit: 's',
        expr: `min by (${by.join(', ')}) (${queries.gauge('dq.topic.event_age', { domain })})`,
      },
      { legend: 'promise of validity', unit: 'short', expr: status('validity'), mappings: STATUS_MAPPINGS },
      { legend: 'promise of freshness', unit: 'short', expr: status('freshness'), mappings: STATUS_MAPPINGS },
      {
        legend: 'rules breached',
        unit: 'short',
        expr: `count by (${by.join(', ')}) (${maxBy([...by, 'rule'], `${rules} == ${STATUSES.indexOf('breached')}`)})`,
        steps: redFrom(1),
      },
    ],
    'failed',
  )
}

function failingSection(domain: string, queries: PromQueries): Section {
  const bad = queries.count('dq.events', { domain, result: BAD_RESULTS })
  const judged = queries.count('dq.events', { domain, result: JUDGED_RESULTS })
  const lag = queries.gauge('dq.consumer.lag_seconds', { domain })
  return {
    title: 'Which contracts?',
    rows: [
      row(
        8,
        topList(
          'Contracts with most failed events',
          { expr: `topk(10, ${sumBy(['contract'], overRange(bad))} > 0)`, legend: '{{contract}}' },
          { unit: 'short' },
        ),
        timeSeries(
          'Share of failed events',
          [{ expr: share(['contract'], perStep(bad), perStep(judged)), legend: '{{contract}}' }],
          { unit: 'percentunit' },
        ),
        timeSeries('Lag of verdicts by topic', [{ expr: maxBy(['topic'], lag), legend: '{{topic}}' }], {
          unit: 's',
          steps: redFrom(LATE_SECONDS),
        }),
      ),
    ],
  }
}

function checkerSection(domain: string, queries: PromQueries): Section {
  const beats = perStep(queries.count('dq.heartbeat', { domain }))
  const missing = queries.gauge('dq.topic.missing', { domain })
  return {
    title: 'Is the checker itself well?',
    rows: [
      row(
        8,
        timeSeries('Heartbeats by contract', [{ expr: sumBy(['contract'], beats), legend: '{{contract}}' }], {
          unit: 'short',
          style: 'bars',
        }),
      ),
      row(
        4,
        stat('Topics that are missing', [{ expr: `sum(${maxBy(['topic'], missing)})`, legend: 'topics' }], {
          unit: 'short',
          steps: redFrom(1),
        }),
        ...serviceStats({ domain }, queries),
      ),
    ],
  }
}
