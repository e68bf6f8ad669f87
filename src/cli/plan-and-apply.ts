import { Fault } from '../errors/fault.ts'
import { type Plan, planApply } from '../generate/datadog/apply/plan.ts'
import type { Remote } from '../generate/datadog/apply/scope.ts'
import { missingSloOf } from '../generate/datadog/apply/slo-ids.ts'
import type { Wanted } from '../generate/datadog/apply/wanted.ts'
import type { Problem } from '../model/problem.ts'
import { type DatadogApi, REMOTE_KINDS, type RemoteKind, type RemoteObject } from '../ports/datadog-api.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { carryOut, type Failure, type Outcome } from './carry-out.ts'
import { planJson } from './plan-json.ts'
import { appliedText, countsOf, planText } from './plan-text.ts'
import { refuse, type Streams } from './streams.ts'

export interface ApplyFlags {
  readonly yes?: true
  readonly check?: true
  readonly prune?: true
  readonly domain?: readonly string[]
  readonly output: 'text' | 'json'
  readonly apiUrl?: string
}

/**
 * Compares, tells the plan, and carries it out if that is asked for. Resolves with the exit code.
 *
 * @throws Fault if Datadog can't be asked
 */
export async function planAndApply(
  api: DatadogApi,
  wanted: readonly Wanted[],
  flags: ApplyFlags,
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  const { yes, prune = false, output, domain, check } = flags
  const { remote, unread } = await readRemote(api, wanted)
  const plan = withoutUnread(planApply(wanted, remote, domain), unread)
  const say = (text: string) => output === 'text' && streams.out.write(text)
  say(planText(plan, prune))
  const outcome = yes
    ? await carryOut(plan, api, { prune, signal, say: (line) => say(`${line}\n`) })
    : undefined
  if (output === 'json') streams.out.write(planJson(plan, outcome))
  const unreadProblems = [...unread].map(([kind, fault]) =>
    faultProblem(fault, `no ${kind} was compared or is applied: `),
  )
  if (outcome === undefined && unread.size > 0) return reportProblems(unreadProblems, streams)
  if (outcome === undefined) return check && !isEmpty(plan) ? EXIT_CODES.failed : EXIT_CODES.fine
  say(appliedText(outcome))
  return reportOutcome(outcome, unreadProblems, streams)
}

/** The kinds that the key may not read, with what Datadog said. */
type Unread = ReadonlyMap<RemoteKind, Fault>

/** Lists before look-ups: a key that may read no list is a wrong one, which is told before hundreds of things are asked for. */
async function readRemote(
  api: DatadogApi,
  wanted: readonly Wanted[],
): Promise<{ readonly remote: Remote; readonly unread: Unread }> {
  const remote: Record<RemoteKind, readonly RemoteObject[]> = {
    metadata: [],
    tags: [],
    slo: [],
    monitor: [],
    notificationRule: [],
    dashboard: [],
    entity: [],
  }
  const unread = new Map<RemoteKind, Fault>()
  for (const [place, kind] of REMOTE_KINDS.toReversed().entries()) {
    const [first] = unread.values()
    if (kind === 'tags' && first !== undefined && unread.size === place) throw first
    const names = wanted.filter((each) => each.kind === kind).map(({ name }) => name)
    try {
      remote[kind] = await api.list(kind, names)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'DATADOG_FORBIDDEN') throw error
      unread.set(kind, error)
    }
  }
  return { remote, unread }
}

/** What can be planned although some kinds can't be read. Nothing is removed then, for it is not known what still needs it. */
function withoutUnread(plan: Plan, unread: Unread): Plan {
  if (unread.size === 0) return plan
  const needsUnread = ({ wanted: { kind, body } }: Plan['steps'][number]) =>
    unread.has(kind) || (kind === 'monitor' && unread.has('slo') && missingSloOf(body) !== undefined)
  return { ...plan, steps: plan.steps.filter((step) => !needsUnread(step)), orphans: [] }
}

/** Nothing is to be done that can be done: not even orphans are left. */
function isEmpty(plan: Plan): boolean {
  const { orphaned, twice } = countsOf(plan)
  const isToDo = plan.steps.some(({ action, isEarly }) => action !== 'none' && action !== 'leave' && !isEarly)
  return !isToDo && orphaned + twice === 0
}

function reportOutcome(
  { failures, stop, left }: Outcome,
  unread: readonly Problem[],
  streams: Streams,
): number {
  const failed = [...failures, ...(stop === undefined ? [] : [stop])].map(toProblem)
  const code = reportProblems([...unread, ...failed], streams)
  return left > 0 ? EXIT_CODES.runtimeFailure : code
}

function reportProblems(problems: readonly Problem[], streams: Streams): number {
  if (problems.length === 0) return EXIT_CODES.fine
  refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  return EXIT_CODES.runtimeFailure
}

function toProblem({ kind, identity, fault }: Failure): Problem {
  return faultProblem(fault, `${kind} ${identity}: `)
}

export function faultProblem({ code, message, hint }: Fault, subject = ''): Problem {
  return { code, severity: 'error', message: `${subject}${message}`, hint }
}
