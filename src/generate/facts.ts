import type { Contract, Rule, StreamRule } from '../model/contract.ts'
import { address, consumersText, plain, producerText } from './texts.ts'

/** Descriptions that a message shows of the rules that it is about. */
const SHOWN_RULES = 20

/** What each rule says, for a message that is about one of them. */
export function ruleFacts(rules: readonly (Rule | StreamRule)[]): string[] {
  const shown = rules.slice(0, SHOWN_RULES).map(({ id, description }) => {
    return `\`${id}\`: ${description === undefined ? 'no description' : plain(description)}`
  })
  const more = rules.length > SHOWN_RULES ? [`and ${rules.length - SHOWN_RULES} more rules`] : []
  return [...shown, ...more]
}

/** Who writes the events and who relies on them. */
export function whoLines(contract: Contract): string[] {
  return [`Producer: ${producerText(contract)}`, `Relied on by: ${consumersText(contract)}`]
}

/** How to see events that fail. Values of events never leave Assay by themselves: they may be private. */
export function samplesLine({ topic }: Contract): string {
  return `See samples: save some records of the topic to a file, and run \`assay check --rules rules FILE --topic ${plain(topic)}\`; \`assay explain\` shows a verdict with its values.`
}

export function runbookLines({ links: { runbook } }: Contract): string[] {
  return runbook === undefined ? [] : [`Runbook: ${address(runbook)}`]
}
