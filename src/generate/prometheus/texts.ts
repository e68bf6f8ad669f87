import { oneLine } from '../texts.ts'

/** How a template says two braces. */
export const BRACES = '{{ "{{" }}'

/** Text of authors as it may stand in an annotation: Prometheus shows it as it is, whatever braces it has. */
export function literal(text: string): string {
  return oneLine(text).replaceAll('{{', BRACES)
}
