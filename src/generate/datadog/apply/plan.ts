import type { RemoteBody, RemoteKind, RemoteObject, RemovableKind } from '../../../ports/datadog-api.ts'
import { isMuted, withoutHandwork } from './by-hand.ts'
import { type Difference, differencesOf } from './differences.ts'
import { isInScope, othersOf, type Remote, type Scope, scopeOf, usageOf } from './scope.ts'
import { placeholderOf, withSloIds } from './slo-ids.ts'
import { identityOf, isOurs, type Wanted } from './wanted.ts'

/** What is to be done about one thing. Some of its properties can't be changed: then it is made anew. */
export interface Step {
  /** `leave`: it is there, and is somebody else's. */
  readonly action: 'create' | 'change' | 'replace' | 'none' | 'leave'
  readonly wanted: Wanted
  /** What to send: for a monitor, ids of objectives are still to be put in. */
  readonly body: RemoteBody
  /** Of what is there. */
  readonly id: string | undefined
  /** Why it is changed. */
  readonly differences: readonly Difference[]
  /** It is about a metric that Datadog does not know yet. */
  readonly isEarly: boolean
  /** Somebody keeps it from telling anybody, which is left so. */
  readonly isMuted: boolean
}

/** Something with our mark that no file asks for, or that is there a second time. */
export interface Orphan {
  readonly kind: RemovableKind
  readonly identity: string
  readonly id: string
  /** The id of what the same file asks for, and that is kept. */
  readonly keptId: string | undefined
}

export interface Plan {
  /** In the order in which they are to be done. */
  readonly steps: readonly Step[]
  /** Last made first, for what is referred to goes after what refers to it. */
  readonly orphans: readonly Orphan[]
  /** Ids of the objectives that stay, by what monitors call them. */
  readonly sloIds: ReadonlyMap<string, string>
  /** Monitors and objectives with our mark that other folders speak for. */
  readonly others: readonly RemoteBody[]
}

/** Properties by which Datadog knows what a thing is: they stay as they were made. */
const FIXED: Partial<Record<RemoteKind, string>> = { monitor: 'type', slo: 'type', tags: 'metric_type' }
const REMOVAL_ORDER = ['entity', 'dashboard', 'notificationRule', 'monitor', 'slo'] as const

/**
 * What there is to do so that Datadog has what is wanted.
 *
 * @param domains that the folder speaks for although it has nothing of them any more
 */
export function planApply(wanted: readonly Wanted[], remote: Remote, domains: readonly string[] = []): Plan {
  const claims = claim(wanted, remote)
  const sloIds = new Map<string, string>()
  for (const [{ kind, body }, there] of claims) {
    if (kind === 'slo' && there !== undefined && !isOfOtherType(kind, body, there.body))
      sloIds.set(placeholderOf(body), there.id)
  }
  const metrics = new Set(remote.metadata.map(({ id }) => id))
  const steps = wanted.map((each) => stepFor(each, claims.get(each), sloIds, metrics))
  const scope = scopeOf(wanted, domains)
  const others = othersOf(remote, scope)
  return { steps, orphans: orphansOf(wanted, remote, claims, scope, others), sloIds, others }
}

type Claims = ReadonlyMap<Wanted, RemoteObject | undefined>

/** What there is of each. Of things that were made twice, that is kept which needs not be made anew, else the oldest. */
function claim(wanted: readonly Wanted[], remote: Remote): Claims {
  const byIdentity = new Map<string, RemoteObject[]>()
  for (const kind of Object.keys(remote) as RemoteKind[]) {
    for (const object of remote[kind]) {
      const key = `${kind} ${identityThere(kind, object)}`
      byIdentity.set(key, [...(byIdentity.get(key) ?? []), object])
    }
  }
  return new Map(
    wanted.map((each) => {
      const { kind, identity, body } = each
      const rank = (object: RemoteObject) =>
        Number(!isOurs(kind, object.body)) * 2 + Number(isOfOtherType(kind, body, object.body))
      const found = byIdentity.get(`${kind} ${identity}`) ?? []
      return [each, found.toSorted((one, other) => rank(one) - rank(other) || compareAge(one, other))[0]]
    }),
  )
}

function compareAge(one: RemoteObject, other: RemoteObject): number {
  return (
    ageOf(one).localeCompare(ageOf(other), 'en', { numeric: true }) ||
    one.id.localeCompare(other.id, 'en', { numeric: true })
  )
}

function stepFor(
  wanted: Wanted,
  there: RemoteObject | undefined,
  sloIds: ReadonlyMap<string, string>,
  metrics: ReadonlySet<string>,
): Step {
  const { kind, name } = wanted
  const isEarly = (kind === 'metadata' || kind === 'tags') && !metrics.has(name)
  const base = { wanted, body: wanted.body, id: there?.id, differences: [], isEarly, isMuted: false }
  if (there === undefined) return { ...base, action: 'create' }
  if (!isOurs(kind, there.body)) return { ...base, action: 'leave' }
  const isMonitor = kind === 'monitor'
  const body = isMonitor ? withoutHandwork(wanted.body, there.body) : wanted.body
  const actual = isMonitor ? { ...there.body, type: normalType(there.body.type) } : there.body
  const differences = differencesOf(actual, isMonitor ? withSloIds(body, sloIds) : body)
  const isOther = isOfOtherType(kind, body, actual)
  const action = isOther ? 'replace' : differences.length > 0 ? 'change' : 'none'
  return { ...base, action, body, differences, isMuted: isMonitor && isMuted(there.body) }
}

function isOfOtherType(kind: RemoteKind, wanted: RemoteBody, there: RemoteBody): boolean {
  const fixed = FIXED[kind]
  return fixed !== undefined && there[fixed] !== undefined && normalType(there[fixed]) !== wanted[fixed]
}

function ageOf({ body }: RemoteObject): string {
  return String(body.created ?? body.created_at ?? '')
}

/** Datadog tells a metric monitor that was made as a query alert as either. */
function normalType(type: unknown): unknown {
  return type === 'metric alert' ? 'query alert' : type
}

function orphansOf(
  wanted: readonly Wanted[],
  remote: Remote,
  claims: Claims,
  scope: Scope,
  others: readonly RemoteBody[],
): Orphan[] {
  const kept = new Map([...claims].map(([{ kind, identity }, there]) => [`${kind} ${identity}`, there]))
  const usedByOthers = usageOf(others)
  const used = usageOf([
    ...others,
    ...wanted.filter(({ kind }) => kind === 'monitor').map(({ body }) => body),
  ])
  return REMOVAL_ORDER.flatMap((kind) =>
    remote[kind].flatMap((object): Orphan[] => {
      const identity = identityThere(kind, object)
      const twin = kept.get(`${kind} ${identity}`)
      if (!isOurs(kind, object.body) || twin === object) return []
      const usage = kind === 'notificationRule' ? used : usedByOthers
      if (twin === undefined && !isInScope(kind, object.body, scope, usage)) return []
      return [{ kind, identity, id: object.id, keptId: twin?.id }]
    }),
  )
}

function identityThere(kind: RemoteKind, { id, body }: RemoteObject): string {
  return kind === 'metadata' || kind === 'tags' ? id : identityOf(kind, body)
}
