import { Document } from 'yaml'
import type { Dimension, Mode, Severity } from '../model/contract.ts'

/** A rule as it will be written. */
export interface RuleDraft {
  readonly id: string
  readonly description?: string | undefined
  readonly dimension?: Dimension | undefined
  readonly severity?: Severity | undefined
  readonly when?: string | undefined
  readonly missing?: 'skip' | undefined
  readonly engine?: 'interpreter' | undefined
  readonly assert?: string | undefined
  readonly schema?: string | undefined
  readonly freshness?: object | undefined
  readonly volume?: object | undefined
  readonly tolerance?: object | 'none' | undefined
  readonly mode?: Mode | undefined
}

/** A contract as it will be written. */
export interface ContractDraft {
  readonly id: string
  readonly version: string
  readonly topic: string
  readonly domain: string
  readonly owner: string
  readonly producer?:
    { readonly team?: string | undefined; readonly service?: string | undefined } | undefined
  readonly consumers?: readonly string[] | undefined
  readonly description?: string | undefined
  readonly links?: Readonly<Record<string, string>> | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly format?: string | undefined
  readonly tombstones?: string | undefined
  readonly fields?: Readonly<Record<string, { readonly pii?: string | undefined }>> | undefined
  readonly promises?: object | undefined
  readonly rules: readonly RuleDraft[]
}

const CONTRACT_KEYS =
  'apiVersion id version topic domain owner producer consumers description links tags format tombstones fields promises rules'.split(
    ' ',
  )
const RULE_KEYS = [
  'id',
  'description',
  'dimension',
  'severity',
  'when',
  'missing',
  'engine',
  'assert',
  'schema',
  'freshness',
  'volume',
  'tolerance',
  'mode',
]

/** A contract file's text: what is undefined or empty is left out. */
export function writeContract(draft: ContractDraft, comment: string): string {
  const rules = draft.rules.map((rule) => ordered(rule, RULE_KEYS))
  const contract = ordered({ apiVersion: 'assay/v1', ...draft, rules }, CONTRACT_KEYS)
  const document = new Document(withoutNothing(contract), { version: '1.2', aliasDuplicateObjects: false })
  document.commentBefore = ` ${comment}`
  // Long lines stay whole: an expression that is folded is hard to compare.
  return document.toString({ lineWidth: 0, indentSeq: true })
}

function ordered(value: object, keys: readonly string[]): object {
  const entries = new Map(Object.entries(value))
  return Object.fromEntries(keys.map((key) => [key, entries.get(key)]))
}

/** The file of a contract, and the folder of its schemas, within the folder of all rules. */
export function contractPath({ id, domain }: Pick<ContractDraft, 'id' | 'domain'>): string {
  return `${domain}/${baseName(id, domain)}.contract.yaml`
}

/** The part of a contract's id that tells it from others of its domain. */
export function baseName(id: string, domain: string): string {
  const prefix = `${domain}.`
  return id.startsWith(prefix) && id.length > prefix.length ? id.slice(prefix.length) : id
}

function withoutNothing(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNothing(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutNothing(inner, key)] as const)
  // A field of which nothing more is said is still said to be there.
  return Object.fromEntries(within === 'fields' ? entries : entries.filter(([, inner]) => !isNothing(inner)))
}

function isNothing(value: unknown): boolean {
  if (value === undefined) return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
