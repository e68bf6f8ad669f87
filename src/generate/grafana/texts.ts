import { oneLine } from '../texts.ts'

/** Text of authors as it may stand in a dashboard: no variable of Grafana’s, no HTML, no link. What would be one is taken apart. */
export function words(text: string): string {
  return oneLine(text)
    .replaceAll(/\$(?=[\w{])/g, '$ ')
    .replaceAll(/\[(?=\[)/g, '[ ')
    .replaceAll(/\](?=[\]([:])/g, '] ')
    .replaceAll(/<(?=[A-Za-z/!?])/g, '< ')
}
