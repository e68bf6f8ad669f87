import { GENERATED_MARK } from '../../../model/generated-file.ts'
import type { Artefact } from '../artefact.ts'
import { sloPlaceholder } from '../monitors/burn.ts'
import type { RemoteBody } from '../../../ports/datadog-api.ts'
import { identityOf } from '../apply/wanted.ts'
import type { Finding } from '../../finding.ts'
import { tagOf } from './artefact-tags.ts'
import { checkEntities } from './check-entities.ts'
import type { MonitorJson, NotificationRuleJson, SloJson } from './json-types.ts'

/** What no file can tell by itself: names that stand twice, references that lead nowhere, teams that nobody tells. */
export function checkFolder(artefacts: readonly Artefact[]): Finding[] {
  return [
    ...checkUnique(artefacts),
    ...checkEntities(artefacts),
    ...checkTeams(artefacts),
    ...checkHeartbeats(artefacts),
  ]
}

/** Objectives that are sound, by what monitors call them as long as their ids are unknown. */
export function slosByPlaceholder(objectives: readonly Artefact[]): Map<string, SloJson> {
  return new Map(
    objectives.map((artefact) => [
      sloPlaceholder(tagOf(artefact, 'contract') ?? '', tagOf(artefact, 'dq_check') ?? ''),
      artefact.json as unknown as SloJson,
    ]),
  )
}

/** Monitors, objectives and rules are found again by their tags or names, so these must differ. */
function checkUnique(artefacts: readonly Artefact[]): Finding[] {
  const seen = new Map<string, string>()
  return artefacts.flatMap((artefact) =>
    identitiesOf(artefact).flatMap((identity) => {
      const other = seen.get(identity)
      seen.set(identity, artefact.path)
      return other === undefined
        ? []
        : [{ path: artefact.path, at: '', message: `can’t be told from ${other}: ${identity}` }]
    }),
  )
}

/** What can't be told from another of its kind: by what applying knows it, and for people by its title. */
function identitiesOf({ kind, json }: Artefact): string[] {
  if (kind === 'metadata' || kind === 'tags') return []
  const body = json as RemoteBody
  const title = kind === 'monitor' ? [] : [body.title ?? body.name].filter((name) => name !== undefined)
  return [`${kind} ${identityOf(kind, body)}`, ...title.map((name) => `${kind} called ${String(name)}`)]
}

/** Each team whose monitors there are has one rule that tells it. */
function checkTeams(artefacts: readonly Artefact[]): Finding[] {
  const rules = artefacts.filter(({ kind }) => kind === 'notificationRule')
  const told = new Map<string, string>()
  const findings: Finding[] = []
  for (const { path, json } of rules) {
    const tags = (json as unknown as NotificationRuleJson).data?.attributes?.filter?.tags ?? []
    const teams = tags.filter((tag) => tag.startsWith('team:'))
    const at = '/data/attributes/filter/tags'
    if (teams.length !== 1) findings.push({ path, at, message: 'a rule is for the monitors of one team' })
    if (!tags.includes(GENERATED_MARK))
      findings.push({
        path,
        at,
        message: `${GENERATED_MARK} is missing: the team’s other monitors would be told too`,
      })
    for (const team of teams) {
      if (told.has(team)) findings.push({ path, at, message: `${team} is told by ${told.get(team)} already` })
      told.set(team, path)
    }
  }
  const owned = artefacts.filter(({ kind }) => ['monitor', 'dashboard', 'slo'].includes(kind))
  return [...findings, ...owned.flatMap(({ path, json }) => untold(path, json as unknown as Owned, told))]
}

interface Owned {
  readonly tags: readonly string[]
}

function untold(path: string, { tags }: Owned, told: ReadonlyMap<string, string>): Finding[] {
  return tags
    .filter((tag) => tag.startsWith('team:') && !told.has(tag))
    .map((team) => ({ path, at: '/tags', message: `no notification rule tells ${team}` }))
}

/** Without it nobody would know that a contract is not watched. */
function checkHeartbeats(artefacts: readonly Artefact[]): Finding[] {
  const monitors = monitorsOf(artefacts).map(({ monitor }) => monitor)
  const watched = new Set(monitors.filter(({ query }) => query.includes('dq.heartbeat')).map(contractOf))
  const contracts = new Set(monitors.map(contractOf))
  return [...contracts]
    .filter((contract) => contract !== undefined && !watched.has(contract))
    .map((contract) => ({ path: '', at: '', message: `no monitor watches the heartbeat of ${contract}` }))
}

function contractOf({ tags }: MonitorJson): string | undefined {
  return tags.find((tag) => tag.startsWith('contract:'))
}

function monitorsOf(artefacts: readonly Artefact[]): { path: string; monitor: MonitorJson }[] {
  return artefacts
    .filter(({ kind, json }) => kind === 'monitor' && Array.isArray((json as { tags?: unknown }).tags))
    .map(({ path, json }) => ({ path, monitor: json as unknown as MonitorJson }))
    .filter(({ monitor }) => typeof monitor.query === 'string')
}
