import { GENERATED_MARK } from '../../../model/generated-file.ts'
import type { Json } from '../../to-json.ts'
import { placeSections, type Section } from './layout.ts'

/** Datadog takes at most so many tags of a dashboard, and only `team:` ones. */
const MAX_TEAMS = 5

export interface DashboardDraft {
  /** Stable name, by which it is found again: `contract/…` or `domain/…`. */
  readonly key: string
  readonly domain: string
  readonly title: string
  readonly description: string
  readonly teams: readonly string[]
  /** Tags that the viewer can choose by. */
  readonly variables: readonly string[]
  readonly sections: readonly Section[]
}

/** A dashboard as the API takes it. Dashboards can't be tagged freely, so the mark stands in the description. */
export function dashboardJson({
  key,
  domain,
  title,
  description,
  teams,
  variables,
  sections,
}: DashboardDraft): Json {
  return {
    title,
    description: `${description}\n\nMade by Assay from the contracts: changes made here are lost. ${GENERATED_MARK} domain:${domain} dashboard:${key}`,
    layout_type: 'ordered',
    reflow_type: 'fixed',
    tags: teams.slice(0, MAX_TEAMS).map((team) => `team:${team}`),
    template_variables: variables.map((name) => ({
      name,
      prefix: name,
      defaults: ['*'],
      available_values: [],
    })),
    notify_list: [],
    widgets: placeSections(sections),
  }
}
