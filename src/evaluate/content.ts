import { createHash } from 'node:crypto'
import type { Contract, Rule, StreamRule } from '../model/contract.ts'
import type { ReadReference } from './schema-documents.ts'

/** What texts say, in 64 hexadecimal digits: the same for the same texts in the same order, on every machine. */
export function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256')
  // With its length before it, no text can run over into the next one.
  for (const text of texts) hash.update(`${text.length}:${text}`)
  return hash.digest('hex')
}

/** What a rule says, wherever it stands, together with the texts of the files that it refers to. */
export function contentOfRule(rule: Rule | StreamRule, referenced: readonly string[] = []): string {
  return hashOf([JSON.stringify({ ...rule, at: undefined, ignore: undefined }), ...referenced])
}

/** What a contract says, wherever it stands, given what its rules say. */
export function contentOfContract(contract: Contract, rules: readonly string[]): string {
  const head = { ...contract, at: undefined, file: undefined, rules: undefined, streamRules: undefined }
  return hashOf([JSON.stringify(head), ...rules])
}

/** Reads on behalf of another, and keeps what was found. */
export function keepingTexts(read: ReadReference, texts: string[]): ReadReference {
  return (from, reference) => {
    const found = read(from, reference)
    if ('text' in found) texts.push(reference, found.text)
    return found
  }
}
