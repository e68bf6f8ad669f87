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

function section(name: string, { title, cause, mend, example }: ErrorEntry): string {
  const lines = example ? [`Wrong:\n\n${block(example.wrong)}`, `Right:\n\n${block(example.right)}`] : []
  return [`## ${name}`, `**${title}.** ${cause}`, mend, ...lines].join('\n\n')
}

/** Without a language, for it may be a part of a file only. */
function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``
}
