import { findRuleFiles, type FoundPolicy, policyFor } from '../adapters/files/rule-files.ts'
import { type FileText, readReferencedFile, readRuleFile } from '../adapters/files/text-file.ts'
import { checkContracts } from '../contract/check.ts'
import { parseContract } from '../contract/parse.ts'
import type { ContractValues } from '../contract/contract-values.ts'
import { mergeLayers } from '../contract/policy/layers.ts'
import type { Read } from '../contract/shape.ts'
import { toContract } from '../contract/to-contract.ts'
import { RuleChecker } from '../evaluate/check-rules.ts'
import { byTopic, compileContract } from '../evaluate/compile.ts'
import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { ReadReference } from '../evaluate/schema-documents.ts'
import type { Contract, EngineChoice } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { loadPolicies, type LoadedPolicy, unreadable } from './load-policies.ts'

/** The contracts below some paths, and everything that is wrong with them so far. */
export interface RuleFiles {
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

/** The same, ready to run. */
export interface RuleSet extends RuleFiles {
  readonly topics: readonly CompiledTopic[]
}

export interface LoadedContract {
  readonly contract: Contract
  readonly values: Read<ContractValues>
  readonly policy: LoadedPolicy | undefined
}

/** Where contract and policy files come from. */
export interface RuleSource {
  readonly files: readonly string[]
  readonly policies: readonly FoundPolicy[]
  /** Paths that hold no contract, or can't be read. */
  readonly without: readonly string[]
  /** Files whose names are not quite those of contracts. */
  readonly misnamed: readonly string[]
  read(file: string): FileText
  readonly readReference: ReadReference
}

/** The contract files below the paths, and the policy files that hold for them. */
export function folderSource(paths: readonly string[]): RuleSource {
  return { ...findRuleFiles(paths), read: readRuleFile, readReference: readReferencedFile }
}

/** Reads, checks and compiles the contract files below the paths. What is wrong is in `problems`; nothing is thrown. */
export function loadRules(paths: readonly string[], engine: EngineChoice = 'auto'): RuleSet {
  return loadRulesFrom(folderSource(paths), engine)
}

/** The same from any source. */
export function loadRulesFrom(source: RuleSource, engine: EngineChoice = 'auto'): RuleSet {
  return atOnce(loadSteps(source, engine))
}

/** The same contract by contract: between two of them others may have their turn. */
export function* loadSteps(source: RuleSource, engine: EngineChoice): Steps<RuleSet> {
  const read = yield* readSteps(source, new RuleChecker(source.readReference))
  const problems = [...read.problems]
  const compiled: CompiledContract[] = []
  for (const contract of read.contracts) {
    yield
    const one = compileContract(contract, source.readReference, engine)
    compiled.push(one.compiled)
    problems.push(...one.problems)
  }
  return { ...read, topics: byTopic(compiled), problems: withoutRepetitions(problems) }
}

/** Work that can be left and taken up again, and what it comes to. */
export type Steps<Result> = Generator<undefined, Result, undefined>

function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** Reads and checks the contract files below the paths, with all that compiling them would find, and makes nothing ready to run. */
export function checkRuleFiles(paths: readonly string[]): RuleFiles {
  return checkRulesFrom(folderSource(paths))
}

/** The same from any source. */
export function checkRulesFrom(source: RuleSource): RuleFiles {
  const checker = new RuleChecker(source.readReference)
  const read = readRules(source, checker)
  return withProblems(
    read,
    read.contracts.flatMap((contract) => checkContract(contract, checker)),
  )
}

/** What is wrong with the expressions and schemas of a contract. */
export function checkContract({ rules, streamRules, schemaFile }: Contract, checker: RuleChecker): Problem[] {
  return [
    ...checker.check(rules),
    ...checker.checkStream(streamRules),
    ...(schemaFile ? checker.checkSchema('`schemaFile`', schemaFile) : []),
  ]
}

/** The same files, with what was found in their contracts. */
export function withProblems(read: RuleFiles, problems: readonly Problem[]): RuleFiles {
  return { ...read, problems: withoutRepetitions([...read.problems, ...problems]) }
}

/**
 * Reads the contract files of a source; the rules of what can be used are not checked yet.
 *
 * @param checker for the rules of contracts that can't be used
 */
export function readRules(found: RuleSource, checker: RuleChecker): RuleFiles {
  return atOnce(readSteps(found, checker))
}

function* readSteps(found: RuleSource, checker: RuleChecker): Steps<RuleFiles> {
  const { policies, problems: policyProblems } = loadPolicies(found.policies, found.read)
  const problems: Problem[] = [
    ...found.without.map(noContracts),
    ...found.misnamed.map(misnamed),
    ...policyProblems,
  ]
  const loaded: LoadedContract[] = []
  for (const file of found.files) {
    yield
    const path = policyFor(file, found.policies)?.path
    const policy = policies.find((candidate) => candidate.file === path)
    loaded.push(...loadContract(file, found.read(file), policy, checker, problems))
  }
  const contracts = loaded.map(({ contract }) => contract)
  const read = [...found.policies.map(({ path }) => path), ...found.files]
  return {
    contracts,
    problems: [...problems, ...checkContracts(contracts)],
    paths: read,
    files: read.length,
    rules: contracts.reduce((sum, { rules, streamRules }) => sum + rules.length + streamRules.length, 0),
    policies,
    loaded,
    isComplete: loaded.length === found.files.length,
  }
}

function loadContract(
  file: string,
  found: FileText,
  policy: LoadedPolicy | undefined,
  checker: RuleChecker,
  problems: Problem[],
): LoadedContract[] {
  if ('missing' in found) {
    problems.push(unreadable(file, found.missing))
    return []
  }
  const { values: own, rules, streamRules, problems: mistakes } = parseContract(file, found.text)
  problems.push(...mistakes)
  if (own === undefined) {
    problems.push(...checker.check(rules), ...checker.checkStream(streamRules))
    return []
  }
  const values = policy ? mergeLayers(own, policy) : own
  return [{ contract: toContract(file, values.value), values, policy }]
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
export function isUsable({ problems }: Pick<RuleFiles, 'problems'>): boolean {
  return problems.every(({ severity }) => severity !== 'error')
}

/** A file whose name ends in .yml. */
export function misnamed(path: string): Problem {
  return {
    code: 'RULES_MISNAMED',
    severity: 'error',
    message: `${path}: the name ends in .yml, so the file is not read`,
    hint: `Rename it to ${path.replace(/yml$/, 'yaml')}.`,
  }
}

function noContracts(path: string): Problem {
  return {
    code: 'RULES_NOT_FOUND',
    severity: 'error',
    message: `${path}: no contract files are there`,
    hint: 'Name a folder that holds files named *.contract.yaml, or such a file itself.',
  }
}
