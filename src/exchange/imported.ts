import type { NewFile } from '../model/exchange.ts'
import type { ContractDraft } from './contract-draft.ts'
import type { ImportLog } from './import-log.ts'

/** What the person who imports says, where the source says nothing or something else. */
export interface ImportOptions {
  readonly topic?: string | undefined
  readonly domain?: string | undefined
  readonly owner?: string | undefined
}

/** A contract that came out of a source, with its schemas by their paths as seen from the contract's folder. */
export interface ImportedContract {
  readonly draft: ContractDraft
  readonly schemas: readonly NewFile[]
}

export interface Imported {
  readonly contracts: readonly ImportedContract[]
  readonly log: ImportLog
}
