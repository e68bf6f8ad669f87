import { BAD_RESULTS, JUDGED_RESULTS } from '../../results.ts'
import { someOf } from '../../texts.ts'
import type { WatchedGroup } from '../watched.ts'
import type { DashboardDraft } from './dashboard.ts'
import { row, type Section } from './layout.ts'
import {
  link,
  monitorSummary,
  note,
  queryTable,
  queryValue,
  sloList,
  timeSeries,
  topList,
} from './widgets.ts'

/** All contracts of a domain at one glance. */
export function domainDashboard(group: WatchedGroup): DashboardDraft {
  const onBoard = { ...group, queries: group.queries.withVariables('env', 'team') }
  return {
    key: `domain/${group.name}`,
    domain: group.name,
    title: `Domain ${group.name}: contracts`,
    description: `Whether the contracts of domain ${group.name} are kept.`,
    teams: group.teams,
    variables: ['env', 'team'],
    sections: [
      scoreSection(onBoard),
      contractsSection(onBoard),
      fleetSection({ ...group, queries: group.queries.withVariables('env') }),
    ],
  }
}

function scoreSection({ name, contracts, teams, queries }: WatchedGroup): Section {
  const scope = { domain: name }
  const bad = queries.count('dq.events', { ...scope, result: BAD_RESULTS })
  const all = queries.count('dq.events', { ...scope, result: JUDGED_RESULTS })
  const about = [
    `### Domain ${name}`,
    `- ${contracts.length} ${contracts.length === 1 ? 'contract' : 'contracts'}`,
    `- Teams that rely on its topics: ${someOf(teams)}`,
    '- Each contract has a dashboard of its own, and each row of the table leads to it',
  ]
  const hasSlo = contracts.some(
    ({ contract: { promises } }) => promises.validity !== undefined || promises.freshness !== undefined,
  )
  return {
    title: 'Are the contracts kept?',
    color: 'green',
    rows: [
      row(
        4,
        note(about.join('\n')),
        monitorSummary('Monitors of this domain', `tag:("domain:${name}" AND "managed-by:assay")`),
      ),
      row(
        2,
        queryValue(
          'Valid events',
          { bad, all },
          { formula: '100 - 100 * default_zero(bad) / all', alias: 'valid', unit: 'percent' },
          3,
        ),
        queryValue('Judged events', { all }, { formula: 'all', alias: 'events' }),
        queryValue(
          'Most silent topic',
          { age: queries.gauge('max', 'dq.topic.event_age', scope) },
          { formula: 'age', alias: 'age', unit: 'second' },
          1,
        ),
      ),
      ...(hasSlo ? [row(4, sloList('Objectives', `domain:${name} AND managed-by:assay`, 20))] : []),
    ],
  }
}

function contractsSection({ name, queries }: WatchedGroup): Section {
  const scope = { domain: name }
  const bad = queries.count('dq.events', { ...scope, result: BAD_RESULTS }, ['contract', 'team'])
  const all = queries.count('dq.events', { ...scope, result: JUDGED_RESULTS }, ['contract', 'team'])
  const age = queries.gauge('min', 'dq.topic.event_age', scope, ['contract', 'team'])
  const badByContract = queries.count('dq.events', { ...scope, result: BAD_RESULTS }, ['contract'])
  const allByContract = queries.count('dq.events', { ...scope, result: JUDGED_RESULTS }, ['contract'])
  const badByTeam = queries.count('dq.events', { ...scope, result: BAD_RESULTS }, ['team'])
  const share = '100 * default_zero(bad) / all'
  const links = [link('Dashboard of the contract', '/dashboard/lists?q=Contract%20{{contract.value}}')]
  return {
    title: 'Which contracts?',
    color: 'orange',
    rows: [
      row(
        6,
        queryTable(
          'Contracts and those who rely on them',
          { bad, all, age },
          [
            { formula: 'all', alias: 'judged' },
            { formula: 'default_zero(bad)', alias: 'bad' },
            { formula: share, alias: 'bad share', unit: 'percent' },
            { formula: 'age', alias: 'age of the newest event', unit: 'second' },
          ],
          2,
          links,
        ),
      ),
      row(
        4,
        topList(
          'Contracts with most bad events',
          { bad: badByContract },
          { formula: 'bad', alias: 'bad' },
          links,
        ),
        topList('Teams with most bad events', { bad: badByTeam }, { formula: 'bad', alias: 'bad' }),
        timeSeries('Bad share by contract', { bad: badByContract, all: allByContract }, [
          { formula: share, alias: 'bad share', unit: 'percent' },
        ]),
      ),
    ],
  }
}

/** Without the variable `team`: what the checker says of itself belongs to no team. */
function fleetSection({ name, queries }: WatchedGroup): Section {
  const scope = { domain: name }
  return {
    title: 'Is the checker itself well?',
    color: 'gray',
    rows: [
      row(
        4,
        timeSeries(
          'Heartbeats by contract',
          { beats: queries.count('dq.heartbeat', scope, ['contract']) },
          [{ formula: 'beats', alias: 'heartbeats' }],
          'bars',
        ),
        timeSeries(
          'Lag of verdicts by topic',
          { lag: queries.gauge('max', 'dq.consumer.lag_seconds', scope, ['topic']) },
          [{ formula: 'lag', alias: 'lag', unit: 'second' }],
        ),
        timeSeries(
          'Loads of the rules by result',
          { loads: queries.count('dq.rules.reload', scope, ['result']) },
          [{ formula: 'loads', alias: 'loads' }],
          'bars',
        ),
        timeSeries(
          'Rebalances',
          { rebalances: queries.count('dq.rebalances', scope) },
          [{ formula: 'default_zero(rebalances)', alias: 'rebalances' }],
          'bars',
        ),
      ),
      row(
        2,
        queryValue(
          'Contracts that are loaded',
          { contracts: queries.gauge('max', 'dq.contracts.loaded', scope) },
          { formula: 'contracts', alias: 'contracts' },
        ),
        queryValue(
          'Topics that are missing',
          { missing: queries.gauge('sum', 'dq.topic.missing', scope) },
          { formula: 'missing', alias: 'topics' },
        ),
        queryValue(
          'Series folded into rule:other',
          { folded: queries.gauge('max', 'dq.metrics.folded_series', scope) },
          { formula: 'folded', alias: 'series' },
        ),
      ),
    ],
  }
}
