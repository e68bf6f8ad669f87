import { parseContract } from '../contract/parse.ts'
import { compileContracts } from '../evaluate/compile.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { judgeEvent } from '../evaluate/judge.ts'
import type { Problem } from '../model/problem.ts'
import type { VerdictKind, Verdict } from '../model/verdict.ts'

/** A contract that exists as texts only, ready to try. */
export interface Trial {
  readonly problems: readonly Problem[]
  /** The verdicts on an event, by rule. */
  verdicts(event: unknown, nowMs: number): ReadonlyMap<string, VerdictKind>
}

/** Reads and compiles the text of a contract and that of its one schema, as the service would their files. */
export function tryOut(file: string, contract: string, schema: string): Trial {
  const parsed = parseContract(file, contract)
  const contracts = parsed.contract === undefined ? [] : [parsed.contract]
  const compiled = compileContracts(contracts, (_, reference) => ({ path: reference, text: schema }))
  const only = compiled.topics[0]?.contracts[0]
  return {
    problems: [...parsed.problems, ...compiled.problems],
    verdicts: (event, nowMs) => (only === undefined ? new Map() : judge(only, event, nowMs)),
  }
}

function judge(contract: CompiledContract, event: unknown, nowMs: number): ReadonlyMap<string, VerdictKind> {
  const { topic } = contract.contract
  const record = { topic, partition: 0, offset: 0, timestampMs: nowMs, key: null, value: null, headers: {} }
  const verdicts: Verdict[] = []
  judgeEvent(contract, event, new EventContext(record, nowMs), verdicts)
  return new Map(contract.rules.map(({ rule }, index) => [rule.id, (verdicts[index] as Verdict).kind]))
}
