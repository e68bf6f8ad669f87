/** A value of an event that may be shown, as a text of bounded length: itself, or a keyed hash of it. */
export interface ShownValue {
  /** Dotted path. */
  readonly path: string
  readonly text: string
}

/** One line of the way to a verdict. */
export interface ExplainedStep {
  /** Of the rule's own text. */
  readonly text: string
  /** 0 for the whole expression, 1 for what is directly inside it, … */
  readonly depth: number
  /** What it came to: a value that may be shown, or the type of one that may not. */
  readonly outcome: string
}

/** One event that failed a rule, or that a rule could not judge, as people may see it: no value of it but those of the allow-list. */
export interface SampledViolation {
  readonly contract: string
  /** Undefined for a record that could not be read, and that no rule saw. */
  readonly rule: string | undefined
  readonly result: 'fail' | 'error' | 'undecodable'
  /** Of a fail its reason, of an error its code, of an undecodable record why it could not be read. */
  readonly reason: string
  readonly message: string
  /** Where in the event, as far as a schema names the way: `*` stands for names that are data. */
  readonly path: string | undefined
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Keyed hash of the record's key; undefined for a record without one. */
  readonly keyHash: string | undefined
  /** When the producer wrote it, by its own clock. */
  readonly timestampMs: number
  /** When it was judged. */
  readonly judgedAtMs: number
  readonly values: readonly ShownValue[]
  readonly explanation: readonly ExplainedStep[]
}
