import type { Command } from 'commander'
import { reportProblemsAsJson } from '../report/problems-json.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
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
    .addOption(outputOption(['text', 'json']))
    .action((paths: string[], { output }: { output: 'text' | 'json' }) =>
      end(validate(paths, output, streams)),
    )
}

/** `assay validate`: every problem of every contract file. */
function validate(paths: readonly string[], output: 'text' | 'json', streams: Streams): number {
  const { problems, files, rules } = loadRules(paths)
  return finish(
    streams,
    output === 'json' ? reportProblemsAsJson(problems) : reportProblemsAsText(problems, { files, rules }),
  )
}
