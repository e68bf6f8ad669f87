import type { Contract } from '../model/contract.ts'
import { INVISIBLE } from '../model/invisible.ts'

/** Text of authors on one line, with nothing invisible. What it may still mean to a system is for that system's own texts to take away. */
export function oneLine(text: string): string {
  return text.replaceAll(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim()
}

/** The beginning of a text of more than so many characters. */
export function shortened(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text
}

/** An address as it may stand in a message, in Markdown, in a link and in a template: what would be a mention, a variable or an end is encoded. */
export function address(text: string): string {
  return text
    .replaceAll(INVISIBLE, ' ')
    .replaceAll(/[@$"<>\\^`{|}[\]\s]/g, encodeURIComponent)
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
}

/** Who writes the events. */
export function producerText({ producer: { team, service } }: Contract): string {
  if (team !== undefined && service !== undefined) return `${oneLine(service)} of ${oneLine(team)}`
  return oneLine(team ?? service ?? 'not named in the contract')
}

/** Services that a message names. */
const SHOWN_CONSUMERS = 20

/** Who relies on them. */
export function consumersText({ owner, consumers }: Contract): string {
  const services = consumers.length === 0 ? '' : ` (${someOf(consumers.map(oneLine), SHOWN_CONSUMERS)})`
  return `${oneLine(owner)}${services}`
}

/** A list of names for a sentence: at most so many, and how many more there are. */
export function someOf(names: readonly string[], most = 5): string {
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return `${names.slice(0, most).join(', ')}${more}`
}
