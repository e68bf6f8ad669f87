import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AD_TOPIC } from '../ads/events.ts'
import { runToEnd } from '../child-process/run-to-end.ts'
import { INCIDENT } from './feed.ts'
import type { Ledger } from './ledger.ts'
import { RULES_FOLDER } from './stage.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const TIMEOUT_MS = 30_000
const NEWLINE = Buffer.from('\n')

/** One fault of each kind: a false assertion, a type error that the data caused, and bytes that can't be read. */
const SHOWN_FAULTS = [
  { fault: INCIDENT, name: 'a negative price', excerpt: /"price":\{[^}]*\}/ },
  { fault: 'price_is_text', name: 'a price that is text', excerpt: /"price":\{[^}]*\}/ },
  { fault: 'truncated', name: 'a record that was cut off', excerpt: /.{0,40}$/ },
]

/** What `assay check` says first of one event. */
export interface Explanation {
  readonly name: string
  /** The part of the event where the fault is. */
  readonly excerpt: string
  readonly message: string
}

/** Writes some of the broken ads into a file and has the command explain them. */
export async function explainFaults(
  { examples }: Ledger,
  scratchFolder: string,
): Promise<readonly Explanation[]> {
  const shown = SHOWN_FAULTS.flatMap(({ fault, ...how }) => {
    const value = examples.get(fault)?.value
    return value ? [{ ...how, value }] : []
  })
  const file = join(scratchFolder, 'broken.ndjson')
  await writeFile(file, Buffer.concat(shown.flatMap(({ value }) => [value, NEWLINE])))
  const messages = await check(file)
  return shown.map(({ name, excerpt, value }, index) => ({
    name,
    excerpt: toExcerpt(value.toString(), excerpt),
    message: messages.get(index + 1) ?? 'nothing',
  }))
}

/** What the pattern finds, with dots where text was left out. */
function toExcerpt(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)
  if (found === null) return ''
  const end = found.index + found[0].length
  return `${found.index > 0 ? '… ' : ''}${found[0]}${end < text.length ? ' …' : ''}`
}

/** The first message about each line, by line number. */
async function check(file: string): Promise<ReadonlyMap<number, string>> {
  const args = [MAIN, 'check', '--rules', RULES_FOLDER, '--topic', AD_TOPIC, file]
  const { stdout } = await runToEnd(process.execPath, args, { timeoutMs: TIMEOUT_MS })
  const found = Array.from(stdout.matchAll(/^ *line (\d+): (.*)$/gm), ([, line, text = '']) => ({
    line: Number(line),
    text,
  }))
  return new Map(found.toReversed().map(({ line, text }) => [line, text]))
}
