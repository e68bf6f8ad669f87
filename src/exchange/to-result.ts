import type { ImportResult, NewFile } from '../model/exchange.ts'
import { contractPath, writeContract } from './contract-draft.ts'
import type { Imported, ImportedContract } from './imported.ts'

/** The files that an import makes, and what there is to tell. */
export function toResult(source: string, { contracts, log }: Imported): ImportResult {
  const comment = `Imported from ${lastPart(source)}. Read it before you rely on it.`
  return {
    source,
    contracts: contracts.map(({ draft }) => ({
      id: draft.id,
      file: contractPath(draft),
      rules: draft.rules.length,
    })),
    files: contracts.flatMap((contract) => filesOf(contract, comment)),
    entries: log.entries,
    notes: log.notes,
    problems: log.problems,
  }
}

function filesOf({ draft, schemas }: ImportedContract, comment: string): readonly NewFile[] {
  return [
    { path: contractPath(draft), text: writeContract(draft, comment) },
    ...schemas.map(({ path, text }) => ({ path: normal(`${draft.domain}/${path}`), text })),
  ]
}

/** A path without steps back: a schema may lie beside the folder of the contract. */
function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function lastPart(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replaceAll(/\s+/g, ' ')
}
