import type { RemoteBody, RemoteKind } from '../../../ports/datadog-api.ts'
import { GENERATED_MARK } from '../../../model/generated-file.ts'
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
      return tagIdentity(wordsOf(kind, body))
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

/** The values of a tag of a thing. Those of a dashboard stand in its description, those of a rule in its filter. */
export function tagValues(kind: RemoteKind, body: RemoteBody, key: string): string[] {
  return wordsOf(kind, body)
    .filter((word) => word.startsWith(`${key}:`))
    .map((word) => word.slice(key.length + 1))
}

/** Whether a thing of Datadog's is ours: it carries our mark, or belongs to one of our metrics. What is not ours is never touched. */
export function isOurs(kind: RemoteKind, body: RemoteBody): boolean {
  return kind === 'metadata' || kind === 'tags' || wordsOf(kind, body).includes(GENERATED_MARK)
}

function wordsOf(kind: RemoteKind, body: RemoteBody): readonly string[] {
  if (kind === 'dashboard') return String(body.description).split(/\s+/)
  const inner = kind === 'entity' ? body.metadata : kind === 'notificationRule' ? filterOf(body) : body
  const { tags } = (inner ?? {}) as { readonly tags?: unknown }
  return Array.isArray(tags) ? tags.map(String) : []
}

function filterOf({ data }: RemoteBody): unknown {
  return (data as { readonly attributes?: { readonly filter?: unknown } } | undefined)?.attributes?.filter
}
