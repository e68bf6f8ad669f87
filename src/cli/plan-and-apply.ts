import type { Fault } from '../errors/fault.ts'
import { type Plan, planApply } from '../generate/datadog/apply/plan.ts'
import type { Remote } from '../generate/datadog/apply/scope.ts'
import type { Wanted } from '../generate/datadog/apply/wanted.ts'
import type { Problem } from '../model/problem.ts'
import { type DatadogApi, REMOTE_KINDS } from '../ports/datadog-api.ts'
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
  const plan = planApply(wanted, await readRemote(api, wanted), domain)
  const say = (text: string) => output === 'text' && streams.out.write(text)
  say(planText(plan, prune))
  const outcome = yes
    ? await carryOut(plan, api, { prune, signal, say: (line) => say(`${line}\n`) })
    : undefined
  if (output === 'json') streams.out.write(planJson(plan, outcome))
  if (outcome === undefined) return check && !isEmpty(plan) ? EXIT_CODES.failed : EXIT_CODES.fine
  say(appliedText(outcome))
  return reportFailures(outcome, streams)
}

/** Lists before look-ups: a wrong key is told after one request. */
async function readRemote(api: DatadogApi, wanted: readonly Wanted[]): Promise<Remote> {
  const remote: Partial<Record<(typeof REMOTE_KINDS)[number], Remote[keyof Remote]>> = {}
  for (const kind of REMOTE_KINDS.toReversed()) {
    const names = wanted.filter((each) => each.kind === kind).map(({ name }) => name)
    remote[kind] = await api.list(kind, names)
  }
  return remote as Remote
}

/** Nothing is to be done that can be done: not even orphans are left. */
function isEmpty(plan: Plan): boolean {
  const { orphaned, twice } = countsOf(plan)
  const isToDo = plan.steps.some(({ action, isEarly }) => action !== 'none' && action !== 'leave' && !isEarly)
  return !isToDo && orphaned + twice === 0
}

function reportFailures({ failures, stop, left }: Outcome, streams: Streams): number {
  const problems = [...failures, ...(stop === undefined ? [] : [stop])].map(toProblem)
  if (problems.length > 0) refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  return problems.length > 0 || left > 0 ? EXIT_CODES.runtimeFailure : EXIT_CODES.fine
}

function toProblem({ kind, identity, fault }: Failure): Problem {
  return faultProblem(fault, `${kind} ${identity}: `)
}

export function faultProblem({ code, message, hint }: Fault, subject = ''): Problem {
  return { code, severity: 'error', message: `${subject}${message}`, hint }
}
