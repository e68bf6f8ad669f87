import { checkExpression, ExpressionSyntaxError } from '../expression/index.ts'
import type { SyntaxNode } from '../expression/index.ts'
import type { LocatedText, Rule, StreamRule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { expressionProblem, schemaProblem } from './rule-problems.ts'
import type { ReadReference } from './schema-documents.ts'
import { SchemaCompileError } from './schema-fault.ts'
import { checkSchema } from './schema-validator.ts'

/** How many texts are remembered at least: many rules say the same, but a tree takes a hundred times the memory of its text. */
const MOST_YOUNG = 1000

type ReadText = SyntaxNode | ExpressionSyntaxError

/** Finds what is wrong with the expressions and schemas of rules, and keeps nothing to run them: many thousands take little memory. */
export class RuleChecker {
  readonly #read: ReadReference
  /** By their text: the trees of expressions, or what is wrong with them. */
  #young = new Map<string, ReadText>()
  /** Those before, until as many new ones have been read. */
  #old: ReadonlyMap<string, ReadText> = new Map()
  /** By path: what is wrong with a schema, or nothing. Many rules share one. */
  readonly #schemas = new Map<string, SchemaCompileError | undefined>()

  constructor(read: ReadReference) {
    this.#read = read
  }

  check(rules: readonly Rule[]): Problem[] {
    return rules.flatMap((rule) => [...this.#checkText(rule, rule.when), ...this.#checkCheck(rule)])
  }

  /** The same for rules over the stream. */
  checkStream(rules: readonly StreamRule[]): Problem[] {
    return rules.flatMap((rule) => this.#checkText(rule, rule.check.field))
  }

  #checkCheck(rule: Rule): Problem[] {
    const { check } = rule
    return check.kind === 'assert'
      ? this.#checkText(rule, check.expression)
      : this.checkSchema(`rule "${rule.id}"`, check.path)
  }

  #checkText(rule: Pick<Rule, 'id'>, located: LocatedText | undefined): Problem[] {
    if (!located) return []
    const read = this.#readText(located.text)
    return read instanceof ExpressionSyntaxError ? [expressionProblem(rule, located, read)] : []
  }

  /** The syntax tree of an expression; undefined for one that a rule may not have. */
  treeOf(text: string): SyntaxNode | undefined {
    const read = this.#readText(text)
    return read instanceof ExpressionSyntaxError ? undefined : read
  }

  #readText(text: string): ReadText {
    const known = this.#young.get(text)
    if (known !== undefined) return known
    const read = this.#old.get(text) ?? readExpression(text)
    if (this.#young.size >= MOST_YOUNG) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, read)
    return read
  }

  /** @param subject who names the schema, as a message begins */
  checkSchema(subject: string, path: LocatedText): Problem[] {
    const named = path.locate()
    const key = this.#read(named.file, path.text).path
    if (!this.#schemas.has(key)) this.#schemas.set(key, this.#faultOf(named.file, path.text))
    const fault = this.#schemas.get(key)
    return fault ? [schemaProblem(subject, named, fault)] : []
  }

  #faultOf(file: string, reference: string): SchemaCompileError | undefined {
    try {
      checkSchema(file, reference, this.#read)
      return undefined
    } catch (error) {
      if (error instanceof SchemaCompileError) return error
      throw error
    }
  }
}

function readExpression(text: string): ReadText {
  try {
    return checkExpression(text)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error
    throw error
  }
}
