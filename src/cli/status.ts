import type { Command } from 'commander'
import { askInstance } from '../adapters/http/ask-instance.ts'
import type { Problem } from '../model/problem.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { reportStatusAsJson, reportStatusAsText } from '../report/status-text.ts'
import { mergeInstances } from '../status/merge-instances.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface StatusFlags {
  readonly instances: readonly string[]
  readonly output: 'text' | 'json'
}

/** Adds `assay status` to the program. */
export function addStatus(program: Command, { streams, end }: CommandLine): void {
  program
    .command('status')
    .description('ask running instances how their contracts stand, and put their shares together')
    .requiredOption('--instances <url...>', 'addresses of instances, as --http gives them: http://HOST:PORT')
    .addOption(outputOption(['text', 'json']))
    .action(async (flags: StatusFlags) => end(await status(flags, streams)))
}

/** `assay status`: fails if a contract is broken, and otherwise if an instance does not answer. */
async function status({ instances, output }: StatusFlags, streams: Streams): Promise<number> {
  const problems = instances.filter((url) => !isWebAddress(url)).map(badAddress)
  if (problems.length > 0) return refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  const merged = mergeInstances(await Promise.all([...new Set(instances)].map(askInstance)))
  return finish(streams, output === 'json' ? reportStatusAsJson(merged) : reportStatusAsText(merged))
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

/** Not quoted: an address may hold a password. */
function badAddress(): Problem {
  return {
    code: 'CONFIG_INVALID',
    severity: 'error',
    message: '--instances must be addresses such as http://127.0.0.1:8080',
    hint: 'Name each instance by the address that its --http listens on.',
  }
}
