import { LATE_SECONDS, streamRules } from '../bounds.ts'
import { idOf } from '../promql/selectors.ts'
import type { Shown } from './shown.ts'
import { maxBy, overRange, perStep, sumBy } from './expressions.ts'
import { type Panel, row, rowsOf, type Section } from './layout.ts'
import { heatMap, stat, timeSeries } from './panels.ts'
import { ageSteps, redFrom, volumeSteps } from './thresholds.ts'
import { words } from './texts.ts'

export function streamSection(shown: Shown): Section {
  const { contract, tags, queries } = shown
  const ofTopic = { topic: tags.topic, domain: tags.domain }
  const age = ageSteps(contract)
  const events = queries.count('dq.events', { contract: tags.contract })
  const seconds = queries.gauge('dq.consumer.lag_seconds', ofTopic)
  const offsets = queries.gauge('dq.consumer.lag_offsets', ofTopic)
  const ages = queries.gauge('dq.topic.event_age', { contract: tags.contract })
  return {
    title: 'Volume, freshness, lag',
    rows: [
      row(
        8,
        timeSeries('Events', [{ expr: sumBy([], perStep(events)), legend: 'events' }], {
          unit: 'short',
          style: 'bars',
        }),
        timeSeries('Age of the newest event', [{ expr: `min(${ages})`, legend: 'age' }], {
          unit: 's',
          ...(age === undefined ? {} : { steps: age }),
        }),
      ),
      row(
        8,
        timeSeries(
          'Lag of verdicts by partition',
          [{ expr: maxBy(['partition'], seconds), legend: 'partition {{partition}}' }],
          { unit: 's', steps: redFrom(LATE_SECONDS) },
        ),
        timeSeries(
          'Records still to be judged, by partition',
          [{ expr: maxBy(['partition'], offsets), legend: 'partition {{partition}}' }],
          { unit: 'short' },
        ),
      ),
      ...rowsOf(8, 3, volumePanels(shown)),
    ],
  }
}

function volumePanels({ contract, tags, queries }: Shown): Panel[] {
  return streamRules(contract, 'volume').map((rule) => {
    const windows = queries.gauge('dq.volume.events', { contract: tags.contract, rule: idOf(rule) })
    return timeSeries(
      `Events in each closed window: ${words(rule.id)}`,
      [{ expr: `max(${windows})`, legend: 'events' }],
      { unit: 'short', steps: volumeSteps(rule.check.min, rule.check.max) },
    )
  })
}

export function checkerSection({ tags, queries }: Shown): Section {
  const scope = { contract: tags.contract }
  const buckets = perStep(queries.buckets('dq.evaluate.duration', scope))
  const beats = perStep(queries.count('dq.heartbeat', scope))
  const rejected = perStep(queries.count('dq.records.rejected', { topic: tags.topic, domain: tags.domain }))
  return {
    title: 'Is the checker itself well?',
    rows: [
      row(
        8,
        heatMap('Time to judge an event', sumBy(['le'], buckets)),
        timeSeries(
          'Slow judgements',
          [
            { expr: `histogram_quantile(0.5, ${sumBy(['le'], buckets)})`, legend: 'half take longer' },
            {
              expr: `histogram_quantile(0.95, ${sumBy(['le'], buckets)})`,
              legend: 'one in twenty takes longer',
            },
          ],
          { unit: 's' },
        ),
        timeSeries('Heartbeats', [{ expr: sumBy([], beats), legend: 'heartbeats' }], {
          unit: 'short',
          style: 'bars',
        }),
      ),
      row(
        6,
        stat(
          'Suspended rules',
          [
            {
              expr: `sum(${maxBy(['rule'], queries.gauge('dq.rules.suspended', scope))}) or vector(0)`,
              legend: 'rules',
            },
          ],
          { unit: 'short', steps: redFrom(1) },
        ),
        timeSeries(
          'Undecodable records by reason',
          [{ expr: sumBy(['reason'], rejected), legend: '{{reason}}' }],
          { unit: 'short', style: 'bars' },
        ),
        ...serviceStats({ domain: tags.domain }, queries),
      ),
    ],
  }
}

/** What the service of a domain says of itself. */
export function serviceStats(scope: { readonly domain: string }, queries: Shown['queries']): Panel[] {
  const stale = queries.gauge('dq.rules.stale', scope)
  return [
    stat('Rule files are not what runs', [{ expr: `max(${stale})`, legend: 'stale' }], {
      unit: 'short',
      steps: redFrom(1),
    }),
    stat(
      'Failures',
      [
        { expr: grown(queries.count('dq.metrics.send_failures', scope)), legend: 'sending metrics' },
        { expr: grown(queries.count('dq.commit.failures', scope)), legend: 'committing' },
      ],
      { unit: 'short', steps: redFrom(1) },
    ),
    stat('Rebalances', [{ expr: grown(queries.count('dq.rebalances', scope)), legend: 'rebalances' }], {
      unit: 'short',
    }),
  ]
}

function grown(selector: string): string {
  return sumBy([], overRange(selector))
}
