import type { Location } from './problem.ts'

export const FORMATS = ['auto', 'json', 'string', 'avro', 'protobuf', 'json-schema'] as const
export type Format = (typeof FORMATS)[number]

/** What becomes of numbers that a double can't hold: rounded and counted, or text. */
export const NUMBERS = ['safe', 'string', 'exact'] as const
export type Numbers = (typeof NUMBERS)[number]

/** How the records of a topic are written: of the topic, not of a contract. */
export interface Encoding {
  readonly format: Format
  readonly keyFormat: Format
  readonly numbers: Numbers
}

/** What a contract means that says nothing. */
export const DEFAULT_ENCODING: Encoding = { format: 'auto', keyFormat: 'string', numbers: 'safe' }

/** How expressions are evaluated: compiled as far as possible, or by the interpreter alone. The values are the same. */
export const ENGINES = ['auto', 'interpreter'] as const
export type EngineChoice = (typeof ENGINES)[number]

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** The seven quality dimensions of the Open Data Contract Standard. */
export const DIMENSIONS = [
  'accuracy',
  'completeness',
  'conformity',
  'consistency',
  'coverage',
  'timeliness',
  'uniqueness',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** A piece of text from a contract file that knows where each of its characters stands, through YAML's quotes and block scalars. */
export interface LocatedText {
  readonly text: string
  /** The place of the character at `offset` in `text` (counted from 0); without an offset, the whole text. */
  locate(offset?: number): Location
}

/** What a rule checks: exactly one of these. */
export type Check =
  | { readonly kind: 'assert'; readonly expression: LocatedText }
  | { readonly kind: 'schema'; readonly path: LocatedText }

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A time of the week at which a check over the stream holds nobody to anything. */
export interface Exception {
  /** On which it begins. */
  readonly days: readonly Weekday[]
  /** Minutes since midnight on the clock of the time zone. */
  readonly fromMinute: number
  /** At or below `fromMinute` it is on the next day. */
  readonly toMinute: number
  /** IANA name. */
  readonly timezone: string
}

/** How long a topic may be silent: by the time of arrival, or by a time in the event. */
export interface FreshnessCheck {
  readonly kind: 'freshness'
  readonly withinMs: number
  readonly field: LocatedText | undefined
  readonly except: readonly Exception[]
}

/** How many events must come in each window of time; at least one of the bounds is there. */
export interface VolumeCheck {
  readonly kind: 'volume'
  /** Windows begin at multiples of it since the epoch. */
  readonly overMs: number
  readonly min: number | undefined
  readonly max: number | undefined
  readonly field: LocatedText | undefined
  /** How long after its end a window waits for late events. */
  readonly latenessMs: number
  readonly except: readonly Exception[]
}

/** What a rule checks over the stream of events: exactly one of these. */
export type StreamCheck = FreshnessCheck | VolumeCheck

/** Which share of the judged events may fail. Shares are between 0 and 1. */
export interface Tolerance {
  readonly warn: number | undefined
  readonly fail: number
  readonly overMs: number
  readonly minimumEvents: number
}

/** `shadow` for a rule that is only tried out: it decides about nothing. */
export const MODES = ['live', 'shadow'] as const
export type Mode = (typeof MODES)[number]

/** One named promise about the stream of events. Never part of an event's result. */
export interface StreamRule {
  readonly id: string
  readonly description: string | undefined
  readonly severity: Severity
  readonly dimension: Dimension
  readonly mode: Mode
  readonly check: StreamCheck
  /** Warnings of `assay validate` that are known and accepted: their codes, with the places of the reasons. */
  readonly ignore: ReadonlyMap<string, Location>
  readonly at: Location
}

/** One named promise about single events. */
export interface Rule {
  readonly id: string
  readonly description: string | undefined
  readonly severity: Severity
  readonly dimension: Dimension
  readonly when: LocatedText | undefined
  /** What *no value* (a missing field) means for an assertion. */
  readonly missing: 'fail' | 'skip'
  readonly engine: EngineChoice
  readonly check: Check
  readonly mode: Mode
  /** `none` if a single failure breaches the rule; undefined to take the bound from `promises.validity`. */
  readonly tolerance: Tolerance | 'none' | undefined
  /** Warnings of `assay validate` that are known and accepted: their codes, with the places of the reasons. */
  readonly ignore: ReadonlyMap<string, Location>
  readonly at: Location
}

/** The schema of a topic's events in a schema registry, of which the latest version holds. */
export interface RegisteredSchema {
  readonly subject: string
  /** Of a Protobuf schema, the full name of the message type; undefined is the first one. */
  readonly message: string | undefined
  readonly at: Location
}

/** What is known about a field. */
export interface FieldNote {
  readonly pii: 'high' | 'low' | 'none' | undefined
  readonly description: string | undefined
}

/** One contract file: all that one team relies on in one topic. */
export interface Contract extends Encoding {
  readonly apiVersion: 'assay/v1'
  readonly id: string
  readonly version: string
  readonly topic: string
  readonly domain: string
  readonly owner: string
  readonly producer: { readonly team: string | undefined; readonly service: string | undefined }
  readonly consumers: readonly string[]
  readonly description: string | undefined
  readonly links: Readonly<Record<string, string>>
  /** For catalogues and policies; no tags of metrics. */
  readonly tags: Readonly<Record<string, string>>
  readonly tombstones: 'ignore' | 'fail'
  /** The schema that the events are written by: what `assay validate` knows of them beside the schema rules. It judges no event. */
  readonly schemaFile: LocatedText | undefined
  /** The same schema as a registry has it. Never both. */
  readonly schemaFrom: RegisteredSchema | undefined
  /** Classification by dotted field path. */
  readonly fields: Readonly<Record<string, FieldNote>>
  /** Dotted paths whose values may be shown with an event that failed. */
  readonly samples: readonly string[]
  readonly promises: {
    readonly validity: { readonly objective: number; readonly window: string } | undefined
    readonly freshness: { readonly rule: string; readonly objective: number } | undefined
  }
  /** Those about single events, in the order of the file. */
  readonly rules: readonly Rule[]
  /** Those about the stream of events. */
  readonly streamRules: readonly StreamRule[]
  /** The contract's file, relative as it was given. */
  readonly file: string
  /** Where keys that other files may contradict stand. */
  readonly at: { readonly id: Location; readonly topic: Location } & Readonly<
    Record<keyof Encoding, Location>
  >
}
