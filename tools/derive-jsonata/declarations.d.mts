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
  /** Nobody else sees the input: it may be changed as upstream changes it, and errors are upstream's to the letter. */
  readonly ownsInput?: boolean
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
  /** Stands for the whole node where compiled code takes its place. */
  emitted?: EmittedNode
  [key: string]: unknown
}

/** The value of a node for an input, with the frame in which it is evaluated. */
export type EmittedNode = (input: unknown, frame: Frame) => unknown

/** A scope of variables. */
export interface Frame {
  readonly parent: Frame | null
  readonly bindings: Map<string, unknown> | undefined
  /** The frame of the whole evaluation. */
  readonly base: RootFrame
  bind(name: string, value: unknown): void
  lookup(name: string): unknown
}

export interface RootFrame extends Frame {
  readonly options: Options | undefined
  nowMs: number
}

export interface Lambda {
  readonly arguments: readonly SyntaxNode[]
}

/** Limits of the evaluation at work, and what is left of them. */
export interface BudgetState {
  maxDepth: number
  maxSequence: number
  depth: number
  fuel: number
}

/** A list with JSONata's marks. */
export interface Sequence extends Array<unknown> {
  sequence?: boolean
  keepSingleton?: boolean
  cons?: boolean
  outerWrapper?: boolean
  tupleStream?: boolean
}

/** Functions of the interpreter on which compiled code rests, so that what is rare means exactly the same in both. */
export interface Internals {
  readonly budget: BudgetState
  beginBudget(options: Options | undefined): void
  spend(units: number): void
  readClock(): void
  createFrame(parent: Frame): Frame
  createSequence(...items: unknown[]): Sequence
  toStepResult(value: unknown, isLastStep: boolean): unknown
  pushTo(sequence: unknown[], item: unknown): number
  checkString(text: string): string
  countCharacters(text: string): number
  overwritePlace(error: unknown, position: unknown, token: unknown): void
  completePlace(error: unknown, position: unknown, token: unknown): void
  createLambda(
    apply: Internals['apply'],
    emitted: (args: readonly unknown[]) => unknown,
    parameters: unknown,
    signature: unknown,
    input: unknown,
    frame: Frame,
  ): Lambda
  assertMarkable(procedure: unknown, options: Options | undefined): void
  readonly fn: {
    boolean(value: unknown): boolean | undefined
    string(value: unknown): string | undefined
    append(this: { createSequence: unknown }, first: unknown, second: unknown): unknown
    lookup(this: { createSequence: unknown }, input: unknown, key: string): unknown
  }
  isDeepEqual(left: unknown, right: unknown): boolean
  isNumeric(value: unknown): boolean
  isLambda(value: unknown): boolean
  getFunctionArity(value: unknown): number
  apply(procedure: unknown, args: readonly unknown[], input: unknown, frame: Frame): unknown
  evaluate(node: unknown, input: unknown, frame: Frame): unknown
  evaluatePath(node: unknown, input: unknown, frame: Frame): unknown
  evaluateStep(node: unknown, input: unknown[], frame: Frame, isLast: boolean): Sequence
  evaluateFilter(predicate: unknown, input: unknown, frame: Frame): Sequence
  evaluateWildcard(node: unknown, input: unknown, frame: Frame): unknown
  evaluateDescendants(node: unknown, input: unknown, frame: Frame): unknown
  evaluateNumericExpression(left: unknown, right: unknown, operator: string): unknown
  evaluateComparisonExpression(left: unknown, right: unknown, operator: string): unknown
  evaluateIncludesExpression(left: unknown, right: unknown): boolean
  evaluateStringConcat(left: unknown, right: unknown): string
  evaluateGroupExpression(node: unknown, input: unknown, frame: Frame): unknown
  evaluateRangeExpression(left: unknown, right: unknown): unknown
  evaluateRegex(node: unknown, input: unknown, frame: Frame): unknown
  evaluateTransformExpression(node: unknown, input: unknown, frame: Frame): unknown
  partialApplyProcedure(procedure: unknown, args: readonly unknown[], frame: Frame): unknown
  partialApplyNativeFunction(native: unknown, args: readonly unknown[], frame: Frame): unknown
  readonly BUILT_IN: symbol
  readonly LAMBDA: symbol
  readonly chainAST: SyntaxNode
}

/** Looks on while an expression is evaluated. A node that is entered and never left is one that ended with what was thrown. */
export interface Observer {
  enter(node: SyntaxNode): void
  leave(node: SyntaxNode, value: unknown): void
}

export interface Expression {
  ast(): SyntaxNode
  /** A frame for evaluations without bindings. Who uses it sets its `nowMs` before. */
  createRoot(): RootFrame
  /** Throws plain objects with a `code`, or native errors. `nowMs` is what $now() and $millis() show; the present time if absent. */
  evaluate(
    input: unknown,
    bindings?: Readonly<Record<string, unknown>>,
    nowMs?: number,
    observer?: Observer,
  ): unknown
}

declare const jsonata: {
  /** Throws a plain object with `code`, and mostly `position` and `token`, if the source can't be parsed. */
  (source: string, options?: Options): Expression
  /** Templates of messages by code, with {{field}} for fields of the thrown object. */
  readonly messages: Readonly<Record<string, string>>
  /** Names of the built-in functions. */
  readonly builtIns: readonly string[]
  readonly builtInFunctions: ReadonlyMap<string, unknown>
  readonly internals: Internals
  readonly isFunction: (value: unknown) => boolean
  /** The stretch of the source that a node was read from; undefined for nodes that the parser made up. */
  readonly rangeOf: (node: SyntaxNode) => { readonly start: number; readonly end: number } | undefined
}

export default jsonata
