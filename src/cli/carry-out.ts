import { Fault } from '../errors/fault.ts'
import type { Orphan, Plan, Step } from '../generate/datadog/apply/plan.ts'
import { missingSloOf, placeholderOf, withSloIds } from '../generate/datadog/apply/slo-ids.ts'
import { type DatadogApi, REMOTE_KINDS, type RemovableKind } from '../ports/datadog-api.ts'
import { inParallel } from './in-parallel.ts'

/** What came of a plan. */
export interface Outcome {
  readonly created: number
  readonly changed: number
  readonly removed: number
  /** Of metrics that Datadog has not seen yet. */
  readonly postponed: number
  /** What Datadog did not take, in the order in which it answered. */
  readonly failures: readonly Failure[]
  /** What ended it early: nothing was begun after it. */
  readonly stop: Failure | undefined
  /** How many were not done for that reason. */
  readonly left: number
}

export interface Failure {
  readonly kind: string
  readonly identity: string
  readonly fault: Fault
}

export interface CarryOutOptions {
  /** Whether orphans are removed. */
  readonly prune: boolean
  /** Told of each thing once it is done. */
  readonly say: (line: string) => void
  /** Aborted, what is begun is finished and nothing more is begun. */
  readonly signal: AbortSignal
}

/** Requests at a time: few enough to stay clear of Datadog's limits, which are per organisation. */
const PARALLEL = 4

/**
 * Carries a plan out, kind after kind. What Datadog does not take is told at the end, and all that doesn't need it is done; where more
 * requests would fare no better, it ends; a kind that the key may not write ends alone. Nothing is removed while something else failed: better watched twice than not at all.
 */
export async function carryOut(plan: Plan, api: DatadogApi, options: CarryOutOptions): Promise<Outcome> {
  const work = new Work(plan, api, options)
  await work.run()
  return work.outcome()
}

class Work {
  readonly #plan: Plan
  readonly #api: DatadogApi
  readonly #options: CarryOutOptions
  readonly #toDo: readonly Step[]
  readonly #sloIds: Map<string, string>
  /** Metrics that Datadog said it has not seen. */
  readonly #unseen = new Set<string>()
  /** Objectives that others took the place of. */
  readonly #replaced: Removal[] = []
  readonly #counts = { created: 0, changed: 0, removed: 0, postponed: 0 }
  readonly #failures: Failure[] = []
  /** Kinds that the key may not write. */
  readonly #forbidden = new Set<string>()
  #stop: Failure | undefined
  /** Done, or refused. */
  #settled = 0

  constructor(plan: Plan, api: DatadogApi, options: CarryOutOptions) {
    this.#plan = plan
    this.#api = api
    this.#options = options
    this.#sloIds = new Map(plan.sloIds)
    this.#toDo = plan.steps.filter(({ action }) => action !== 'none' && action !== 'leave')
  }

  async run(): Promise<void> {
    const isStopped = () => this.#stop !== undefined || this.#options.signal.aborted
    for (const kind of REMOTE_KINDS) {
      const steps = this.#toDo.filter(({ wanted }) => wanted.kind === kind)
      const take = (step: Step) => this.#attempt(kind, step.wanted.identity, () => this.#do(step))
      await inParallel(steps, PARALLEL, take, () => isStopped() || this.#forbidden.has(kind))
    }
    if (this.#failures.length > 0) return
    const removals = [...this.#replaced, ...this.#orphans()]
    for (const kind of new Set(removals.map((removal) => removal.kind))) {
      const take = (removal: Removal) => this.#attempt(kind, removal.identity, () => this.#remove(removal))
      await inParallel(
        removals.filter((removal) => removal.kind === kind),
        PARALLEL,
        take,
        isStopped,
      )
    }
  }

  outcome(): Outcome {
    const left = this.#total() - this.#settled
    return { ...this.#counts, failures: this.#failures, stop: this.#stop, left }
  }

  #orphans(): readonly Orphan[] {
    return this.#options.prune ? this.#plan.orphans : []
  }

  #total(): number {
    return this.#toDo.length + this.#replaced.length + this.#orphans().length
  }

  /** Does one thing. Its failure is kept, and ends the rest if that would fail likewise. */
  async #attempt(kind: string, identity: string, task: () => Promise<string>): Promise<void> {
    try {
      const done = await task()
      this.#settled++
      this.#options.say(`${this.#settled}/${this.#total()} ${done} ${kind} ${identity}`)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const failure = { kind, identity, fault: error }
      this.#note(failure)
    }
  }

  #note(failure: Failure): void {
    const { kind, fault } = failure
    const isForbidden = fault.code === 'DATADOG_FORBIDDEN'
    if (!isForbidden && fault.code !== 'DATADOG_REFUSED') {
      this.#stop ??= failure
      return
    }
    // Others of the kind that were on their way fail likewise, and are told once.
    if (isForbidden && this.#forbidden.has(kind)) return
    if (isForbidden) this.#forbidden.add(kind)
    this.#settled++
    this.#failures.push(failure)
  }

  async #do({ action, wanted, body, id }: Step): Promise<string> {
    const { kind, name } = wanted
    if (kind === 'tags' && this.#unseen.has(name)) return this.#postpone(name)
    const whole = kind === 'monitor' ? this.#withSloIds(body) : body
    if (action === 'change' && id !== undefined) {
      await this.#api.update(kind, id, whole)
      this.#counts.changed++
      return 'changed'
    }
    if (action === 'replace' && id !== undefined) await this.#makeRoom(kind, id, wanted.identity)
    const made = await this.#api.create(kind, whole, name)
    if (made === undefined) return this.#postpone(name)
    if (kind === 'slo') this.#sloIds.set(placeholderOf(whole), made)
    this.#counts[action === 'replace' ? 'changed' : 'created']++
    return action === 'replace' ? 'made anew' : 'created'
  }

  /** An objective that monitors refer to can’t be removed before these know the new one. */
  async #makeRoom(kind: Step['wanted']['kind'], id: string, identity: string): Promise<void> {
    if (kind === 'slo') this.#replaced.push({ kind, id, identity })
    else if (kind !== 'metadata') await this.#api.remove(kind, id)
  }

  #withSloIds(body: Step['body']): Step['body'] {
    const whole = withSloIds(body, this.#sloIds)
    const missing = missingSloOf(whole)
    if (missing === undefined) return whole
    throw new Fault(
      'DATADOG_REFUSED',
      `it needs the SLO ${missing}, which could not be made`,
      'Mend what kept the SLO from being made, and run the command again.',
    )
  }

  #postpone(metric: string): string {
    this.#unseen.add(metric)
    this.#counts.postponed++
    return 'postponed (Datadog has not seen the metric yet)'
  }

  async #remove({ kind, id }: Removal): Promise<string> {
    await this.#api.remove(kind, id)
    this.#counts.removed++
    return 'removed'
  }
}

interface Removal {
  readonly kind: RemovableKind
  readonly identity: string
  readonly id: string
}
