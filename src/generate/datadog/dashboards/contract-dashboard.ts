import { badShare, isByArrival, streamRules, LATE_SECONDS } from '../../bounds.ts'
import { decimal, shareText, spanText } from '../../spans.ts'
import { BAD_RESULTS, JUDGED_RESULTS } from '../../results.ts'
import { address, consumersText, producerText } from '../../texts.ts'
import { plainOnBoard } from '../texts.ts'
import type { Watched } from '../watched.ts'
import type { DashboardDraft } from './dashboard.ts'
import { row, type Section } from './layout.ts'
import {
  type ConditionalFormat,
  heatMap,
  link,
  type Marker,
  monitorSummary,
  note,
  queryTable,
  queryValue,
  sloList,
  timeSeries,
  topList,
} from './widgets.ts'

/** What the owner of a contract wants to know, in the order in which they ask. */
export function contractDashboard(watched: Watched): DashboardDraft {
  const onBoard = { ...watched, queries: watched.queries.withVariables('env') }
  const { contract, tags } = watched
  return {
    key: `contract/${tags.contract}`,
    domain: tags.domain,
    title: `Contract ${tags.contract}`,
    description:
      contract.description === undefined
        ? `What ${plainOnBoard(contract.owner)} relies on in topic ${contract.topic}.`
        : plainOnBoard(contract.description),
    teams: [tags.team],
    variables: ['env'],
    sections: [
      promiseSection(onBoard),
      failingSection(onBoard),
      streamSection(onBoard),
      checkerSection(onBoard),
    ],
  }
}

function promiseSection(watched: Watched): Section {
  const { tags, contract, queries } = watched
  const contractScope = { contract: tags.contract }
  const objective = contract.promises.validity?.objective
  const bad = {
    bad: queries.count('dq.events', { ...contractScope, result: BAD_RESULTS }),
    all: queries.count('dq.events', { ...contractScope, result: JUDGED_RESULTS }),
  }
  const byTag = `contract:${tags.contract} AND managed-by:assay`
  const hasSlo = objective !== undefined || contract.promises.freshness !== undefined
  return {
    title: 'Is the promise kept?',
    color: 'green',
    rows: [
      row(
        4,
        note(aboutText(watched)),
        monitorSummary(
          'Monitors of this contract',
          `tag:("contract:${tags.contract}" AND "managed-by:assay")`,
        ),
      ),
      row(
        2,
        queryValue(
          'Valid events',
          bad,
          {
            formula: '100 - 100 * default_zero(bad) / all',
            alias: 'valid',
            unit: 'percent',
            ...formatsOf(shareFormats(objective)),
          },
          3,
        ),
        queryValue(
          'Age of the newest event',
          { age: queries.gauge('min', 'dq.topic.event_age', contractScope) },
          { formula: 'age', alias: 'age', unit: 'second', ...formatsOf(ageFormats(watched)) },
          1,
        ),
        queryValue(
          'Verdicts are late by',
          {
            lag: queries.gauge('max', 'dq.consumer.lag_seconds', { topic: tags.topic, domain: tags.domain }),
          },
          { formula: 'lag', alias: 'lag', unit: 'second', formats: redAbove(LATE_SECONDS) },
          1,
        ),
        queryValue(
          'Events that could not be judged',
          { errors: queries.count('dq.events', { ...contractScope, result: 'error' }) },
          { formula: 'default_zero(errors)', alias: 'errors', formats: redAbove(0) },
        ),
      ),
      ...(hasSlo ? [row(4, sloList('Objectives', byTag, 10))] : []),
    ],
  }
}

function failingSection({ tags, queries, contract }: Watched): Section {
  const scope = { contract: tags.contract }
  const failed = queries.count('dq.rule.evaluations', { ...scope, result: 'fail' }, ['rule', 'severity'])
  const judged = queries.count('dq.rule.evaluations', { ...scope, result: ['pass', 'fail'] }, [
    'rule',
    'severity',
  ])
  const errors = queries.count('dq.rule.evaluations', { ...scope, result: 'error' }, ['rule', 'severity'])
  const skipped = queries.count('dq.rule.evaluations', { ...scope, result: 'skip' }, ['rule', 'severity'])
  const { runbook } = contract.links
  const links = runbook === undefined ? [] : [link('Runbook', address(runbook))]
  return {
    title: 'What is failing?',
    color: 'orange',
    rows: [
      row(
        4,
        timeSeries(
          'Events by result',
          { events: queries.count('dq.events', scope, ['result']) },
          [{ formula: 'events', alias: 'events' }],
          'bars',
        ),
        topList('Rules that fail most', { failed }, { formula: 'failed', alias: 'failed' }, links),
        timeSeries('Fail rate by rule', { failed, judged }, [
          { formula: '100 * failed / judged', alias: 'fail rate', unit: 'percent' },
        ]),
      ),
      row(
        5,
        queryTable(
          'All rules',
          { judged, failed, errors, skipped },
          [
            { formula: 'judged', alias: 'judged' },
            { formula: 'default_zero(failed)', alias: 'failed' },
            { formula: '100 * default_zero(failed) / judged', alias: 'fail rate', unit: 'percent' },
            { formula: 'default_zero(errors)', alias: 'could not judge' },
            { formula: 'default_zero(skipped)', alias: 'skipped' },
          ],
          2,
          links,
        ),
      ),
    ],
  }
}

function streamSection(watched: Watched): Section {
  const { tags, queries, contract } = watched
  const scope = { contract: tags.contract }
  const ofTopic = { topic: tags.topic, domain: tags.domain }
  const volume = streamRules(contract, 'volume')
  const bounds = volume.flatMap(({ id, check: { min, max } }) => [
    ...(min === undefined ? [] : [{ value: min, label: `at least, ${id}` }]),
    ...(max === undefined ? [] : [{ value: max, label: `at most, ${id}` }]),
  ])
  return {
    title: 'Volume, freshness, lag',
    color: 'blue',
    rows: [
      row(
        4,
        timeSeries(
          'Events',
          { events: queries.count('dq.events', scope) },
          [{ formula: 'events', alias: 'events' }],
          'bars',
        ),
        timeSeries(
          'Age of the newest event',
          { age: queries.gauge('min', 'dq.topic.event_age', scope) },
          [{ formula: 'age', alias: 'age', unit: 'second' }],
          'line',
          ageMarkers(watched),
        ),
        ...(volume.length === 0
          ? []
          : [
              timeSeries(
                'Events in each closed window',
                { events: queries.gauge('max', 'dq.volume.events', scope, ['rule']) },
                [{ formula: 'events', alias: 'events' }],
                'line',
                bounds,
              ),
            ]),
      ),
      row(
        4,
        timeSeries(
          'Lag of verdicts by partition',
          { lag: queries.gauge('max', 'dq.consumer.lag_seconds', ofTopic, ['partition']) },
          [{ formula: "top(lag, 10, 'max', 'desc')", alias: 'lag', unit: 'second' }],
        ),
        timeSeries(
          'Records still to be judged',
          { records: queries.gauge('sum', 'dq.consumer.lag_offsets', ofTopic) },
          [{ formula: 'records', alias: 'records' }],
          'area',
        ),
      ),
    ],
  }
}

function checkerSection({ tags, queries }: Watched): Section {
  const scope = { contract: tags.contract }
  const ofTopic = { topic: tags.topic, domain: tags.domain }
  return {
    title: 'Is the checker itself well?',
    color: 'gray',
    rows: [
      row(
        4,
        heatMap('Time to judge an event', queries.distribution('histogram', 'dq.evaluate.duration', scope)),
        timeSeries(
          'Slowest twentieth of the judgements',
          { slow: queries.distribution('p95', 'dq.evaluate.duration', scope) },
          [{ formula: 'slow', alias: 'p95', unit: 'second' }],
        ),
        timeSeries(
          'Heartbeats',
          { beats: queries.count('dq.heartbeat', scope) },
          [{ formula: 'default_zero(beats)', alias: 'heartbeats' }],
          'bars',
        ),
        timeSeries(
          'Undecodable records by reason',
          { rejected: queries.count('dq.records.rejected', ofTopic, ['reason']) },
          [{ formula: 'rejected', alias: 'records' }],
          'bars',
        ),
      ),
    ],
  }
}

function aboutText({ contract, tags }: Watched): string {
  const { validity, freshness } = contract.promises
  const promises = [
    ...(validity === undefined
      ? []
      : [`- **Promise**: ${shareText(validity.objective / 100)} valid events over ${validity.window}`]),
    ...(freshness === undefined
      ? []
      : [
          `- **Promise**: fresh for ${shareText(freshness.objective / 100)} of the time (rule \`${freshness.rule}\`)`,
        ]),
  ]
  const links = Object.entries(contract.links).sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    `### ${tags.contract} ${contract.version}`,
    `- **Topic**: ${contract.topic}`,
    `- **Producer**: ${plainOnBoard(producerText(contract))}`,
    `- **Relied on by**: ${plainOnBoard(consumersText(contract))}`,
    ...promises,
    ...links.map(([name, target]) => `- [${plainOnBoard(name)}](${address(target)})`),
  ].join('\n')
}

function formatsOf(formats: readonly ConditionalFormat[]): { formats?: readonly ConditionalFormat[] } {
  return formats.length === 0 ? {} : { formats }
}

function shareFormats(objective: number | undefined): ConditionalFormat[] {
  if (objective === undefined) return []
  const half = Number(decimal(objective + (badShare(objective) * 100) / 2))
  return [
    { comparator: '<', value: objective, palette: 'white_on_red' },
    { comparator: '<', value: half, palette: 'white_on_yellow' },
    { comparator: '>=', value: half, palette: 'white_on_green' },
  ]
}

function ageFormats(watched: Watched): ConditionalFormat[] {
  const [strictest] = ageMarkers(watched)
  return strictest === undefined ? [] : redAbove(strictest.value)
}

function redAbove(value: number): ConditionalFormat[] {
  return [
    { comparator: '>', value, palette: 'white_on_red' },
    { comparator: '<=', value, palette: 'white_on_green' },
  ]
}

/** Bounds of freshness rules that the age of the topic can be held against, the strictest first. */
function ageMarkers({ contract }: Watched): Marker[] {
  return streamRules(contract, 'freshness')
    .filter(({ check }) => isByArrival(check))
    .map(({ id, check }) => ({ value: check.withinMs / 1000, label: `${id}: ${spanText(check.withinMs)}` }))
    .sort((one, other) => one.value - other.value)
}
