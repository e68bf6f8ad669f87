import { CATALOGUE, GLOBAL_TAGS } from '../../src/telemetry/catalogue.ts'
import type { MetricRow } from '../../src/telemetry/catalogue.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** The page of all metrics. */
export function metricsPage(): string {
  const rows = Object.entries<MetricRow>(CATALOGUE)
  return `${GENERATED}

# Metrics

Every metric carries the tags ${GLOBAL_TAGS.map(code).join(', ')} (from \`DD_ENV\`, \`DD_SERVICE\`, \`DD_VERSION\`) and those of \`DD_TAGS\`.
Tag values are lower case; characters that Datadog does not keep become \`_\`. Totals are sent every \`--flush-interval\`.

On \`/metrics\` the same metrics stand under Prometheus names: dots become \`_\`, counts end in \`_total\`, durations in \`_seconds\`.

A series that was never sent isn't 0: it isn't there, a monitor can't tell "none" from "no data", and a metric that isn't there can't be
given a unit. So when topics are assigned to a process, it sends a 0 once of the series in the last column, for each of their contracts and
rules: of faults, one for each thing that is watched. On \`/metrics\`, where a series costs nothing, every count of these topics is there
from then on, before the first event is judged: \`increase()\` sees only what is counted after the first scrape.

${markdownTable(
  ['Name', 'Type', 'Unit', 'Tags', 'Series', 'Sent as 0'],
  rows.map(([name, row]) => [
    code(name),
    row.type,
    row.unit ?? '',
    row.tags.map(code).join(', '),
    row.seriesBound,
    zeroOf(row),
  ]),
)}

${rows.map(([name, row]) => section(name, row)).join('\n\n')}
`
}

function zeroOf({ zero = 'never', tags }: MetricRow): string {
  if (zero === 'never') return ''
  return zero === 'once' ? zero : code(`${tags.at(-1)}:${zero}`)
}

function section(name: string, { help, values }: MetricRow): string {
  const sets = Object.entries(values ?? {}).map(([tag, set]) => `- \`${tag}\`: ${set.map(code).join(', ')}`)
  return [`## ${name}`, help, ...(sets.length > 0 ? [sets.join('\n')] : [])].join('\n\n')
}
