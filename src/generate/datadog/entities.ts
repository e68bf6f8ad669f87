import { GENERATED_MARK } from '../../model/generated-file.ts'
import { normaliseTagValue } from '../../model/tag.ts'
import { address } from '../texts.ts'
import type { Json } from '../to-json.ts'
import type { Watched, WatchedGroup } from './watched.ts'

/** A topic in the software catalogue. Its owner there is its producer, if a contract names one; those who rely on it are further owners. */
export function topicEntity(topic: string, contracts: readonly Watched[]): Json {
  const producer = contracts.flatMap(({ contract }) => contract.producer.team ?? [])[0]
  const reliers = sortedOnce(contracts.map(({ tags }) => tags.team))
  const domains = sortedOnce(contracts.map(({ tags }) => tags.domain))
  const owner = producer === undefined ? (reliers[0] ?? topic) : normaliseTagValue(producer)
  const links = contracts.flatMap(({ contract, tags }) => {
    const { runbook } = contract.links
    return runbook === undefined
      ? []
      : [{ name: `Runbook of ${tags.contract}`, type: 'runbook', url: address(runbook) }]
  })
  return {
    apiVersion: 'v3',
    kind: 'queue',
    metadata: {
      name: topic,
      displayName: topic,
      description: `Kafka topic, watched by ${contracts.map(({ tags }) => tags.contract).join(', ')}.`,
      owner,
      additionalOwners: reliers
        .filter((team) => team !== owner)
        .map((team) => ({ name: team, type: 'relies-on' })),
      ...(links.length === 0 ? {} : { links }),
      tags: [...domains.map((domain) => `domain:${domain}`), `topic:${topic}`, GENERATED_MARK].sort(),
    },
    spec: {
      type: 'kafka',
      lifecycle: 'production',
      componentOf: domains.map((domain) => `system:${domain}`),
    },
  }
}

/** A domain, and the service that watches its topics. */
export function domainEntity({ name, teams }: WatchedGroup): Json {
  return {
    apiVersion: 'v3',
    kind: 'system',
    metadata: {
      name,
      displayName: `Domain ${name}`,
      owner: teams[0] ?? name,
      additionalOwners: teams.slice(1).map((team) => ({ name: team, type: 'relies-on' })),
      tags: [`domain:${name}`, GENERATED_MARK].sort(),
    },
    spec: { lifecycle: 'production' },
  }
}

/** The service that watches the topics of a domain, by the name that its metrics carry unless `DD_SERVICE` says another. */
export function checkerEntity({ name, teams, contracts }: WatchedGroup): Json {
  return {
    apiVersion: 'v3',
    kind: 'service',
    metadata: {
      name: `assay-${name}`,
      displayName: `Assay for domain ${name}`,
      description:
        'Judges the events of the domain’s topics against the contracts of those who rely on them.',
      owner: teams[0] ?? name,
      tags: [`domain:${name}`, GENERATED_MARK].sort(),
    },
    spec: {
      lifecycle: 'production',
      type: 'worker',
      languages: ['js'],
      componentOf: [`system:${name}`],
      dependsOn: sortedOnce(contracts.map(({ tags }) => tags.topic)).map((topic) => `queue:${topic}`),
    },
  }
}

function sortedOnce(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
