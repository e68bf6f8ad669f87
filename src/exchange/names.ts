import {
  CONTRACT_ID,
  DOMAIN,
  FIELD_PATH,
  LINK_NAME,
  MAX_ID_LENGTH,
  MAX_TOPIC_LENGTH,
  ONE_LINE_NAME,
  SEMANTIC_VERSION,
  SNAKE_CASE,
  TOPIC,
  WEB_ADDRESS,
} from '../contract/shape-patterns.ts'
import type { Pattern } from '../contract/shape.ts'

/** Whether text is of a pattern of the contract language, and no longer than it may be. */
function fits(pattern: Pattern, text: string, maxLength = MAX_ID_LENGTH): boolean {
  return text.length <= maxLength && new RegExp(pattern.regex, 'u').test(text)
}

/** A contract's id, or what comes nearest to it: letters, digits, `.`, `_` and `-`, a letter first. */
export function toContractId(name: string): string {
  if (fits(CONTRACT_ID, name)) return name
  const readable = ascii(name)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, '')
  const id = /^[A-Za-z]/.test(readable) ? readable : `c-${readable}`
  return id.slice(0, MAX_ID_LENGTH)
}

/** A rule's id: snake_case. */
export function toRuleId(name: string): string {
  if (fits(SNAKE_CASE, name)) return name
  const words = ascii(name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const id = words.join('_')
  return (/^[a-z]/.test(id) ? id : `rule_${id}`).slice(0, MAX_ID_LENGTH - 4).replace(/_+$/, '')
}

/** A name that none of the others has: with a number if need be. */
export function unused(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}_${number}`)) number += 1
  return `${name}_${number}`
}

export function toDomain(name: string): string | undefined {
  if (fits(DOMAIN, name)) return name
  const readable = ascii(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, MAX_ID_LENGTH)
  return fits(DOMAIN, readable) ? readable : undefined
}

export function toTopic(name: string): string | undefined {
  if (fits(TOPIC, name, MAX_TOPIC_LENGTH)) return name
  const readable = ascii(name)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MAX_TOPIC_LENGTH)
  return fits(TOPIC, readable, MAX_TOPIC_LENGTH) ? readable : undefined
}

/** A name of a team, on one line. */
export function toName(name: string): string | undefined {
  const line = name.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_ID_LENGTH).trim()
  return fits(ONE_LINE_NAME, line) ? line : undefined
}

/** A semantic version: `1`, `1.2` and `v1.2.3` are completed or trimmed; other words give 1.0.0. */
export function toVersion(version: string): string {
  const text = version.trim().replace(/^v/i, '')
  if (fits(SEMANTIC_VERSION, text)) return text
  const [, major, minor] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text) ?? []
  return major === undefined ? '1.0.0' : `${Number(major)}.${Number(minor ?? 0)}.0`
}

export function toLinkName(name: string): string {
  const readable = ascii(name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
  return fits(LINK_NAME, readable) ? readable : 'link'
}

export function isWebAddress(text: string): boolean {
  return fits(WEB_ADDRESS, text, Number.POSITIVE_INFINITY)
}

export function isFieldPath(text: string): boolean {
  return fits(FIELD_PATH, text, Number.POSITIVE_INFINITY)
}

/** Letters without their accents: `é` is read as `e`. */
function ascii(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}+/gu, '')
}
