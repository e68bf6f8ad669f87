import type { RemoteBody, RemoteKind, RemoteObject, RemovableKind } from '../../../ports/datadog-api.ts'
import { sloPlaceholder } from '../monitors/burn.ts'
import { holds } from './holds.ts'
import { identityOf, type Wanted } from './wanted.ts'

/** What is to be done about one thing. Some of its properties can't be changed: then it is made anew. */
export interface Step {
  readonly action: 'create' | 'change' | 'replace' | 'none'
  readonly wanted: Wanted
  /** Of what is there. */
  readonly id: string | undefined
}

/** Something with our mark that no file asks for. */
export interface Orphan {
  readonly kind: RemovableKind
  readonly identity: string
  readonly id: string
}

export interface Plan {
  /** In the order in which they are to be done. */
  readonly steps: readonly Step[]
  /** Last made first, for what is referred to goes after what refers to it. */
  readonly orphans: readonly Orphan[]
}

export type Remote = Readonly<Record<RemoteKind, readonly RemoteObject[]>>

/** Properties by which Datadog knows what a thing is: they stay as they were made. */
const FIXED: Partial<Record<RemoteKind, string>> = { monitor: 'type', slo: 'type', tags: 'metric_type' }

/** What there is to do so that Datadog has what is wanted. Of things that were made twice, the first is kept and the rest is orphaned. */
export function planApply(wanted: readonly Wanted[], remote: Remote): Plan {
  const slos = new Map(remote.slo.map(({ id, body }) => [placeholderOf(body), id]))
  const kept = new Set<RemoteObject>()
  const steps = wanted.map((each): Step => {
    const there = remote[each.kind].find((object) => identityThere(each.kind, object) === each.identity)
    if (there === undefined) return { action: 'create', wanted: each, id: undefined }
    kept.add(there)
    return { action: actionFor(each, there.body, slos), wanted: each, id: there.id }
  })
  return { steps, orphans: orphansOf(remote, kept, scopeOf(wanted)) }
}

function actionFor(
  { kind, body }: Wanted,
  there: RemoteBody,
  slos: ReadonlyMap<string, string>,
): Step['action'] {
  const fixed = FIXED[kind]
  if (fixed !== undefined && there[fixed] !== undefined && normalType(there[fixed]) !== body[fixed])
    return 'replace'
  const query = kind === 'monitor' ? withSloIds(body, slos) : body
  const actual = kind === 'monitor' ? { ...there, type: normalType(there.type) } : there
  return holds(actual, query) ? 'none' : 'change'
}

/** Datadog tells a metric monitor that was made as a query alert as either. */
function normalType(type: unknown): unknown {
  return type === 'metric alert' ? 'query alert' : type
}

/** Domains and environments that a folder speaks for. Others may be those of another folder. */
interface Scope {
  readonly domains: ReadonlySet<string>
  readonly environments: ReadonlySet<string | undefined>
}

function scopeOf(wanted: readonly Wanted[]): Scope {
  const monitors = wanted.filter(({ kind }) => kind === 'monitor').map(({ body }) => wordsOf('monitor', body))
  return {
    domains: new Set(monitors.flatMap((words) => valuesOf(words, 'domain'))),
    environments: new Set(monitors.map((words) => valuesOf(words, 'env')[0])),
  }
}

/** Notification rules are those of a team, which other folders rely on too: they are never orphaned. */
function orphansOf(remote: Remote, kept: ReadonlySet<RemoteObject>, scope: Scope): Orphan[] {
  const kinds = ['entity', 'dashboard', 'monitor', 'slo'] as const
  return kinds.flatMap((kind) =>
    remote[kind]
      .filter((object) => !kept.has(object) && isInScope(kind, object.body, scope))
      .map((object) => ({ kind, identity: identityThere(kind, object), id: object.id })),
  )
}

function isInScope(kind: RemovableKind, body: RemoteBody, { domains, environments }: Scope): boolean {
  const words = wordsOf(kind, body)
  const hasEnvironment = kind === 'monitor' || kind === 'slo'
  const isOurs = valuesOf(words, 'domain').some((domain) => domains.has(domain))
  return isOurs && (!hasEnvironment || environments.has(valuesOf(words, 'env')[0]))
}

/** The tags of a thing; those of a dashboard stand in its description. */
function wordsOf(kind: RemoteKind, body: RemoteBody): readonly string[] {
  if (kind === 'dashboard') return String(body.description).split(/\s+/)
  const { tags } = kind === 'entity' ? ((body.metadata ?? {}) as RemoteBody) : body
  return Array.isArray(tags) ? (tags as readonly string[]) : []
}

function valuesOf(words: readonly string[], key: string): string[] {
  return words.filter((word) => word.startsWith(`${key}:`)).map((word) => word.slice(key.length + 1))
}

function identityThere(kind: RemoteKind, { id, body }: RemoteObject): string {
  return kind === 'metadata' || kind === 'tags' ? id : identityOf(kind, body)
}

/** What monitors call an objective. */
export function placeholderOf(slo: RemoteBody): string {
  const words = wordsOf('slo', slo)
  return sloPlaceholder(valuesOf(words, 'contract')[0] ?? '', valuesOf(words, 'dq_check')[0] ?? '')
}

/** The body with the ids of objectives that are known. */
export function withSloIds(body: RemoteBody, slos: ReadonlyMap<string, string>): RemoteBody {
  const query = String(body.query).replace(/"(slo:[^"]+)"/, (whole, placeholder: string) => {
    const id = slos.get(placeholder)
    return id === undefined ? whole : `"${id}"`
  })
  return { ...body, query }
}
