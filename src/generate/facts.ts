import type { Contract, Rule, StreamRule } from '../model/contract.ts'
import { oneLine, shortened } from './texts.ts'

/** Descriptions that a message shows of the rules that it is about. */
const SHOWN_RULES = 20
/** Characters of one of them. */
const SHOWN_LENGTH = 300

/**
 * What each rule says, for a message that is about one of them.
 *
 * @param toText makes text of authors what may stand in the message
 */
export function ruleFacts(rules: readonly (Rule | StreamRule)[], toText: (text: string) => string): string[] {
  const shown = rules.slice(0, SHOWN_RULES).map(({ id, description }) => {
    const says = description === undefined ? 'no description' : shortened(oneLine(description), SHOWN_LENGTH)
    return `\`${id}\`: ${toText(says)}`
  })
  const more = rules.length > SHOWN_RULES ? [`and ${rules.length - SHOWN_RULES} more rules`] : []
  return [...shown, ...more]
}

/** What the line about samples begins with. */
export const SAMPLES = 'See samples'

/** How to see events that fail. Values of events never leave Assay by themselves: they may be private. */
export function samplesLine({ topic }: Contract): string {
  return `${SAMPLES}: save some records of the topic to a file, and run \`assay check --rules rules FILE --topic ${topic}\`; \`assay explain\` shows a verdict with its values.`
}
