import type { Command } from 'commander'
import { readDocsAssets } from '../adapters/http/page-files.ts'
import { findTestFiles } from '../adapters/files/test-files.ts'
import { describeContract } from '../generate/docs/described.ts'
import type { DescribedCase } from '../generate/docs/described.ts'
import { DOCS_MARK } from '../generate/docs/frame.ts'
import { generateDocs } from '../generate/docs/generate-docs.ts'
import type { ReadyCase } from '../contract-test/prepare.ts'
import type { CommandLine } from './command-line.ts'
import { deliver } from './generate.ts'
import { loadRules } from './load-rules.ts'
import { loadTests } from './load-tests.ts'
import type { Streams } from './streams.ts'

interface DocsFlags {
  readonly out: string
  readonly check?: true
}

/** Adds `assay generate docs`. The command `generate` must be there. */
export function addGenerateDocs(program: Command, { env, streams, end }: CommandLine): void {
  program.commands
    .find((command) => command.name() === 'generate')
    ?.command('docs')
    .description('a catalogue of all contracts as HTML, which needs no server')
    .argument('[paths...]', 'folders or contract files', [env.ASSAY_RULES ?? 'rules'])
    .requiredOption('--out <dir>', 'the folder of the files; it belongs to this command')
    .option('--check', 'write nothing, and fail if the folder differs from what would be written')
    .action((paths: string[], flags: DocsFlags) => end(generateCatalogue(paths, flags, streams)))
}

function generateCatalogue(paths: readonly string[], flags: DocsFlags, streams: Streams): number {
  const ruleSet = loadRules(paths)
  const make = () => {
    const { tests } = loadTests(findTestFiles(paths), ruleSet)
    const contracts = ruleSet.topics.flatMap((topic) => topic.contracts)
    const described = contracts.map((compiled) => {
      const of = tests.filter((test) => test.compiled === compiled)
      return describeContract(
        compiled,
        of.flatMap(({ cases }) => cases.map(describeCase)),
      )
    })
    return generateDocs(described, readDocsAssets())
  }
  return deliver(make, DOCS_MARK, flags, ruleSet, streams)
}

function describeCase({ name, steps }: ReadyCase): DescribedCase {
  return { name, rules: [...new Set(steps.flatMap(({ expected }) => [...expected.keys()]))] }
}
