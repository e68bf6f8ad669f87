import { findContractFiles, readReferencedFile, readTextFile } from '../adapters/files/rule-files.ts'
import { checkContracts } from '../contract/check.ts'
import { parseContract } from '../contract/parse.ts'
import { checkRules, compileContracts } from '../evaluate/compile.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'

/** All contracts below some paths, ready to run, and everything that is wrong with them. */
export interface RuleSet {
  readonly topics: readonly CompiledTopic[]
  readonly contracts: readonly Contract[]
  readonly problems: readonly Problem[]
  /** All contract files that were looked at. */
  readonly paths: readonly string[]
  readonly files: number
  readonly rules: number
}

/** Reads, checks and compiles the contract files below the paths. What is wrong is in `problems`; nothing is thrown. */
export function loadRules(paths: readonly string[]): RuleSet {
  const { files, without } = findContractFiles(paths)
  const problems: Problem[] = without.map(noContracts)
  const contracts: Contract[] = []
  for (const file of files) {
    const found = readTextFile(file)
    if ('missing' in found) {
      problems.push(unreadable(file, found.missing))
      continue
    }
    const parsed = parseContract(file, found.text)
    problems.push(...parsed.problems)
    if (parsed.contract !== undefined) contracts.push(parsed.contract)
    else problems.push(...checkRules(file, parsed.rules, readReferencedFile))
  }
  problems.push(...checkContracts(contracts))
  const compilation = compileContracts(contracts, readReferencedFile)
  problems.push(...compilation.problems)
  const rules = contracts.reduce((sum, contract) => sum + contract.rules.length, 0)
  return { topics: compilation.topics, contracts, problems, paths: files, files: files.length, rules }
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

function unreadable(file: string, reason: string): Problem {
  return {
    code: 'RULES_NOT_FOUND',
    severity: 'error',
    message: `${file}: ${reason}`,
    hint: 'Check the path and who may read it.',
  }
}
