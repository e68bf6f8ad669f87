import type { Contract } from '../model/contract.ts'

/** Text of authors as it may stand in a message: neither a mention, nor a variable, nor several lines. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('@', '(at)')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replaceAll('`', '’')
    .trim()
}

/** An address as it may stand in a message, in Markdown and in a link: what would be a mention, a variable or an end is encoded. */
export function address(text: string): string {
  return text.replaceAll(
    /[@{}()`\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** Who writes the events. */
export function producerText({ producer: { team, service } }: Contract): string {
  if (team !== undefined && service !== undefined) return `${plain(service)} of ${plain(team)}`
  return plain(team ?? service ?? 'not named in the contract')
}

/** Who relies on them. */
export function consumersText({ owner, consumers }: Contract): string {
  const services = consumers.length === 0 ? '' : ` (${consumers.map(plain).join(', ')})`
  return `${plain(owner)}${services}`
}

/** A list of names for a sentence: at most so many, and how many more there are. */
export function someOf(names: readonly string[], most = 5): string {
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return `${names.slice(0, most).join(', ')}${more}`
}
