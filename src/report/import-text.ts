import type { ExchangeEntry, ExchangeKind, ImportResult } from '../model/exchange.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { exitCodeOf } from './problem-order.ts'

const TITLES: Readonly<Record<ExchangeKind, readonly [one: string, many: string]>> = {
  rule: ['rule', 'rules'],
  promise: ['service level', 'service levels'],
  property: ['property', 'properties'],
  section: ['other part', 'other parts'],
}

/** What an import came to, for people: the files, what became of everything, and what to look at. */
export function reportImportAsText(result: ImportResult, written: readonly string[]): Report {
  const { contracts, notes, problems } = result
  const entries = result.entries.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0))
  const listed = entries.filter(({ outcome }) => outcome.kind === 'listed')
  const imported = entries.filter(({ outcome }) => outcome.kind === 'imported')
  const blocks = [
    block(
      'Contracts:',
      contracts.map(
        ({ id, file, rules }) => `${id}: ${rules === 1 ? '1 rule' : `${rules} rules`} in ${file}`,
      ),
    ),
    block('Imported:', imported.map(entryLine)),
    block('Not imported, and why:', listed.map(entryLine)),
    block('To look at:', notes),
    block('Written:', written),
    summary(entries),
  ]
  return {
    output: `${blocks.filter((text) => text !== '').join('\n\n')}\n`,
    exitCode: exitCodeOf(problems),
  }
}

function block(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => printable(`  ${line}`))].join('\n')
}

function entryLine({ name, at, outcome }: ExchangeEntry): string {
  const place = at === undefined ? '' : `line ${at.line}: `
  return outcome.kind === 'imported'
    ? `${place}${name} → ${outcome.into}`
    : `${place}${name}: ${outcome.reason}`
}

/** Imported and listed of each kind, which together are all. */
function summary(entries: readonly ExchangeEntry[]): string {
  const kinds = Object.keys(TITLES) as ExchangeKind[]
  const counts = kinds.flatMap((kind) => {
    const all = entries.filter((entry) => entry.kind === kind)
    if (all.length === 0) return []
    const imported = all.filter(({ outcome }) => outcome.kind === 'imported').length
    const [one, many] = TITLES[kind]
    const what = all.length === 1 ? one : many
    return `${all.length} ${what}: ${imported} imported, ${all.length - imported} listed`
  })
  return counts.length === 0 ? 'Nothing was found to import' : counts.join('; ')
}
