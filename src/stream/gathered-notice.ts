import type { Contract, Severity } from '../model/contract.ts'
import { SEVERITIES } from '../model/contract.ts'
import type { Notice } from '../model/notice.ts'
import type { Status, StatusChange, StatusSubject } from '../model/status.ts'
import { contractTags } from '../telemetry/tags.ts'
import { adviceText, findingText } from './finding.ts'
import {
  aggregationKey,
  ALERT_TYPES,
  joined,
  known,
  line,
  MAX_TITLE,
  producerOf,
  STATUS_WORDS,
} from './notice.ts'
import { asciiLine, momentText } from './wording.ts'

/** Rules that are named; of more, nobody reads the names. */
const MOST_NAMED = 10
/** A rule's id has no dot. */
const KEY = 'several.rules'

/** A change of status of a rule. */
export type RuleChange = StatusChange & { readonly subject: Extract<StatusSubject, { kind: 'rule' }> }

/** Changes of many rules of one contract to the same status as one notice: how many, the most severe by name, and where all of them are. */
export function toGatheredNotice(status: Status, changes: readonly RuleChange[], contract: Contract): Notice {
  const bySeverity = SEVERITIES.flatMap((severity) =>
    changes.filter(({ subject }) => subject.severity === severity),
  )
  const named = bySeverity.slice(0, MOST_NAMED)
  const severity = named[0]?.subject.severity ?? 'error'
  return {
    title: asciiLine(`${STATUS_WORDS[status]}: ${changes.length} rules of ${contract.id}`, MAX_TITLE),
    text: textOf(status, changes, named, contract),
    aggregationKey: aggregationKey(contract.id, KEY),
    alertType: ALERT_TYPES[status],
    tags: { ...contractTags(contract), severity, status },
    fields: known({
      contract: contract.id,
      topic: contract.topic,
      status,
      severity,
      changed: changes.length,
      rules: named.map(({ subject }) => subject.rule),
      more: changes.length - named.length,
      since: isoOf(sinceOf(changes)),
      finding: named[0] && findingText(named[0]),
      owner: contract.owner,
      producer: producerOf(contract) || undefined,
      runbook: contract.links.runbook,
    }),
  }
}

function textOf(
  status: Status,
  changes: readonly RuleChange[],
  named: readonly RuleChange[],
  contract: Contract,
): string {
  const [first] = named
  const sinceMs = sinceOf(changes)
  const more = changes.length - named.length
  return joined([
    `${changes.length} rules changed to ${status} in a short time, so they are told as one: ${countsText(changes)}.`,
    ...SEVERITIES.map((severity) => namesText(severity, named)),
    more === 0
      ? undefined
      : `And ${more} more: the gauge dq.rule.status and the status page have each of them.`,
    first && line(`For example ${first.subject.rule}`, findingText(first)),
    sinceMs === undefined ? undefined : `Since: ${momentText(sinceMs)}`,
    line('What to do', first && adviceText(first, contract)),
    line('Runbook', contract.links.runbook),
    line('Owner', contract.owner),
    line('Producer', producerOf(contract)),
    line('Relied on by', contract.consumers.join(', ')),
    line('Topic', contract.topic),
  ])
}

function countsText(changes: readonly RuleChange[]): string {
  const counts = SEVERITIES.map((severity) => [severity, ofSeverity(changes, severity).length] as const)
  return counts
    .flatMap(([severity, count]) => (count === 0 ? [] : `${count} of severity ${severity}`))
    .join(', ')
}

function namesText(severity: Severity, named: readonly RuleChange[]): string | undefined {
  return line(
    severity,
    ofSeverity(named, severity)
      .map(({ subject }) => subject.rule)
      .join(', '),
  )
}

function ofSeverity(changes: readonly RuleChange[], severity: Severity): readonly RuleChange[] {
  return changes.filter(({ subject }) => subject.severity === severity)
}

function sinceOf(changes: readonly RuleChange[]): number | undefined {
  const moments = changes.flatMap(({ sinceMs }) => sinceMs ?? [])
  return moments.length === 0 ? undefined : Math.min(...moments)
}

function isoOf(timeMs: number | undefined): string | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString()
}
