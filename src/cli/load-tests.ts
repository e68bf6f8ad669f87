import { basename, dirname } from 'node:path'
import type { TestFiles, TestPair } from '../adapters/files/test-files.ts'
import { readReferencedBytes, readRuleFile } from '../adapters/files/text-file.ts'
import { parseContractTest } from '../contract-test/parse.ts'
import { prepareTest, type ReadyTest } from '../contract-test/prepare.ts'
import { quote } from '../contract/describe-node.ts'
import { createTextFile } from '../contract/text-file.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { Problem } from '../model/problem.ts'
import { isUsable, type RuleSet } from './load-rules.ts'

/** All tests below some paths, ready to run, and everything that is wrong with them. */
export interface TestSet {
  readonly tests: readonly ReadyTest[]
  readonly contracts: readonly CompiledContract[]
  readonly problems: readonly Problem[]
}

/**
 * Reads and prepares the test files. What a test says of a contract is only held against a contract without errors, for a rule that
 * can't be read would be told twice.
 */
export function loadTests({ pairs, contracts: files }: TestFiles, ruleSet: RuleSet): TestSet {
  const contracts = ruleSet.topics.flatMap((topic) => topic.contracts)
  const faulty = new Set(
    ruleSet.problems.flatMap(({ at, severity }) => (at && severity === 'error' ? at.file : [])),
  )
  const problems: Problem[] = []
  const tests = pairs.flatMap((pair) => {
    const compiled = contracts.find(({ contract }) => contract.file === pair.contract)
    const isSound = compiled !== undefined && isWhole(compiled) && !faulty.has(compiled.contract.file)
    return loadTest(pair, isSound ? compiled : undefined, files, problems)
  })
  return { tests, contracts, problems }
}

/** A rule that can't be run is left out; its mistake may stand in another file, such as a schema or a policy. */
function isWhole({ contract, rules, streamRules }: CompiledContract): boolean {
  return rules.length === contract.rules.length && streamRules.length === contract.streamRules.length
}

function loadTest(
  pair: TestPair,
  compiled: CompiledContract | undefined,
  contracts: readonly string[],
  problems: Problem[],
): ReadyTest[] {
  const file = pair.test
  const found = readRuleFile(file)
  if ('missing' in found) {
    problems.push(unreadable(file, found.missing))
    return []
  }
  if (pair.contract === undefined) problems.push(withoutContract(pair, found.text, contracts))
  const { test, problems: mistakes } = parseContractTest(file, found.text)
  problems.push(...mistakes)
  if (!test || !compiled) return []
  const prepared = prepareTest(test, compiled, readReferencedBytes, isUsable({ problems: mistakes }))
  problems.push(...prepared.problems)
  return [prepared.ready]
}

function withoutContract({ test, expected }: TestPair, text: string, contracts: readonly string[]): Problem {
  const beside = contracts.filter((path) => dirname(path) === dirname(expected)).map((path) => basename(path))
  const meant = nearest(basename(expected), beside)
  return {
    code: 'TEST_WITHOUT_CONTRACT',
    severity: 'error',
    message: `this file tests the contract ${expected}, which is not there`,
    hint:
      meant === undefined
        ? 'A test has the name of the contract in the same folder, with `.test` before `.yaml`.'
        : `Did you mean ${quote(meant)}? Give the test the same name.`,
    at: createTextFile(test, text).place(0),
  }
}

function unreadable(file: string, reason: string): Problem {
  return {
    code: 'TEST_FILE_UNREADABLE',
    severity: 'error',
    message: `${file}: ${reason}`,
    hint: 'Check the path and who may read it.',
  }
}
