import type { RemoteBody, RemoteKind, RemoteObject } from '../../../ports/datadog-api.ts'
import { identityOf, isOurs, tagValues, type Wanted } from './wanted.ts'

/** The domains and environments that a folder speaks for. Whatever else carries our mark is of another folder. */
export interface Scope {
  readonly domains: ReadonlySet<string>
  readonly environments: ReadonlySet<string | undefined>
}

export type Remote = Readonly<Record<RemoteKind, readonly RemoteObject[]>>

/**
 * What a folder speaks for.
 *
 * @param domains of which it has no files any more
 */
export function scopeOf(wanted: readonly Wanted[], domains: readonly string[]): Scope {
  const monitors = wanted.filter(({ kind }) => kind === 'monitor').map(({ body }) => body)
  return {
    domains: new Set([...domains, ...monitors.flatMap((body) => tagValues('monitor', body, 'domain'))]),
    environments: new Set(monitors.map(environmentOf)),
  }
}

/** Monitors and objectives of other domains and environments. */
export function othersOf({ monitor, slo }: Remote, { domains, environments }: Scope): RemoteBody[] {
  return [...monitor, ...slo]
    .map(({ body }) => body)
    .filter(
      (body) =>
        isOurs('monitor', body) &&
        (!environments.has(environmentOf(body)) ||
          !tagValues('monitor', body, 'domain').some((domain) => domains.has(domain))),
    )
}

/** Whether a folder may remove a thing that it does not ask for. */
export function isInScope(
  kind: RemoteKind,
  body: RemoteBody,
  { domains, environments }: Scope,
  others: Usage,
): boolean {
  if (kind === 'notificationRule') {
    const env = tagValues(kind, body, 'env')[0]
    return (
      environments.has(env) && tagValues(kind, body, 'team').every((team) => !others.has(teamIn(team, env)))
    )
  }
  if (!tagValues(kind, body, 'domain').some((domain) => domains.has(domain))) return false
  if (kind === 'monitor' || kind === 'slo') return environments.has(environmentOf(body))
  return subjectsOf(kind, body).every((subject) => !others.has(subject))
}

/** What monitors and objectives speak of, and so is in use: their tags, and their teams in their environment. */
export type Usage = ReadonlySet<string>

export function usageOf(bodies: readonly RemoteBody[]): Usage {
  return new Set(
    bodies.flatMap((body) => [
      ...(Array.isArray(body.tags) ? (body.tags as readonly string[]) : []),
      ...tagValues('monitor', body, 'team').map((team) => teamIn(team, environmentOf(body))),
    ]),
  )
}

function teamIn(team: string, env: string | undefined): string {
  return `team ${team} in ${env ?? 'all'}`
}

/** What a dashboard or entity is about, as a tag. All environments share it, so others may need it still. */
function subjectsOf(kind: RemoteKind, body: RemoteBody): string[] {
  if (kind === 'dashboard') return [identityOf(kind, body).replace('/', ':')]
  const topics = tagValues(kind, body, 'topic').map((topic) => `topic:${topic}`)
  return topics.length > 0 ? topics : tagValues(kind, body, 'domain').map((domain) => `domain:${domain}`)
}

export function environmentOf(body: RemoteBody): string | undefined {
  return tagValues('monitor', body, 'env')[0]
}
