/** A label in a legend, which its value takes the place of. */
export const LABEL = /\{\{\s*(\w+)\s*\}\}/g

export function labelsIn(text: string): string[] {
  return [...text.matchAll(LABEL)].map(([, label]) => label ?? '')
}
