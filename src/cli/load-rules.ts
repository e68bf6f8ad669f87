import { findRuleFiles, policyFor } from '../adapters/files/rule-files.ts'
import { readReferencedFile, readRuleFile } from '../adapters/files/text-file.ts'
import { checkContracts } from '../contract/check.ts'
import { parseContract } from '../contract/parse.ts'
import type { ContractValues } from '../contract/contract-values.ts'
import { mergeLayers } from '../contract/policy/layers.ts'
import type { Read } from '../contract/shape.ts'
import { toContract } from '../contract/to-contract.ts'
import { checkRules, compileContracts } from '../evaluate/compile.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { loadPolicies, type LoadedPolicy, unreadable } from './load-policies.ts'

/** All contracts below some paths, ready to run, and everything that is wrong with them. */
export interface RuleSet {
  readonly topics: readonly CompiledTopic[]
  /** As they hold: between the layers of their platform. */
  readonly contracts: readonly Contract[]
  readonly problems: readonly Problem[]
  /** All files of contracts and policies that were looked at. */
  readonly paths: readonly string[]
  readonly files: number
  readonly rules: number
  readonly policies: readonly LoadedPolicy[]
  /** The contracts that could be read, with the place of every value and the policy file that holds for each. */
  readonly loaded: readonly LoadedContract[]
  /** Whether that is all of them. */
  readonly isComplete: boolean
}

export interface LoadedContract {
  readonly contract: Contract
  readonly values: Read<ContractValues>
  readonly policy: LoadedPolicy | undefined
}

/** Reads, checks and compiles the contract files below the paths. What is wrong is in `problems`; nothing is thrown. */
export function loadRules(paths: readonly string[]): RuleSet {
  const found = findRuleFiles(paths)
  const { policies, problems: policyProblems } = loadPolicies(found.policies)
  const problems: Problem[] = [...found.without.map(noContracts), ...policyProblems]
  const loaded = found.files.flatMap((file) => {
    const path = policyFor(file, found.policies)?.path
    return (
      loadContract(
        file,
        policies.find((policy) => policy.file === path),
        problems,
      ) ?? []
    )
  })
  const contracts = loaded.map(({ contract }) => contract)
  problems.push(...checkContracts(contracts))
  const compilation = compileContracts(contracts, readReferencedFile)
  problems.push(...compilation.problems)
  const read = [...found.policies.map(({ path }) => path), ...found.files]
  return {
    topics: compilation.topics,
    contracts,
    problems: withoutRepetitions(problems),
    paths: read,
    files: read.length,
    rules: contracts.reduce((sum, contract) => sum + contract.rules.length, 0),
    policies,
    loaded,
    isComplete: loaded.length === found.files.length,
  }
}

function loadContract(
  file: string,
  policy: LoadedPolicy | undefined,
  problems: Problem[],
): LoadedContract | undefined {
  const found = readRuleFile(file)
  if ('missing' in found) {
    problems.push(unreadable(file, found.missing))
    return undefined
  }
  const { values: own, rules, problems: mistakes } = parseContract(file, found.text)
  problems.push(...mistakes)
  if (own === undefined) {
    problems.push(...checkRules(rules, readReferencedFile))
    return undefined
  }
  const values = policy ? mergeLayers(own, policy) : own
  return { contract: toContract(file, values.value), values, policy }
}

/** What is wrong with a rule of a policy file is found once for each contract. */
function withoutRepetitions(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message, at?.file, at?.line, at?.column])
    return !seen.has(key) && seen.add(key)
  })
}

/** Whether a rule set may be used: warnings don't stand in the way. */
export function isUsable({ problems }: Pick<RuleSet, 'problems'>): boolean {
  return problems.every(({ severity }) => severity !== 'error')
}

function noContracts(path: string): Problem {
  return {
    code: 'RULES_NOT_FOUND',
    severity: 'error',
    message: `${path}: no contract files are there`,
    hint: 'Name a folder that holds files named *.contract.yaml, or such a file itself.',
  }
}
