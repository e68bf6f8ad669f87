import type { ImportLog } from './import-log.ts'
import type { ImportOptions } from './imported.ts'
import { toContractId, toDomain, toName, toTopic } from './names.ts'

/** What a source says of a contract as a whole, as far as it does. */
export interface SourceHead {
  readonly id: string
  readonly topic: string
  readonly domain?: string | undefined
  readonly owner?: string | undefined
}

/** The same in the form that contracts need. */
export interface ContractHead {
  readonly id: string
  readonly topic: string
  readonly domain: string
  readonly owner: string
}

const NO_DOMAIN = 'imported'
const NO_OWNER = 'team-to-be-named'

/** Completes and normalises what a source says; every departure from it is noted. */
export function toHead(source: SourceHead, options: ImportOptions, log: ImportLog): ContractHead {
  return {
    id: noted(log, 'id', source.id, toContractId(source.id)),
    topic: topicOf(source, options, log),
    domain: domainOf(source, options, log),
    owner: ownerOf(source, options, log),
  }
}

function topicOf(source: SourceHead, options: ImportOptions, log: ImportLog): string {
  const wanted = options.topic ?? source.topic
  return noted(log, 'topic', wanted, toTopic(wanted) ?? 'topic-to-be-named')
}

function domainOf(source: SourceHead, options: ImportOptions, log: ImportLog): string {
  const wanted = options.domain ?? source.domain
  const domain = wanted === undefined ? undefined : toDomain(wanted)
  if (wanted !== undefined && domain !== undefined) return noted(log, 'domain', wanted, domain)
  log.note(`the source names no domain: \`domain: ${NO_DOMAIN}\` was written; name it with --domain`)
  return NO_DOMAIN
}

function ownerOf(source: SourceHead, options: ImportOptions, log: ImportLog): string {
  const wanted = options.owner ?? source.owner
  const owner = wanted === undefined ? undefined : toName(wanted)
  if (owner === undefined) {
    log.note(`the source names no team: \`owner: ${NO_OWNER}\` was written; name it with --owner`)
    return NO_OWNER
  }
  if (options.owner === undefined) {
    log.note(
      `the team of the source, \`${owner}\`, was taken for the owner; if another team relies on the topic, name it with --owner`,
    )
  }
  return owner
}

/** The form that a name was given, with a note if it is another one. */
export function noted(log: ImportLog, what: string, from: string, to: string): string {
  if (from !== to) log.note(`${what} ${JSON.stringify(from)} was written as \`${to}\``)
  return to
}
