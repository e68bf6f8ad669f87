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

${markdownTable(
  ['Name', 'Type', 'Unit', 'Tags', 'Series'],
  rows.map(([name, row]) => [
    code(name),
    row.type,
    row.unit ?? '',
    row.tags.map(code).join(', '),
    row.seriesBound,
  ]),
)}

${rows.map(([name, row]) => section(name, row)).join('\n\n')}
`
}

function section(name: string, { help, values }: MetricRow): string {
  const sets = Object.entries(values ?? {}).map(([tag, set]) => `- \`${tag}\`: ${set.map(code).join(', ')}`)
  return [`## ${name}`, help, ...(sets.length > 0 ? [sets.join('\n')] : [])].join('\n\n')
}
