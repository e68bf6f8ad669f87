import { GENERATED_MARK } from '../../../model/generated-file.ts'
import type { Finding, Report } from '../../finding.ts'
import type { Artefact } from '../artefact.ts'
import { tagOf } from './artefact-tags.ts'
import type { EntityJson } from './json-types.ts'

/** Entities lead to one another, belong to teams that there are, and carry the tags by which they are found again. */
export function checkEntities(artefacts: readonly Artefact[]): Finding[] {
  const entities = artefacts
    .filter(({ kind }) => kind === 'entity')
    .map(({ path, json }) => ({ path, entity: json as unknown as EntityJson }))
  const known = new Set(entities.map(({ entity }) => `${entity.kind}:${entity.metadata.name}`))
  const owned = artefacts.filter((artefact) => tagOf(artefact, 'contract') !== undefined)
  const teamsOf = {
    topic: teamsBy(owned, 'topic'),
    domain: teamsBy(owned, 'domain'),
  }
  return entities.flatMap(({ path, entity }) => {
    const findings: Finding[] = []
    const report: Report = (at, message) => findings.push({ path, at, message })
    const references = [...(entity.spec.componentOf ?? []), ...(entity.spec.dependsOn ?? [])]
    for (const reference of references.filter((each) => !known.has(each)))
      report('/spec', `there is no entity ${reference}`)
    checkOwners(entity, teamsOf, report)
    checkTags(entity, report)
    return findings
  })
}

/** Teams of contracts, by their topic or domain. */
type TeamsOf = Readonly<Record<'topic' | 'domain', ReadonlyMap<string | undefined, ReadonlySet<string>>>>

function teamsBy(owned: readonly Artefact[], key: 'topic' | 'domain'): Map<string | undefined, Set<string>> {
  const groups = Map.groupBy(owned, (artefact) => tagOf(artefact, key))
  return new Map(
    [...groups].map(([name, group]) => [
      name,
      new Set(group.flatMap((artefact) => tagOf(artefact, 'team') ?? [])),
    ]),
  )
}

/** Those who rely on a topic or a domain are the teams of its contracts. Who writes a topic is in no other file. */
function checkOwners(entity: EntityJson, teamsOf: TeamsOf, report: Report): void {
  const { owner, additionalOwners = [], name } = entity.metadata
  const others = additionalOwners.map((each) => each.name)
  if (others.includes(owner)) report('/metadata/additionalOwners', `${owner} is the owner already`)
  const isOfTopic = entity.kind === 'queue'
  const isOfService = entity.kind === 'service'
  const key = isOfTopic ? 'topic' : 'domain'
  const subject = isOfService ? entity.spec.componentOf?.[0]?.replace('system:', '') : name
  const teams = teamsOf[key].get(subject)
  if (teams === undefined) return
  const named = new Set([owner, ...others])
  for (const team of teams) {
    if (!isOfService && !named.has(team))
      report('/metadata', `${team} relies on ${key} ${subject}, and is not among the owners`)
  }
  const strangers = (isOfTopic ? others : [...named]).filter((team) => !teams.has(team))
  for (const team of strangers) report('/metadata', `${team} has no contract on ${key} ${subject}`)
}

/** Applying looks at the tags to know whose an entity is: another domain would take it for its own. */
function checkTags({ kind, metadata: { tags, name }, spec }: EntityJson, report: Report): void {
  const domains =
    kind === 'system' ? [name] : (spec.componentOf ?? []).map((each) => each.replace('system:', ''))
  const expected = [
    GENERATED_MARK,
    ...domains.map((domain) => `domain:${domain}`),
    ...(kind === 'queue' ? [`topic:${name}`] : []),
  ]
  for (const tag of expected) if (!tags.includes(tag)) report('/metadata/tags', `${tag} is missing`)
  for (const tag of tags) {
    if (!expected.includes(tag)) report('/metadata/tags', `${tag} is not what the entity is about`)
  }
}
