import type { ReadReference } from '../evaluate/schema-documents.ts'
import type { Contract } from '../model/contract.ts'

/** One of the two versions of the rules. */
export interface Side {
  readonly contracts: readonly Contract[]
  /** Reads the schemas of this version. */
  readonly read: ReadReference
  /** A contract's file as seen from the rules folder, so that it is the same text in both versions. */
  relativeFile(file: string): string
}
