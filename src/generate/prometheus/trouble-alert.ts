import { prometheusName } from '../../model/prometheus-name.ts'
import { CATALOGUE, type MetricName } from '../../telemetry/catalogue.ts'
import type { PromQueries } from '../promql/queries.ts'
import { promDuration } from '../promql/selectors.ts'
import type { Trouble } from '../troubles.ts'
import type { AlertDraft } from './alert.ts'
import { appearanceScenario, gaugeScenario, growthScenario } from './scenario.ts'

const SEVERITIES = { page: 'critical', ticket: 'warning', notice: 'info' } as const
const QUIET = { labels: {}, rendered: {} }

/** What goes wrong with the service of a domain or on one of its topics. */
export function troubleAlert(
  trouble: Trouble,
  queries: PromQueries,
  labels: { readonly domain: string; readonly topic?: string; readonly env?: string },
): AlertDraft {
  const { check, urgency, title, broke, next, recovered } = trouble
  const subject = labels.topic === undefined ? `Domain ${labels.domain}` : `Topic ${labels.topic}`
  return {
    alert: `Assay${check.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    check,
    severity: SEVERITIES[urgency],
    labels,
    ...(trouble.metric.type === 'count'
      ? grownTooMuch(trouble, queries.count(trouble.metric.name, labels), Object.keys(labels))
      : isAbove(trouble, queries.gauge(trouble.metric.name, labels), Object.keys(labels))),
    texts: {
      summary: `${subject}: ${title}`,
      description: named(`${broke} ${next}`),
      recovery: recovered,
    },
  }
}

type Condition = Pick<AlertDraft, 'expr' | 'forMs' | 'scenarios'>

/**
 * `increase()` sees no growth to a first sample, and these counts begin with what went wrong: a series without samples in the window before
 * counts with all that it has.
 */
function grownTooMuch({ most, overMs }: Trouble, selector: string, labels: readonly string[]): Condition {
  const window = promDuration(overMs)
  const by = `sum by (${labels.join(', ')})`
  const isNew = `${selector} unless count_over_time(${selector}[${window}] offset ${window})`
  const bad = 2 * most + 1
  return {
    expr: `${by} (increase(${selector}[${window}])) > ${most} or ${by} (${isNew}) > ${most}`,
    forMs: 0,
    scenarios: [
      growthScenario(selector, [0, bad, 0], { windowMs: overMs, forMs: 0 }, QUIET),
      appearanceScenario(selector, bad, overMs, QUIET),
    ],
  }
}

function isAbove({ most, overMs }: Trouble, selector: string, labels: readonly string[]): Condition {
  return {
    expr: `max by (${labels.join(', ')}) (${selector}) > ${most}`,
    forMs: overMs,
    scenarios: [gaugeScenario(selector, [most, most + 1], overMs, QUIET)],
  }
}

/** Metrics as Prometheus calls them. */
function named(text: string): string {
  return text.replaceAll(/\bdq(?:\.[a-z_]+)+/g, (name) => {
    const row = name in CATALOGUE ? CATALOGUE[name as MetricName] : undefined
    return row === undefined ? name : prometheusName(name, row.type)
  })
}
