import { type Command, InvalidArgumentError, Option } from 'commander'
import { findTestFiles } from '../adapters/files/test-files.ts'
import { runTests, type RunOptions } from '../contract-test/run.ts'
import type { Problem } from '../model/problem.ts'
import { PROBLEM_FORMATS, type ProblemFormat, reportProblems } from '../report/problems.ts'
import { reportTest } from '../report/test.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { isUsable, loadRules, misnamed } from './load-rules.ts'
import { loadTests, type TestSet } from './load-tests.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'
import { unknownChoices } from './test-choice.ts'
import { watchAndRun } from './watch-and-run.ts'

interface TestFlags {
  readonly rule: readonly string[]
  readonly case: readonly string[]
  readonly minCoverage: number | undefined
  readonly coverage: boolean | undefined
  readonly strictProbes: boolean | undefined
  readonly output: ProblemFormat
  readonly watch: boolean | undefined
}

/** Adds `assay test` to the program. */
export function addTest(program: Command, { env, streams, end }: CommandLine): void {
  program
    .command('test')
    .description('run the tests of rules: <name>.contract.test.yaml beside <name>.contract.yaml')
    .argument('[paths...]', 'folders, contracts or test files', [env.ASSAY_RULES ?? 'rules'])
    .addOption(repeatable('--rule <id>', 'look only at the rule with this id (may be repeated)'))
    .addOption(repeatable('--case <name>', 'run only the case with this name (may be repeated)'))
    .option('--min-coverage <percent>', 'fail if fewer rules have a passing and a failing case', toPercent)
    .option('--coverage', 'show the verdicts seen of each rule, also if all are covered')
    .option('--strict-probes', 'fail if a verdict depends on how many items a list has')
    .addOption(outputOption(PROBLEM_FORMATS))
    .option('--watch', 'run again whenever a file below the paths changes, until Ctrl-C')
    .action(async (paths: string[], flags: TestFlags) => {
      const run = () => test(paths, flags, streams)
      end(flags.watch ? await watchAndRun(paths, run, streams) : run())
    })
}

function repeatable(flag: string, help: string): Option {
  return new Option(flag, help)
    .default([] as string[], 'all')
    .argParser((value: string, before: readonly string[]) => [...before, value])
}

function toPercent(text: string): number {
  const percent = Number(text.replace(/\s*%$/, ''))
  if (text.trim() !== '' && percent >= 0 && percent <= 100) return percent
  throw new InvalidArgumentError('It must be a number from 0 to 100.')
}

/** `assay test`: judges the cases of test files and holds the verdicts against what they expect. */
function test(paths: readonly string[], flags: TestFlags, streams: Streams): number {
  const found = findTestFiles(paths)
  const ruleSet = loadRules([...found.contracts, ...found.without])
  const testSet = loadTests(found, ruleSet)
  const problems = [...found.misnamed.map(misnamed), ...ruleSet.problems, ...testSet.problems]
  const options = toOptions(flags)
  const faults = isUsable({ problems }) ? missingParts(testSet, options) : problems
  if (!isUsable({ problems: faults })) {
    const files = [...found.contracts, ...found.pairs.map((pair) => pair.test)]
    const checked = { files: files.length, rules: ruleSet.rules, paths: files, command: 'assay test' }
    const report = reportProblems(flags.output, faults, checked)
    return flags.output === 'text' ? refuse(streams, report) : finish(streams, report)
  }
  const result = runTests(testSet.tests, testSet.contracts, options)
  return finish(streams, reportTest(flags.output, result, flags.coverage === true))
}

function toOptions(flags: TestFlags): RunOptions {
  return {
    rules: new Set(flags.rule),
    cases: new Set(flags.case),
    minCoverage: flags.minCoverage,
    isStrict: flags.strictProbes === true,
  }
}

/** What was asked for and is not there. Where a coverage is demanded, the report of it says that there are no tests. */
function missingParts(testSet: TestSet, options: RunOptions): Problem[] {
  const isDemanded = (options.minCoverage ?? 0) > 0
  return [
    ...unknownChoices(testSet, options),
    ...(testSet.tests.length === 0 && !isDemanded ? [nothingTested()] : []),
  ]
}

function nothingTested(): Problem {
  return {
    code: 'NOTHING_TESTED',
    severity: 'error',
    message: 'no file named *.contract.test.yaml is there',
    hint: 'Write one beside a contract: a run that tests nothing is a mistake, not a success.',
  }
}
