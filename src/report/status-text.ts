import type { MergedContract, MergedStatus } from '../model/instance-answer.ts'
import { CONTRACT_STATES } from '../model/status-report.ts'
import type { ContractState } from '../model/status-report.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { ExitCode, Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { percent, table } from './table.ts'

const NAMES: Readonly<Record<ContractState, string>> = {
  broken: 'broken',
  at_risk: 'at risk',
  unknown: 'unknown',
  warming_up: 'warming up',
  kept: 'kept',
}

const HEAD = ['State', 'Contract', 'Owner', 'Events', 'Bad', 'Good', 'Lag', 'Last event', 'Instances']
const NUMERIC = new Set([3, 4, 5, 6, 7, 8])

/** How contracts stand on several instances, for a terminal. */
export function reportStatusAsText(status: MergedStatus): Report {
  const { contracts, instances, failures } = status
  const hashes = new Set(instances.map(({ hash }) => hash))
  const lines = [
    ...(contracts.length === 0 ? [] : table([HEAD, ...contracts.map(rowOf)], NUMERIC)),
    ...contracts.flatMap(becauseOf),
    '',
    summary(contracts, instances.length),
    ...(hashes.size > 1
      ? [
          `The instances run different rules: ${instances.map(({ id, hash }) => `${printable(id)} ${hash}`).join(', ')}`,
        ]
      : []),
    ...failures.map(({ url, failure }) => `${printable(url)}: ${printable(failure)} [INSTANCE_UNREACHABLE]`),
  ]
  return { output: `${lines.join('\n')}\n`, exitCode: statusExitCode(status) }
}

/** The same for programs. */
export function reportStatusAsJson(status: MergedStatus): Report {
  return { output: `${JSON.stringify(status, undefined, 2)}\n`, exitCode: statusExitCode(status) }
}

function statusExitCode({ contracts, failures }: MergedStatus): ExitCode {
  if (failures.length > 0) return EXIT_CODES.runtimeFailure
  return contracts.some(({ state }) => state === 'broken') ? EXIT_CODES.failed : EXIT_CODES.fine
}

function rowOf({
  state,
  id,
  owner,
  good,
  bad,
  passRate,
  lagOffsets,
  eventAgeSeconds,
  instances,
}: MergedContract): string[] {
  return [
    NAMES[state],
    printable(id),
    printable(owner),
    String(good + bad),
    String(bad),
    passRate === undefined ? '–' : percent(passRate, 1),
    lagOffsets === undefined ? '–' : String(lagOffsets),
    eventAgeSeconds === undefined ? '–' : `${Math.round(eventAgeSeconds)} s`,
    String(instances.length),
  ]
}

function becauseOf({ state, id, because }: MergedContract): string[] {
  return state === 'kept' ? [] : [`${printable(id)}: ${printable(because)}`]
}

function summary(contracts: readonly MergedContract[], instances: number): string {
  const counts = CONTRACT_STATES.map((state) => ({
    state,
    of: contracts.filter((each) => each.state === state),
  }))
  const told = counts.filter(({ of }) => of.length > 0).map(({ state, of }) => `${of.length} ${NAMES[state]}`)
  const from = instances === 1 ? '1 instance' : `${instances} instances`
  return told.length === 0 ? `No contracts on ${from}` : `${told.join(', ')} on ${from}`
}
