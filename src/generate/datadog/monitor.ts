import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { GenerateSettings } from '../settings.ts'
import { decimal } from '../spans.ts'
import { address } from '../texts.ts'
import type { Json } from '../to-json.ts'
import { envFilter } from '../watched.ts'
import { type MessageParts, messageOf } from './messages.ts'
import type { Watched, WatchedGroup } from './watched.ts'

/** What happens while there is no data; the default is zero for counts, and the last state for gauges. */
export type OnMissingData = 'default' | 'show_no_data' | 'resolve'

export interface Thresholds {
  readonly critical: number
  readonly warning?: number | undefined
  readonly critical_recovery?: number | undefined
  readonly warning_recovery?: number | undefined
}

/** One monitor before it becomes JSON. */
export interface MonitorDraft {
  /** Unique for its subject; the tag `dq_check`, and the name of the file. */
  readonly check: string
  readonly title: string
  readonly type: 'query alert' | 'slo alert'
  /** Up to the comparison. */
  readonly query: string
  readonly comparator: '>' | '<'
  readonly thresholds: Thresholds
  readonly priority: 1 | 2 | 3 | 4 | 5
  readonly message: MessageParts
  readonly onMissingData?: OnMissingData
  /** Whether it divides: the parts of a quotient must have come in, so it waits a minute. */
  readonly isRatio?: boolean
  readonly isGrouped?: boolean
}

/** What a monitor is about: it goes into its tags and its name. */
export interface Subject {
  readonly name: string
  readonly tags: readonly string[]
  readonly runbook: string | undefined
}

export const EVALUATION_DELAY_S = 60
export const NEW_GROUP_DELAY_S = 300

export function contractSubject({ contract, tags, settings }: Watched): Subject {
  return {
    name: tags.contract,
    tags: [
      `contract:${tags.contract}`,
      `domain:${tags.domain}`,
      ...envTag(settings),
      `team:${tags.team}`,
      `topic:${tags.topic}`,
    ],
    runbook: contract.links.runbook && address(contract.links.runbook),
  }
}

/** Of a topic or a domain: all whose contracts it holds are told. */
export function groupSubject(group: WatchedGroup, key: 'topic' | 'domain'): Subject {
  const topic = key === 'topic' ? [`topic:${group.name}`] : []
  return {
    name: `${key} ${group.name}`,
    tags: [
      `domain:${group.domain}`,
      ...envTag(group.settings),
      ...topic,
      ...group.teams.map((team) => `team:${team}`),
    ],
    runbook: undefined,
  }
}

function envTag(settings: GenerateSettings): string[] {
  const { env } = envFilter(settings)
  return env === undefined ? [] : [`env:${env}`]
}

/** A monitor as the API takes it. */
export function monitorJson(draft: MonitorDraft, subject: Subject): Json {
  const { check, title, type, query, comparator, thresholds, priority, message } = draft
  return {
    name: `${subject.name}: ${title}`,
    type,
    query: `${query} ${comparator} ${decimal(thresholds.critical)}`,
    message: messageOf(message),
    priority,
    tags: [...subject.tags, `dq_check:${check}`, GENERATED_MARK].sort(),
    options: optionsOf(draft),
    ...(subject.runbook === undefined
      ? {}
      : { assets: [{ category: 'runbook', name: 'Runbook', url: subject.runbook }] }),
  }
}

/** An objective's monitor knows neither missing data nor groups. */
function optionsOf({ type, thresholds, onMissingData, isRatio, isGrouped }: MonitorDraft): Json {
  const common = { thresholds: definedOf(thresholds), notify_audit: false, include_tags: true }
  if (type === 'slo alert') return common
  return {
    ...common,
    on_missing_data: onMissingData ?? 'default',
    require_full_window: false,
    ...(isRatio === true ? { evaluation_delay: EVALUATION_DELAY_S } : {}),
    ...(isGrouped === true ? { new_group_delay: NEW_GROUP_DELAY_S } : {}),
  }
}

function definedOf(thresholds: Thresholds): Json {
  return Object.fromEntries(
    Object.entries(thresholds).filter((entry): entry is [string, number] => entry[1] !== undefined),
  )
}

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES
const WEEK_MINUTES = 7 * DAY_MINUTES

/** The window that a monitor can have for one of a contract: whole minutes, at most a week. */
export function windowMsFor(overMs: number): number {
  return Math.min(WEEK_MINUTES, Math.max(1, Math.ceil(overMs / MINUTE_MS))) * MINUTE_MS
}

/** The window of a monitor in Datadog's words, which know minutes, hours, one day and one week. Source: its API, "Create a monitor". */
export function lastOf(overMs: number): string {
  const minutes = windowMsFor(overMs) / MINUTE_MS
  if (minutes === WEEK_MINUTES) return 'last_1w'
  if (minutes === DAY_MINUTES) return 'last_1d'
  return minutes % HOUR_MINUTES === 0 ? `last_${minutes / HOUR_MINUTES}h` : `last_${minutes}m`
}
