import { oneLine } from '../texts.ts'

/**
 * Text of authors as it may stand in a message: neither a mention, nor a variable or a block. Datadog has no way to write these as
 * themselves, so an `@` is spelled out, and braces stand apart.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll('@', '(at)')
    .replaceAll(/\{(?=\{)/g, '{ ')
    .replaceAll(/\}(?=\})/g, '} ')
}

/** The same on a dashboard, where `$name` is a variable. */
export function plainOnBoard(text: string): string {
  return plain(text).replaceAll(/\$(?=[\w{])/g, '$ ')
}
