import { compileExpression, ExpressionSyntaxError } from '../expression/index.ts'
import type { CompiledExpression } from '../expression/index.ts'
import type { Contract, LocatedText, Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { assertionJudge, conditionalJudge } from './assertion.ts'
import type { CompiledContract, CompiledRule, CompiledTopic, Judge } from './compiled.ts'
import { SchemaCompileError, schemaJudge } from './schema.ts'
import type { ReadReference } from './schema-documents.ts'

/** Rule sets ready to run by topic, and what stands in the way of others. A rule with a problem is left out. */
export interface Compilation {
  readonly topics: readonly CompiledTopic[]
  readonly problems: readonly Problem[]
}

/** Compiles every rule of every contract once, gathering all problems with their places. */
export function compileContracts(contracts: readonly Contract[], read: ReadReference): Compilation {
  const problems: Problem[] = []
  const compiled = contracts.map((contract) => compileContract(contract, read, problems))
  return { topics: byTopic(compiled), problems }
}

/** What is wrong with rules whose contract can't be used for another reason. */
export function checkRules(file: string, rules: readonly Rule[], read: ReadReference): Problem[] {
  const problems: Problem[] = []
  for (const rule of rules) compileRule(file, rule, read, problems)
  return problems
}

function compileContract(contract: Contract, read: ReadReference, problems: Problem[]): CompiledContract {
  const rules: CompiledRule[] = []
  for (const rule of contract.rules) {
    const judge = compileRule(contract.file, rule, read, problems)
    if (judge !== undefined) rules.push({ rule, judge })
  }
  return { contract, rules }
}

function compileRule(file: string, rule: Rule, read: ReadReference, problems: Problem[]): Judge | undefined {
  const judge = compileCheck(file, rule, read, problems)
  if (rule.when === undefined) return judge
  const condition = compileText(rule, rule.when, problems)
  return judge === undefined || condition === undefined ? undefined : conditionalJudge(condition, judge)
}

function compileCheck(file: string, rule: Rule, read: ReadReference, problems: Problem[]): Judge | undefined {
  const { check } = rule
  switch (check.kind) {
    case 'assert': {
      const expression = compileText(rule, check.expression, problems)
      return expression && assertionJudge(expression, rule.missing)
    }
    case 'schema':
      return compileSchemaRule(file, rule, check.path, read, problems)
  }
}

function compileText(rule: Rule, text: LocatedText, problems: Problem[]): CompiledExpression | undefined {
  try {
    return compileExpression(text.text)
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    problems.push({
      code: 'EXPRESSION_INVALID',
      severity: 'error',
      message: `rule "${rule.id}": ${error.message} (JSONata ${error.code})`,
      hint: error.hint,
      at: { ...text.locate(error.offset), length: Math.max(1, error.length) },
    })
    return undefined
  }
}

function compileSchemaRule(
  file: string,
  rule: Rule,
  path: LocatedText,
  read: ReadReference,
  problems: Problem[],
): Judge | undefined {
  try {
    return schemaJudge(file, path.text, read)
  } catch (error) {
    if (!(error instanceof SchemaCompileError)) throw error
    problems.push({
      code: 'SCHEMA_INVALID',
      severity: 'error',
      message: `rule "${rule.id}": ${error.message}`,
      hint: 'The path is relative to the contract file. A schema must be valid JSON and a valid JSON Schema of draft 7, 2019-09 or 2020-12, with known keywords and formats and without look-around or back-references in patterns.',
      at: path.locate(),
    })
    return undefined
  }
}

function byTopic(contracts: readonly CompiledContract[]): CompiledTopic[] {
  const groups = Map.groupBy(contracts, ({ contract }) => contract.topic)
  return [...groups].map(([topic, members]) => {
    const [first] = members as [CompiledContract]
    return { topic, format: first.contract.format, contracts: members }
  })
}
