import type { Contract } from '../../model/contract.ts'
import type { GeneratedFile } from '../../model/generated-file.ts'
import type { Catalogue } from '../catalogue-check.ts'
import { fileName } from '../names.ts'
import { PromQueries } from '../promql/queries.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../settings.ts'
import { envFilter, groupBy, toWatched } from '../watched.ts'
import type { AlertDraft } from './alert.ts'
import { contractAlerts } from './contract-alerts.ts'
import { domainAlerts, topicAlerts } from './group-alerts.ts'
import { recordings, usedBy } from './recordings.ts'
import { alertFiles, MAPPING_PATH, RECORDING_PATH, recordingFile, yamlFile } from './rule-files.ts'
import { statsdMapping } from './statsd-mapping.ts'

/**
 * Recording rules, alert rules and their tests for Prometheus, and a mapping for statsd_exporter under which the same rules hold. The same
 * contracts give the same bytes, in whatever order.
 *
 * @throws Fault GENERATE_NOT_IN_CATALOGUE if a query would need what the catalogue does not have
 */
export function generatePrometheus(
  contracts: readonly Contract[],
  catalogue: Catalogue,
  settings: GenerateSettings = DEFAULT_GENERATE_SETTINGS,
): GeneratedFile[] {
  const queries = new PromQueries(catalogue)
  const watched = toWatched(contracts, queries, settings)
  const topics = groupBy(watched, 'topic')
  const { env } = envFilter(settings)
  const ofContracts = watched.map((it) => ({ contract: it.tags.contract, alerts: contractAlerts(it) }))
  const asked = ofContracts.flatMap(({ alerts }) => alerts.map(({ expr }) => expr))
  return [
    recordingFile(usedBy(asked, recordings(contracts, queries, env))),
    yamlFile(MAPPING_PATH, statsdMapping(catalogue)),
    ...ofContracts.flatMap(contractFiles),
    ...groupBy(watched, 'domain').flatMap((group) => {
      const ofDomain = topics.filter(({ domain }) => domain === group.name)
      const alerts = [...ofDomain.flatMap((topic) => topicAlerts(topic)), ...domainAlerts(group)]
      const place = `domains/${fileName(group.name)}`
      return alertFiles(place, `assay domain ${group.name}`, alerts)
    }),
  ].sort((one, other) => (one.path < other.path ? -1 : 1))
}

function contractFiles({
  contract,
  alerts,
}: {
  readonly contract: string
  readonly alerts: readonly AlertDraft[]
}): GeneratedFile[] {
  const place = `contracts/${fileName(contract)}`
  return alertFiles(place, `assay contract ${contract}`, alerts, `../${RECORDING_PATH}`)
}
