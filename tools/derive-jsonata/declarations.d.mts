/** Budgets of one evaluation; an absent or zero limit is none. */
export interface Options {
  /** Milliseconds; beyond it D1012 is thrown. */
  readonly timeout?: number
  /** Nested nodes; beyond it D1011 is thrown. */
  readonly stack?: number
  /** Items in a list that the expression makes; beyond it D2015 is thrown. */
  readonly sequence?: number
  /** UTF-16 units in a text that the expression makes; beyond it EXPRESSION_STRING_TOO_LONG is thrown. */
  readonly string?: number
  /** Runs the regular expressions: those of the syntax tree, and native ones made from date pictures. */
  readonly RegexEngine?: new (pattern: never) => RegexRun
}

/** What the interpreter needs of a regular expression. */
export interface RegexRun {
  lastIndex: number
  /** Expressions may call a regular expression with anything: it is taken as text. */
  exec(text: unknown): RegexMatch | null
}

export interface RegexMatch extends ArrayLike<string | undefined> {
  readonly index: number
}

/** A node of the syntax tree. */
export interface SyntaxNode {
  type: string
  value?: unknown
  position?: number
  [key: string]: unknown
}

export interface Expression {
  ast(): SyntaxNode
  /** Throws plain objects with a `code`, or native errors. `nowMs` is what $now() and $millis() show; the present time if absent. */
  evaluate(input: unknown, bindings?: Readonly<Record<string, unknown>>, nowMs?: number): unknown
}

declare const jsonata: {
  /** Throws a plain object with `code`, and mostly `position` and `token`, if the source can't be parsed. */
  (source: string, options?: Options): Expression
  /** Templates of messages by code, with {{field}} for fields of the thrown object. */
  readonly messages: Readonly<Record<string, string>>
  /** Names of the built-in functions, but $now and $millis. */
  readonly builtIns: readonly string[]
  readonly isFunction: (value: unknown) => boolean
}

export default jsonata
