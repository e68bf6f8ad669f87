import type { Json } from '../to-json.ts'

/** What is made, by the suffix of its file. */
export const ARTEFACT_SUFFIXES = {
  dashboard: '.dashboard.json',
  monitor: '.monitor.json',
  slo: '.slo.json',
  entity: '.entity.json',
  notificationRule: '.notification-rule.json',
  metadata: 'metrics.metadata.json',
  tags: 'metrics.tags.json',
} as const

export type ArtefactKind = keyof typeof ARTEFACT_SUFFIXES

/** One thing that Datadog shall have: the body that its API takes, and the file that it stands in. */
export interface Artefact {
  readonly kind: ArtefactKind
  /** Relative to the folder, with the suffix of its kind. */
  readonly path: string
  readonly json: Json
}

/** What the file of an artefact is, or undefined for other files. */
export function kindOfPath(path: string): ArtefactKind | undefined {
  const kinds = Object.entries(ARTEFACT_SUFFIXES) as [ArtefactKind, string][]
  return kinds.find(([, suffix]) => path.endsWith(suffix))?.[0]
}
