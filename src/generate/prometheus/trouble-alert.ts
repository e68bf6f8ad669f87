import { prometheusName } from '../../model/prometheus-name.ts'
import { CATALOGUE, type MetricName } from '../../telemetry/catalogue.ts'
import type { PromQueries } from '../promql/queries.ts'
import { promDuration } from '../promql/selectors.ts'
import type { Trouble } from '../troubles.ts'
import type { AlertDraft } from './alert.ts'
import { gaugeCast, othersOf } from './casts.ts'
import { appearanceScenario, gaugeScenario, growthScenario } from './scenario.ts'

const SEVERITIES = { page: 'critical', ticket: 'warning', notice: 'info' } as const
const QUIET = { labels: {}, rendered: {} }

/** What goes wrong with the service of a domain or on one of its topics. */
export function troubleAlert(trouble: Trouble, queries: PromQueries, labels: Scope): AlertDraft {
  const { check, metric, urgency, title, broke, next, recovered } = trouble
  const subject = labels.topic === undefined ? `Domain ${labels.domain}` : `Topic ${labels.topic}`
  return {
    alert: `Assay${check.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    check,
    severity: SEVERITIES[urgency],
    labels: { ...labels },
    ...(metric.type === 'count'
      ? grownTooMuch(trouble, (scope) => queries.count(metric.name, scope), labels)
      : isAbove(trouble, (scope) => queries.gauge(metric.name, scope), labels)),
    texts: {
      summary: `${subject}: ${title}`,
      description: named(`${broke} ${next}`),
      recovery: recovered,
    },
  }
}

/** Which series are meant. */
interface Scope {
  readonly domain: string
  readonly topic?: string
  readonly env?: string
}

type Select = (scope: Scope & { readonly version?: string }) => string

type Condition = Pick<AlertDraft, 'expr' | 'forMs' | 'scenarios'>

/**
 * `increase()` sees no growth to a first sample, and these counts begin with what went wrong: a series without samples in the window before
 * counts with all that it has.
 */
function grownTooMuch({ most, overMs }: Trouble, select: Select, scope: Scope): Condition {
  const window = promDuration(overMs)
  const selector = select(scope)
  const by = `sum by (${Object.keys(scope).join(', ')})`
  const isNew = `${selector} unless count_over_time(${selector}[${window}] offset ${window})`
  const versions = [select({ ...scope, version: '1' }), select({ ...scope, version: '2' })] as const
  const others = othersOf(scope).map(select)
  return {
    expr: `${by} (increase(${selector}[${window}])) > ${most} or ${by} (${isNew}) > ${most}`,
    forMs: 0,
    scenarios: [
      growthScenario({ bad: versions, others }, { windowMs: overMs, forMs: 0, most }, QUIET),
      appearanceScenario(versions, others, most, overMs, QUIET),
    ],
  }
}

function isAbove({ most, overMs }: Trouble, select: Select, scope: Scope): Condition {
  return {
    expr: `max by (${Object.keys(scope).join(', ')}) (${select(scope)}) > ${most}`,
    forMs: overMs,
    scenarios: [gaugeScenario(gaugeCast(select, scope), [most, most + 1], overMs, QUIET)],
  }
}

/** Metrics as Prometheus calls them. */
function named(text: string): string {
  return text.replaceAll(/\bdq(?:\.[a-z_]+)+/g, (name) => {
    const row = name in CATALOGUE ? CATALOGUE[name as MetricName] : undefined
    return row === undefined ? name : prometheusName(name, row.type)
  })
}
