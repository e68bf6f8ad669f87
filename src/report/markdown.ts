import { printable } from './printable.ts'

/** Text of a stranger's as plain text of one line in Markdown: it makes no markup, no HTML and no mention of a person. */
export function escapeMarkdown(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '))
  return line.replaceAll(/[\\`*_{}[\]<>()#+!|~&$-]/g, String.raw`\$&`).replaceAll('@', '@\u200B')
}

/** Text of a stranger's as code, in which nothing else has a meaning. */
export function inCode(text: string): string {
  const line = printable(text.trim().replaceAll(/\s+/g, ' ')).replaceAll('`', 'ˋ')
  return `\`${line === '' ? ' ' : line}\``
}

/** The same inside of a table, whose columns a bar would end. */
export function cell(text: string): string {
  return inCode(text).replaceAll('|', String.raw`\|`)
}
