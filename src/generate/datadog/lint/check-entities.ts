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
  const watched = artefacts.filter(({ kind }) => kind === 'monitor' || kind === 'slo')
  return entities.flatMap(({ path, entity }) => {
    const findings: Finding[] = []
    const report: Report = (at, message) => findings.push({ path, at, message })
    const references = [...(entity.spec.componentOf ?? []), ...(entity.spec.dependsOn ?? [])]
    for (const reference of references.filter((each) => !known.has(each)))
      report('/spec', `there is no entity ${reference}`)
    checkOwners(entity, watched, report)
    checkTags(entity, report)
    return findings
  })
}

/** Those who rely on a topic or a domain are the teams of its contracts. Who writes a topic is in no other file. */
function checkOwners(entity: EntityJson, watched: readonly Artefact[], report: Report): void {
  const { owner, additionalOwners = [], name } = entity.metadata
  const others = additionalOwners.map((each) => each.name)
  if (others.includes(owner)) report('/metadata/additionalOwners', `${owner} is the owner already`)
  const isOfTopic = entity.kind === 'queue'
  const isOfService = entity.kind === 'service'
  const key = isOfTopic ? 'topic' : 'domain'
  const subject = isOfService ? entity.spec.componentOf?.[0]?.replace('system:', '') : name
  const own = watched.filter(
    (artefact) => tagOf(artefact, key) === subject && tagOf(artefact, 'contract') !== undefined,
  )
  const teams = new Set(own.map((artefact) => tagOf(artefact, 'team')))
  const named = new Set([owner, ...others])
  for (const team of teams) {
    if (team !== undefined && !isOfService && !named.has(team))
      report('/metadata', `${team} relies on ${key} ${subject}, and is not among the owners`)
  }
  const strangers = (isOfTopic ? others : [...named]).filter((team) => !teams.has(team))
  if (own.length > 0)
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
