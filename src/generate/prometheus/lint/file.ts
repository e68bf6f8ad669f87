/** What is read from files, after it has been held against its shape. */
export interface RecordingJson {
  readonly record: string
  readonly expr: string
}

export interface AlertJson {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: Readonly<Record<string, string>> & { readonly dq_check: string }
  readonly annotations: Readonly<Record<string, string>>
}

export interface GroupsJson<Rule> {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}

export interface TestsJson {
  readonly rule_files: readonly string[]
  readonly tests: readonly {
    readonly input_series: readonly { readonly series: string }[]
    readonly alert_rule_test: readonly {
      readonly eval_time: string
      readonly alertname: string
      readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[]
    }[]
  }[]
}

export interface MappingsJson {
  readonly mappings: readonly {
    readonly match: string
    readonly name: string
    readonly ttl?: string
    readonly observer_type?: string
    readonly histogram_options?: object
  }[]
}

/** A file of one kind, with what it says. */
export interface Read<Content> {
  readonly path: string
  readonly content: Content
}

/** Rules of a file with their places in it. */
export function rulesOf<Rule>({ groups }: GroupsJson<Rule>): { readonly rule: Rule; readonly at: string }[] {
  return groups.flatMap(({ rules }, group) =>
    rules.map((rule, index) => ({ rule, at: `/groups/${group}/rules/${index}` })),
  )
}

const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const

/** A length of time such as `15m`. */
export function lengthMs(text: string): number {
  const [, number, unit] = /^(\d+)([smh])$/.exec(text) ?? []
  return Number(number) * UNITS_MS[unit as keyof typeof UNITS_MS]
}
