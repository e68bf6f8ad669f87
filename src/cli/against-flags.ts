import type { Command } from 'commander'
import type { ProblemFormat } from '../report/problems.ts'

/** Flags that have a meaning beside `--against` only. */
export interface AgainstFlags {
  readonly output: ProblemFormat
  readonly strict: boolean
  readonly registry: string | undefined
  readonly base: string | undefined
  readonly reference: readonly string[] | undefined
  readonly topic: string | undefined
  readonly subject: string | undefined
  readonly message: string | undefined
}

const ONLY_WITH_AGAINST = ['base', 'reference', 'topic', 'subject', 'message'] as const

/** Adds what `--against` needs to `assay validate`. */
export function addAgainstOptions(command: Command): void {
  command
    .option(
      '--against <file>',
      'say which rules a proposed schema (.avsc, .proto or .json) would break, and nothing else',
    )
    .option('--base <file>', 'the schema of today, to compare with the proposed one')
    .option('--reference <file>', 'a schema that the schemas refer to; may be repeated', toList)
    .option('--topic <topic>', 'the topic of the proposed schema; required if the contracts name several')
    .option('--subject <subject>', 'the subject of the proposed schema, for contracts that say `schemaFrom`')
    .option('--message <name>', 'the message type of a Protobuf schema, by its full name')
}

function toList(file: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, file]
}

/** A flag that was given and means nothing, since `--against` was not. */
export function aloneWithoutAgainst(flags: AgainstFlags): string | undefined {
  return ONLY_WITH_AGAINST.find((flag) => flags[flag] !== undefined)
}
