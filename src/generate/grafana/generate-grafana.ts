import type { Contract } from '../../model/contract.ts'
import type { GeneratedFile } from '../../model/generated-file.ts'
import type { Catalogue } from '../catalogue-check.ts'
import { fileName } from '../names.ts'
import { PromQueries } from '../promql/queries.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../settings.ts'
import { toJson } from '../to-json.ts'
import { envFilter, groupBy, toWatched } from '../watched.ts'
import { contractDashboard } from './contract-dashboard.ts'
import { type DashboardDraft, dashboardJson } from './dashboard.ts'
import { overview } from './overview.ts'

/**
 * Dashboards for Grafana over the metrics of `/metrics`: one for each contract, and one for each domain. The same contracts give the same
 * bytes, in whatever order.
 *
 * @throws Fault GENERATE_NOT_IN_CATALOGUE if a query would need what the catalogue does not have
 */
export function generateGrafana(
  contracts: readonly Contract[],
  catalogue: Catalogue,
  settings: GenerateSettings = DEFAULT_GENERATE_SETTINGS,
): GeneratedFile[] {
  const { env } = envFilter(settings)
  const queries = new PromQueries(catalogue, env === undefined ? [] : ['env'])
  const watched = toWatched(contracts, queries, settings)
  return [
    ...watched.map((shown) =>
      fileOf(`contracts/${fileName(shown.tags.contract)}`, contractDashboard(shown, env)),
    ),
    ...groupBy(watched, 'domain').map((group) =>
      fileOf(`domains/${fileName(group.name)}`, overview(group, env)),
    ),
  ].sort((one, other) => (one.path < other.path ? -1 : 1))
}

function fileOf(place: string, draft: DashboardDraft): GeneratedFile {
  return { path: `${place}.dashboard.json`, text: toJson(dashboardJson(draft)) }
}
