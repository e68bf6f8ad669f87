import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { RuleCoverage, RuleVerdict, TestFileResult, TestResult } from '../model/test-result.ts'
import { CoverageTally } from './coverage.ts'
import { explainVerdict } from './explain.ts'
import { RecordJudge } from './judge-record.ts'
import type { ReadyCase, ReadyStep, ReadyTest } from './prepare.ts'
import { Probes } from './probes.ts'
import { runCase, type Watcher } from './run-case.ts'
import type { RuleFilter } from './subject-names.ts'

/** What is to be run, and how strictly. Empty sets choose everything. */
export interface RunOptions {
  readonly rules: ReadonlySet<string>
  readonly cases: ReadonlySet<string>
  readonly minCoverage: number | undefined
  /** Whether a rule whose verdict depends on the number of items makes the run fail. */
  readonly isStrict: boolean
}

/** Explanations are slow, and after the first few mismatches of a rule they say the same again. */
const EXPLAINED_PER_RULE = 5

/** Runs prepared tests. Contracts without a test are in the coverage too. */
export function runTests(
  tests: readonly ReadyTest[],
  contracts: readonly CompiledContract[],
  options: RunOptions,
): TestResult {
  const files: TestFileResult[] = []
  const coverage: RuleCoverage[] = []
  const probes: Problem[] = []
  for (const compiled of contracts.toSorted(byFile)) {
    const { rules, streamRules } = compiled.contract
    const isWanted = (id: string) => options.rules.size === 0 || options.rules.has(id)
    if (![...rules, ...streamRules].some(({ id }) => isWanted(id))) continue
    const test = tests.find((candidate) => candidate.compiled === compiled)
    const outcome = test ? runTest(test, isWanted, options) : untested(compiled, isWanted)
    files.push(...outcome.files)
    coverage.push(...outcome.coverage)
    probes.push(...outcome.probes)
  }
  return { files, coverage, probes, minCoverage: options.minCoverage, isStrict: options.isStrict }
}

function byFile({ contract: a }: CompiledContract, { contract: b }: CompiledContract): number {
  return a.file < b.file ? -1 : 1
}

interface Outcome {
  readonly files: readonly TestFileResult[]
  readonly coverage: readonly RuleCoverage[]
  readonly probes: readonly Problem[]
}

function runTest(test: ReadyTest, isWanted: RuleFilter, { cases }: RunOptions): Outcome {
  const { compiled, file } = test
  const tally = new CoverageTally(compiled)
  const judge = new RecordJudge(compiled)
  const probes = new Probes(compiled, judge)
  const watcher = createWatcher(compiled, tally, probes)
  const wanted = test.cases.filter(({ name }) => cases.size === 0 || cases.has(name))
  const { rules, streamRules } = compiled.contract
  const isWhole = [...rules, ...streamRules].every(({ id }) => isWanted(id))
  const results = wanted.map((testCase) => runCase({ test, judge, testCase, isWanted, isWhole, watcher }))
  return {
    files: wanted.length === 0 ? [] : [{ file, contract: compiled.contract.id, cases: results }],
    coverage: tally.result(isWanted),
    probes: probes.findings(test),
  }
}

function untested(compiled: CompiledContract, isWanted: RuleFilter): Outcome {
  return { files: [], coverage: new CoverageTally(compiled).result(isWanted), probes: [] }
}

function createWatcher({ contract }: CompiledContract, tally: CoverageTally, probes: Probes): Watcher {
  const explained = new Map<Rule, number>()
  return {
    judged: (
      index: number,
      { verdict }: RuleVerdict,
      isAsExpected: boolean,
      step: ReadyStep,
      testCase: ReadyCase,
    ) => {
      if (!isAsExpected) return
      tally.count(index, verdict)
      if (verdict === 'pass') probes.passed(index, step, testCase)
    },
    stood: (rule, status) => tally.countStatus(rule, status),
    explain: (rule, step, actual) => {
      const count = (explained.get(rule) ?? 0) + 1
      explained.set(rule, count)
      return count > EXPLAINED_PER_RULE ? [] : explainVerdict(rule, contract, step, actual)
    },
  }
}
