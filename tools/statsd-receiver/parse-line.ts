/** One DogStatsD metric. Packed values (`name:1:2|d`) stand in order. */
export interface StatsdLine {
  readonly name: string
  readonly type: StatsdType
  readonly values: readonly number[]
  readonly tags: Readonly<Record<string, string>>
  /** 1 unless the sender sampled. */
  readonly sampleRate: number
}

export const STATSD_TYPES = ['c', 'g', 'ms', 'h', 'd'] as const
export type StatsdType = (typeof STATSD_TYPES)[number]

/** A line that a DogStatsD server would refuse, alter or misread, and why. */
export interface MalformedLine {
  readonly line: string
  readonly reason: string
}

const NAME = /^[a-zA-Z][a-zA-Z0-9_.]{0,199}$/
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const TAG = /^([a-z][a-z0-9_\-./]*):([a-z0-9_\-:./]*[a-z0-9\-./])$/
const MAX_TAG_CHARS = 200
const PACKABLE: ReadonlySet<string> = new Set(['ms', 'h', 'd'])
const SAMPLED: ReadonlySet<string> = new Set(['c', 'ms', 'h', 'd'])

/**
 * Reads a line by DogStatsD protocol 1.1, strictly: refuses also what a Datadog Agent would take and change (capitals, other characters
 * or a trailing underscore in tags), what plain StatsD servers read in another way (a signed gauge), sets, events, service checks, and
 * the fields that other servers stumble over (container id, cardinality, timestamp).
 */
export function parseLine(line: string): StatsdLine | MalformedLine {
  const [head = '', type = '', ...fields] = line.split('|')
  const [name = '', ...values] = head.split(':')
  const reason = checkName(name) ?? checkType(type) ?? checkValues(type, values) ?? checkFields(type, fields)
  if (reason !== undefined) return { line, reason }
  return {
    name,
    type: type as StatsdType,
    values: values.map(Number),
    tags: toTags(fields),
    sampleRate: Number(fields.find(isRate)?.slice(1) ?? 1),
  }
}

export function isMalformed(line: StatsdLine | MalformedLine): line is MalformedLine {
  return 'reason' in line
}

function checkName(name: string): string | undefined {
  return NAME.test(name) ? undefined : 'bad metric name'
}

function checkType(type: string): string | undefined {
  return STATSD_TYPES.some((known) => known === type) ? undefined : `unknown type "${type}"`
}

function checkValues(type: string, values: readonly string[]): string | undefined {
  if (values.length === 0) return 'no value'
  if (values.length > 1 && !PACKABLE.has(type)) return `several values for type ${type}`
  const bad = values.find((value) => !NUMBER.test(value) || !Number.isFinite(Number(value)))
  if (bad !== undefined) return `not a number: "${bad}"`
  return type === 'g' && values[0]?.startsWith('-') ? 'signed gauge' : undefined
}

function checkFields(type: string, fields: readonly string[]): string | undefined {
  if (fields.filter(isRate).length > 1 || fields.filter(isTags).length > 1) return 'a field stands twice'
  for (const field of fields) {
    const reason = isRate(field)
      ? checkRate(type, field)
      : isTags(field)
        ? checkTags(field)
        : `unknown field "${field}"`
    if (reason !== undefined) return reason
  }
  return undefined
}

function checkRate(type: string, field: string): string | undefined {
  const rate = Number(field.slice(1))
  if (!SAMPLED.has(type)) return `sample rate for type ${type}`
  return NUMBER.test(field.slice(1)) && rate > 0 && rate <= 1 ? undefined : `bad sample rate "${field}"`
}

function checkTags(field: string): string | undefined {
  const tags = field.slice(1).split(',')
  const bad = tags.find((tag) => !TAG.test(tag) || tag.length > MAX_TAG_CHARS)
  if (bad !== undefined) return `bad tag "${bad}"`
  const keys = tags.map((tag) => tag.slice(0, tag.indexOf(':')))
  return new Set(keys).size === keys.length ? undefined : 'a tag stands twice'
}

function toTags(fields: readonly string[]): Record<string, string> {
  const tags = fields.find(isTags)?.slice(1).split(',') ?? []
  return Object.fromEntries(
    tags.map((tag) => [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)]),
  )
}

function isRate(field: string): boolean {
  return field.startsWith('@')
}

function isTags(field: string): boolean {
  return field.startsWith('#')
}
