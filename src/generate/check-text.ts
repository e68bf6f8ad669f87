import type { Report } from './finding.ts'

const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g
/** What is written in place of a number or a text that there was none of. */
const LEFTOVER = /\[object [A-Z]\w+\]|\b(?:undefined|NaN)\b/
/** Where authors of contracts speak, who may well mean it. */
const OF_AUTHORS = new Set(['description', 'content'])
const LINE_OF_AUTHORS = /^- .*$/gm

/** What the text of a file has beyond its JSON: a key that stands twice, of which readers keep the last without a word. */
export function checkText(text: string, json: unknown, report: Report): void {
  const written = [...text.matchAll(STRING)].filter(([, colon]) => colon !== undefined).length
  if (written > keysOf(json)) report('', 'a key stands twice in one object: only the last of them counts')
  checkLeftovers(json, '', report)
}

function keysOf(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0
  const inner = Object.values(json).reduce((sum: number, value) => sum + keysOf(value), 0)
  return inner + (Array.isArray(json) ? 0 : Object.keys(json).length)
}

function checkLeftovers(json: unknown, at: string, report: Report): void {
  if (typeof json === 'string') {
    const [leftover] = LEFTOVER.exec(json.replaceAll(LINE_OF_AUTHORS, '')) ?? []
    if (leftover !== undefined) report(at, `says \`${leftover}\` where something else was meant`)
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, value] of Object.entries(json))
      if (!OF_AUTHORS.has(key)) checkLeftovers(value, `${at}/${key}`, report)
  }
}
