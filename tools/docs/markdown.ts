/** A note for whoever opens a generated page in an editor. */
export const GENERATED = '<!-- Made by `npm run docs` from tables in the code. Don’t edit. -->'

/** A Markdown table as prettier would leave it alone: generated pages are not formatted. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableLine(head), tableLine(head.map(() => '---')), ...rows.map(tableLine)].join('\n')
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

export function code(text: string): string {
  return `\`${text}\``
}
