import type { Contract } from '../model/contract.ts'
import type { AlertType, Notice } from '../model/notice.ts'
import type { Status, StatusChange, StatusSubject } from '../model/status.ts'
import type { Tags } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { contractTags } from '../telemetry/tags.ts'
import { adviceText, findingText } from './finding.ts'
import { recoveryText } from './recovery.ts'
import { asciiLine, momentText } from './wording.ts'

export const MAX_TITLE = 200
/** An event goes into one datagram, with its title and tags; longer ones would be cut in two on the way. */
const MAX_LINE = 250
const MAX_TEXT = 1000
/** Datadog's limit. */
const MAX_KEY = 100

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  ok: 'Recovered',
  warning: 'Warning',
  breached: 'Breached',
  not_applied: 'Not applied',
  warming_up: 'Warming up',
  unknown: 'Unknown',
}
export const ALERT_TYPES: Readonly<Record<Status, AlertType>> = {
  ok: 'success',
  warning: 'warning',
  breached: 'error',
  not_applied: 'warning',
  warming_up: 'info',
  unknown: 'info',
}

/** A change of status in words: what broke, since when, how many of how many, who is concerned, what to do and when it is over. */
export function toNotice(change: StatusChange, contract: Contract): Notice {
  const { subject, status } = change
  const name = subject.kind === 'rule' ? subject.rule : `promise of ${subject.promise}`
  return {
    title: asciiLine(`${STATUS_WORDS[status]}: ${name} of ${contract.id}`, MAX_TITLE),
    text: textOf(change, contract),
    aggregationKey: aggregationKey(
      contract.id,
      subject.kind === 'rule' ? subject.rule : `promise.${subject.promise}`,
    ),
    alertType: ALERT_TYPES[status],
    tags: tagsOf(change, contract),
    fields: fieldsOf(change, contract),
  }
}

function textOf(change: StatusChange, contract: Contract): string {
  const { subject, status, sinceMs, from } = change
  const lines = [
    describe(subject, contract),
    findingText(change),
    sinceMs === undefined
      ? undefined
      : `Since: ${momentText(sinceMs)}${from === undefined ? '' : `, before: ${from}`}`,
    line('What to do', adviceText(change, contract)),
    line('Runbook', contract.links.runbook),
    status === 'ok' ? undefined : recoveryText(subject, contract, status),
    line('Owner', contract.owner),
    line('Producer', producerOf(contract)),
    line('Relied on by', contract.consumers.join(', ')),
    line('Topic', contract.topic),
  ]
  return joined(lines)
}

/** Lines as the text of a notice. */
export function joined(lines: readonly (string | undefined)[]): string {
  const text = lines
    .filter((each) => each !== undefined)
    .map((each) => asciiLine(each, MAX_LINE))
    .join('\n')
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 3)}...`
}

function describe(subject: StatusSubject, contract: Contract): string | undefined {
  if (subject.kind === 'promise') return contract.description
  return [...contract.rules, ...contract.streamRules].find(({ id }) => id === subject.rule)?.description
}

export function line(label: string, value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : `${label}: ${value}`
}

export function producerOf({ producer }: Contract): string {
  return [producer.team, producer.service].filter((part) => part !== undefined).join(', ')
}

function tagsOf({ subject, status }: StatusChange, contract: Contract): Tags {
  const tags = contractTags(contract)
  return subject.kind === 'rule'
    ? { ...tags, rule: normaliseTagValue(subject.rule), severity: subject.severity, status }
    : { ...tags, promise: subject.promise, status }
}

function fieldsOf(change: StatusChange, contract: Contract): Notice['fields'] {
  const { subject, measure } = change
  const fields = {
    contract: contract.id,
    ...(subject.kind === 'rule'
      ? { rule: subject.rule, severity: subject.severity }
      : { promise: subject.promise }),
    topic: contract.topic,
    status: change.status,
    from: change.from,
    reason: change.reason,
    since: change.sinceMs === undefined ? undefined : new Date(change.sinceMs).toISOString(),
    finding: findingText(change),
    ...measure,
    owner: contract.owner,
    producer: producerOf(contract) || undefined,
    consumers: contract.consumers.length === 0 ? undefined : contract.consumers,
    runbook: contract.links.runbook,
  }
  return known(fields)
}

/** Fields without those of which nothing is known. */
export function known(
  fields: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): Notice['fields'] {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Notice['fields']
}

/** Contract and subject. Two long names that begin alike still have different keys. */
export function aggregationKey(contract: string, subject: string): string {
  const key = `${contract}/${subject}`
  return key.length <= MAX_KEY ? key : `${key.slice(0, MAX_KEY - 8)}-${checksum(key)}`
}

/** Of 7 characters (FNV-1a, 32 bits). */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36).padStart(7, '0')
}
