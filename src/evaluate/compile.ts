import { compileExpression, ExpressionSyntaxError } from '../expression/index.ts'
import type { CompiledExpression } from '../expression/index.ts'
import type { Contract, EngineChoice, LocatedText, Rule, StreamRule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type {
  CompiledCheck,
  CompiledContract,
  CompiledRule,
  CompiledStreamRule,
  CompiledTopic,
} from './compiled.ts'
import { contentOfContract, contentOfRule, keepingTexts } from './content.ts'
import { expressionProblem, schemaProblem } from './rule-problems.ts'
import { SchemaCompileError } from './schema-fault.ts'
import { schemaFieldsOf } from './schema-fields.ts'
import { compileSchema } from './schema.ts'
import type { ReadReference } from './schema-documents.ts'

/** Rule sets ready to run by topic, and what stands in the way of others. A rule with a problem is left out. */
export interface Compilation {
  readonly topics: readonly CompiledTopic[]
  readonly problems: readonly Problem[]
}

/**
 * Compiles every rule of every contract once, gathering all problems with their places. With `interpreter`, all rules are left to the
 * interpreter, whatever they ask for.
 */
export function compileContracts(
  contracts: readonly Contract[],
  read: ReadReference,
  engine: EngineChoice = 'auto',
): Compilation {
  const each = contracts.map((contract) => compileContract(contract, read, engine))
  return {
    topics: byTopic(each.map(({ compiled }) => compiled)),
    problems: each.flatMap(({ problems }) => problems),
  }
}

/** The same of one contract. */
export function compileContract(
  contract: Contract,
  read: ReadReference,
  engine: EngineChoice = 'auto',
): { readonly compiled: CompiledContract; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const own = contract.rules.map((rule) => ({ ...rule, engine: engine === 'auto' ? rule.engine : engine }))
  const rules = own.flatMap((rule) => compileRule(rule, read, problems) ?? [])
  const streamRules = contract.streamRules.flatMap((rule) => compileStreamRule(rule, problems) ?? [])
  const contents = [...rules, ...streamRules].map((rule) => rule.content)
  const content = contentOfContract(contract, contents)
  return { compiled: { contract: { ...contract, rules: own }, rules, streamRules, content }, problems }
}

function compileStreamRule(rule: StreamRule, problems: Problem[]): CompiledStreamRule | undefined {
  const { field } = rule.check
  const compiled = field && compileText({ id: rule.id, engine: 'auto' }, field, problems)
  const isComplete = compiled !== undefined || field === undefined
  return isComplete ? { rule, field: compiled, content: contentOfRule(rule) } : undefined
}

function compileRule(rule: Rule, read: ReadReference, problems: Problem[]): CompiledRule | undefined {
  const texts: string[] = []
  const check = compileCheck(rule, keepingTexts(read, texts), problems)
  const condition = rule.when && compileText(rule, rule.when, problems)
  const isComplete = check !== undefined && (condition !== undefined || rule.when === undefined)
  return isComplete ? { rule, condition, check, content: contentOfRule(rule, texts) } : undefined
}

function compileCheck(rule: Rule, read: ReadReference, problems: Problem[]): CompiledCheck | undefined {
  const { check } = rule
  switch (check.kind) {
    case 'assert': {
      const expression = compileText(rule, check.expression, problems)
      return expression && { kind: 'assert', expression }
    }
    case 'schema':
      return compileSchemaRule(rule, check.path, read, problems)
  }
}

function compileText(
  rule: Pick<Rule, 'id' | 'engine'>,
  text: LocatedText,
  problems: Problem[],
): CompiledExpression | undefined {
  try {
    return compileExpression(text.text, { engine: rule.engine })
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    problems.push(expressionProblem(rule, text, error))
    return undefined
  }
}

function compileSchemaRule(
  rule: Rule,
  path: LocatedText,
  read: ReadReference,
  problems: Problem[],
): CompiledCheck | undefined {
  try {
    const schema = compileSchema(path.locate().file, path.text, read)
    return { kind: 'schema', schema, fields: schemaFieldsOf(rule, read) }
  } catch (error) {
    if (!(error instanceof SchemaCompileError)) throw error
    problems.push(schemaProblem(`rule "${rule.id}"`, path.locate(), error))
    return undefined
  }
}

/** Contracts that watch one topic, together. */
export function byTopic(contracts: readonly CompiledContract[]): CompiledTopic[] {
  const groups = Map.groupBy(contracts, ({ contract }) => contract.topic)
  return [...groups].map(([topic, members]) => {
    const [first] = members as [CompiledContract]
    const { format, keyFormat, numbers } = first.contract
    return { topic, format, keyFormat, numbers, contracts: members }
  })
}
