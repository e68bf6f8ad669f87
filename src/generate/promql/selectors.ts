import { normaliseTagValue } from '../../model/tag.ts'

const MINUTE_MS = 60_000

/** Values of the tag `rule`. */
export function ids(rules: readonly { readonly id: string }[]): string | readonly string[] {
  const [only] = rules
  return rules.length === 1 && only !== undefined ? idOf(only) : rules.map(idOf)
}

export function idOf(rule: { readonly id: string } | undefined): string {
  return normaliseTagValue(rule?.id ?? '')
}

/** A matcher for one value or several. Values of tags hold no quotes and no backslashes; a point must not stand for any character. */
export function matcher(label: string, values: string | readonly string[]): string {
  const [only, ...others] = [values].flat()
  return only !== undefined && others.length === 0
    ? `${label}="${only}"`
    : `${label}=~"${[values]
        .flat()
        .map((value) => value.replaceAll('.', '\\\\.'))
        .join('|')}"`
}

/** A length of time as PromQL writes it: `15m`, `6h`, `90s`. */
export function promDuration(lengthMs: number): string {
  if (lengthMs % (60 * MINUTE_MS) === 0) return `${lengthMs / (60 * MINUTE_MS)}h`
  if (lengthMs % MINUTE_MS === 0) return `${lengthMs / MINUTE_MS}m`
  return `${Math.ceil(lengthMs / 1000)}s`
}

/** Every name that stands outside of selectors' braces: series, functions and words. */
export function namesIn(expr: string): string[] {
  return expr.replaceAll(/\{[^}]*\}/g, '').match(/[a-zA-Z_:][\w:]*/g) ?? []
}
