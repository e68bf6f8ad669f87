import type { RemoteBody, RemoteKind } from '../../../ports/datadog-api.ts'
import type { Artefact } from '../artefact.ts'
import { REMOTE_KINDS } from '../../../ports/datadog-api.ts'

/** One thing that Datadog shall have. */
export interface Wanted {
  readonly kind: RemoteKind
  /** By which it is known on both sides. */
  readonly identity: string
  /** The metric that it belongs to, or its identity. */
  readonly name: string
  readonly body: RemoteBody
}

/** The tags by which monitors and objectives are known: what they are about, and their check. */
const CONTRACT_KEYS = ['contract', 'env', 'dq_check']
const OTHER_KEYS = ['domain', 'topic', 'env', 'dq_check']
const DASHBOARD_KEY = /\bdashboard:(\S+)\s*$/

/** What the files of a folder ask for, in the order in which it is made. */
export function wantedOf(artefacts: readonly Artefact[]): Wanted[] {
  const wanted = artefacts.flatMap((artefact): Wanted[] => {
    const { kind } = artefact
    const json = artefact.json as RemoteBody
    if (kind === 'metadata' || kind === 'tags') {
      return Object.entries(json.metrics as Readonly<Record<string, RemoteBody>>).map(([name, body]) => {
        return { kind, identity: name, name, body }
      })
    }
    const identity = identityOf(kind, json)
    return [{ kind, identity, name: identity, body: json }]
  })
  const place = ({ kind }: Wanted) => REMOTE_KINDS.indexOf(kind)
  return wanted.sort((one, other) => place(one) - place(other) || (one.identity < other.identity ? -1 : 1))
}

/** By what a body is known, here and at Datadog; empty for what does not say it. */
export function identityOf(kind: Exclude<RemoteKind, 'metadata' | 'tags'>, body: RemoteBody): string {
  switch (kind) {
    case 'slo':
    case 'monitor':
      return tagIdentity((body.tags ?? []) as readonly string[])
    case 'dashboard':
      return DASHBOARD_KEY.exec(String(body.description))?.[1] ?? ''
    case 'entity':
      return `${String(body.kind)}:${String((body.metadata as { name?: unknown } | undefined)?.name)}`
    case 'notificationRule': {
      const { attributes } = (body.data ?? {}) as { attributes?: { name?: unknown } }
      return String(attributes?.name)
    }
  }
}

function tagIdentity(tags: readonly string[]): string {
  const keys = tags.some((tag) => tag.startsWith('contract:')) ? CONTRACT_KEYS : OTHER_KEYS
  return tags
    .filter((tag) => keys.includes(tag.slice(0, tag.indexOf(':'))))
    .sort()
    .join(' ')
}
