import type { Catalogue } from '../../catalogue-check.ts'
import type { Report } from '../../finding.ts'
import { mappingOf } from '../statsd-mapping.ts'
import type { MappingsJson } from './file.ts'

/** Each metric has the name under which rules ask for it, and the kind and the life that they count on. */
export function checkMappings({ mappings }: MappingsJson, catalogue: Catalogue, report: Report): void {
  const seen = new Set<string>()
  for (const [index, mapping] of mappings.entries()) {
    const { match } = mapping
    const row = catalogue[match]
    const at = `/mappings/${index}`
    if (row === undefined) report(`${at}/match`, `the catalogue has no metric ${match}`)
    else if (seen.has(match)) report(`${at}/match`, `${match} is mapped twice: the first one counts`)
    else checkMapping(mapping, mappingOf(match, row.type), at, report)
    seen.add(match)
  }
  for (const name of Object.keys(catalogue))
    if (!seen.has(name)) report('/mappings', `no mapping of ${name} is there`)
}

function checkMapping(
  mapping: MappingsJson['mappings'][number],
  wanted: ReturnType<typeof mappingOf>,
  at: string,
  report: Report,
): void {
  if (mapping.name !== wanted.name) report(`${at}/name`, `rules ask for ${wanted.match} as ${wanted.name}`)
  for (const key of ['ttl', 'observer_type', 'histogram_options'] as const) {
    const [is, must] = [JSON.stringify(mapping[key]), JSON.stringify(wanted[key])]
    if (is !== must)
      report(`${at}/${key}`, `is ${is ?? 'missing'}, and ${must ?? 'none'} is expected: ${BECAUSE[key]}`)
  }
}

const BECAUSE = {
  ttl: 'a gauge that nobody sends any more is unknown, and a count goes on',
  observer_type: 'rules ask for the buckets of what is distributed, and of nothing else',
  histogram_options: '`/metrics` has the same buckets',
}
