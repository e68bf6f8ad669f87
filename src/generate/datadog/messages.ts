import type { Contract } from '../../model/contract.ts'
import { address, consumersText, producerText } from '../texts.ts'
import { plain } from './texts.ts'

/** What a monitor tells those whom it calls. */
export interface MessageParts {
  /** What broke, in a sentence or two; may hold Datadog's variables. */
  readonly broke: string
  /** The same for the warning level, if the monitor has one. */
  readonly warns?: string
  /** Facts, a line each. */
  readonly facts: readonly string[]
  /** How to go on: where to look, what to do. */
  readonly next: readonly string[]
  /** What it means that the monitor is quiet again. */
  readonly recovered: string
}

/** A message in three blocks, so that each change of state says its own, and nothing is said on every one of them. */
export function messageOf({ broke, warns, facts, next, recovered }: MessageParts): string {
  const details = [...facts, ...next].map((line) => `- ${line}`).join('\n')
  return [
    `{{#is_alert}}\n${broke}\n\n${details}\n{{/is_alert}}`,
    ...(warns === undefined ? [] : [`{{#is_warning}}\n${warns}\n\n${details}\n{{/is_warning}}`]),
    `{{#is_recovery}}\n${recovered}\n{{/is_recovery}}`,
  ].join('\n')
}

/** What the lines about people begin with. */
export const PRODUCER = 'Producer'
export const CONSUMERS = 'Relied on by'

/** Who writes the events and who relies on them. */
export function whoLines(contract: Contract): string[] {
  return [`${PRODUCER}: ${plain(producerText(contract))}`, `${CONSUMERS}: ${plain(consumersText(contract))}`]
}

export function runbookLines({ links: { runbook } }: Contract): string[] {
  return runbook === undefined ? [] : [`Runbook: ${address(runbook)}`]
}
