import type { Command } from 'commander'
import { PROBLEM_FORMATS, type ProblemFormat, reportProblems } from '../report/problems.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { loadRules } from './load-rules.ts'
import { finish } from './streams.ts'
import type { Streams } from './streams.ts'

/** Adds `assay validate` to the program. */
export function addValidate(program: Command, { streams, end }: CommandLine): void {
  program
    .command('validate')
    .description('report every problem of every contract file')
    .argument('<paths...>', 'folders or contract files')
    .addOption(outputOption(PROBLEM_FORMATS))
    .action((paths: string[], { output }: { output: ProblemFormat }) => end(validate(paths, output, streams)))
}

/** `assay validate`: every problem of every contract file. */
function validate(paths: readonly string[], output: ProblemFormat, streams: Streams): number {
  const ruleSet = loadRules(paths)
  return finish(streams, reportProblems(output, ruleSet.problems, ruleSet))
}
