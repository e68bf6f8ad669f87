import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { type NewFile, existingPaths, writeNewFiles } from '../adapters/files/new-files.ts'
import { findRuleFiles } from '../adapters/files/rule-files.ts'
import { makeStarter } from '../infer/make-starter.ts'
import type { Sample } from '../infer/make-starter.ts'
import type { Starter } from '../infer/starter.ts'
import { TEMPLATE } from '../infer/template.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportInit } from '../report/init-text.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import type { CommandLine } from './command-line.ts'
import { type InitFlags, type InitNames, resolveNames } from './init-names.ts'
import { loadRules } from './load-rules.ts'
import { type SampleEvents, readSample } from './read-sample.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'

/** Adds `assay init` to the program. */
export function addInit(program: Command, { streams, end }: CommandLine): void {
  program
    .command('init')
    .description('make a first contract with its schema and test, from a sample of events or from a template')
    .argument('[dir]', 'the folder of all contracts', 'rules')
    .requiredOption('--topic <topic>', 'the topic that the contract is about')
    .option('--domain <domain>', 'the domain that it belongs to; the first part of the topic unless given')
    .option('--owner <team>', 'the team that relies on the topic; my-team unless given')
    .option('--name <name>', 'name of the files; what is left of the topic unless given')
    .option('--from <file>', 'a sample of events, one JSON value a line, or - for standard input')
    .action(async (dir: string, flags: InitFlags) => end(await init(dir, flags, streams)))
}

/** `assay init`: three new files, or the reasons why not. */
async function init(dir: string, flags: InitFlags, streams: Streams): Promise<number> {
  const stop = (problems: readonly Problem[]) =>
    refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  const names = resolveNames(flags)
  if (!('topic' in names)) return stop(names)
  const sample = flags.from === undefined ? undefined : await readSample(flags.from)
  if (sample !== undefined && 'code' in sample) return stop([sample])

  const others = contractsIn(dir)
  const format = others.find(({ topic }) => topic === names.topic)?.format ?? 'json'
  const starter = makeStarter({ ...names, format }, toSample(sample, flags.from), systemClock.nowMs())
  if (!('contract' in starter)) return stop(starter)
  const problems = write(dir, names, starter, others)
  if (problems.length > 0) return stop(problems)
  return finish(streams, {
    output: reportInit(starter, { dir, from: flags.from, sample }),
    exitCode: EXIT_CODES.fine,
  })
}

/** Contracts that are there already: whatever is wrong with them is for `validate` to say. */
function contractsIn(dir: string): readonly Contract[] {
  return findRuleFiles([dir]).files.length === 0 ? [] : loadRules([dir]).contracts
}

function toSample(sample: SampleEvents | undefined, from: string | undefined): Sample {
  if (sample === undefined) return TEMPLATE
  const count = `${sample.events.length} ${sample.events.length === 1 ? 'event' : 'events'}`
  return {
    events: sample.events,
    origin: `from ${count} of ${from === '-' ? 'standard input' : from}`,
    advice: 'All of it is guessed from them: read each line, and keep what you rely on.',
  }
}

function write(dir: string, names: InitNames, starter: Starter, others: readonly Contract[]): Problem[] {
  const id = `${names.domain}.${names.name}`
  const same = others.find((contract) => contract.id.toLowerCase() === id.toLowerCase())
  if (same !== undefined) return [idTaken(id, same.file)]
  const files = [starter.contract, starter.schema, starter.test].map(({ path, text }) => ({
    path: join(dir, path),
    text,
  }))
  const taken = existingPaths(files.map(({ path }) => path))
  return taken.length > 0 ? taken.map(pathTaken) : tryToWrite(files)
}

function tryToWrite(files: readonly NewFile[]): Problem[] {
  try {
    writeNewFiles(files)
    return []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return [
      {
        code: 'OUTPUT_UNWRITABLE',
        severity: 'error',
        message: `the files can’t be written: ${message}`,
        hint: 'Name a folder that you may write to. Nothing was left behind.',
      },
    ]
  }
}

function pathTaken(path: string): Problem {
  return {
    code: 'FILE_EXISTS',
    severity: 'error',
    message: `${path} is there already, and is left as it is`,
    hint: 'Choose another name with --name, or remove the file first.',
  }
}

function idTaken(id: string, file: string): Problem {
  return {
    code: 'FILE_EXISTS',
    severity: 'error',
    message: `${file} has the contract id ${id} already`,
    hint: 'Choose another name with --name, or go on with the contract that is there.',
  }
}
