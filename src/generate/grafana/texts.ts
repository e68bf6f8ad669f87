import { address, plain } from '../texts.ts'

/** Text of authors as it may stand in a dashboard: one line, no variable of Grafana’s, no HTML, no link. */
export function words(text: string): string {
  return plain(text)
    .replaceAll('$', '＄')
    .replaceAll(/[<>[\]|]/g, ' ')
}

/** An address as it may stand in a link. */
export function target(text: string): string {
  return address(text).replaceAll('$', '%24').replaceAll('[', '%5B').replaceAll(']', '%5D')
}
