import type { Command } from 'commander'
import { writeFilesBelow } from '../adapters/files/files-below.ts'
import { Fault } from '../errors/fault.ts'
import { exportOdcs } from '../exchange/odcs/export-odcs.ts'
import { readReferencedFile } from '../adapters/files/text-file.ts'
import type { Problem } from '../model/problem.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import type { CommandLine } from './command-line.ts'
import { isUsable, loadRules, type RuleSet } from './load-rules.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface ExportFlags {
  readonly out: string | undefined
  readonly force?: true
}

/** Adds `assay export` to the program, with a command for each format. */
export function addExport(program: Command, { streams, end }: CommandLine): void {
  program
    .command('export')
    .description('write contracts in another format')
    .command('odcs')
    .description('the Open Data Contract Standard 3.x: one document for each contract')
    .argument('<contracts...>', 'contract files, or folders of them')
    .option('--out <dir>', 'the folder to write into; without it, one contract is printed')
    .option('--force', 'write over files that are there')
    .action((paths: string[], flags: ExportFlags) => end(exportContracts(paths, flags, streams)))
}

/** `assay export odcs`: a document for each contract, printed or written. Contracts with errors are not exported. */
function exportContracts(paths: readonly string[], { out, force }: ExportFlags, streams: Streams): number {
  const ruleSet = loadRules(paths)
  if (!isUsable(ruleSet)) return refuse(streams, reportProblemsAsText(ruleSet.problems, ruleSet))
  const documents = ruleSet.contracts.map((contract) => ({
    path: `${contract.id}.odcs.yaml`,
    text: exportOdcs(contract, readReferencedFile),
  }))
  const [only, another] = documents
  if (out === undefined && another !== undefined)
    return reportProblem(severalContracts(documents.length), ruleSet, streams)
  if (out === undefined) {
    streams.out.write(only?.text ?? '')
    return EXIT_CODES.fine
  }
  try {
    const written = writeFilesBelow(out, documents, force === true)
    streams.out.write(`${written.join('\n')}\n`)
    return EXIT_CODES.fine
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, message, hint } = error
    return reportProblem({ code, severity: 'error', message, hint }, ruleSet, streams)
  }
}

function reportProblem(problem: Problem, ruleSet: RuleSet, streams: Streams): number {
  return refuse(streams, reportProblemsAsText([problem], ruleSet))
}

function severalContracts(count: number): Problem {
  return {
    code: 'EXPORT_OUT_MISSING',
    severity: 'error',
    message: `${count} contracts can’t be printed as one document`,
    hint: 'Name a folder for a file of each with --out, or export one contract.',
  }
}
