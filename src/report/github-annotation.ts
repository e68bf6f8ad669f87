/** A note that GitHub shows beside a line of a pull request. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  /** May have several lines. */
  readonly message: string
  readonly file?: string | undefined
  /** Lines and columns count from 1. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
}

/** An annotation as the workflow command that GitHub's runner looks for in the output of a step: one line, whatever stands in its texts. */
export function annotationLine({ level, title, message, file, line, column, endColumn }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, endColumn, title })
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${escapeProperty(String(value))}`))
    .join(',')
  return `::${level} ${properties}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
