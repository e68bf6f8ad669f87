import type { ImportResult } from '../model/exchange.ts'
import type { Report } from './exit-codes.ts'
import { exitCodeOf } from './problem-order.ts'
import { problemEntries } from './problems-json.ts'

/** What an import came to, for machines. */
export function reportImportAsJson(result: ImportResult, written: readonly string[]): Report {
  const { source, contracts, entries, notes, problems } = result
  const value = {
    source,
    contracts,
    written,
    entries: entries.map(({ kind, name, at, outcome: { kind: outcome, ...more } }) => ({
      kind,
      name,
      line: at?.line ?? null,
      column: at?.column ?? null,
      outcome,
      ...more,
    })),
    notes,
    problems: problemEntries(problems),
  }
  return { output: `${JSON.stringify(value, undefined, 2)}\n`, exitCode: exitCodeOf(problems) }
}
