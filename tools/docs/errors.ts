import { ERRORS } from '../../src/errors/register.ts'
import type { ErrorEntry } from '../../src/errors/entry.ts'
import { GENERATED } from './markdown.ts'

/** The page of all error codes, by name. */
export function errorsPage(): string {
  const entries = Object.entries<ErrorEntry>(ERRORS).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `${GENERATED}

# Errors

The code stands in brackets at the end of a message. Exit codes: 2 for what is wrong in files and settings, 4 for what fails while
running.

${entries.map(([name, entry]) => section(name, entry)).join('\n\n')}
`
}

function section(name: string, { title, cause, mend }: ErrorEntry): string {
  return `## ${name}\n\n**${title}.** ${cause}\n\n${mend}`
}
