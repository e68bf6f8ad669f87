import { compileExpression, ExpressionSyntaxError } from '../expression/index.ts'
import type { CompiledExpression } from '../expression/index.ts'
import type { Contract, LocatedText, Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { assertionJudge, conditionalJudge } from './assertion.ts'
import type { CompiledContract, CompiledRule, CompiledTopic, Judge } from './compiled.ts'
import { expressionProblem, schemaProblem } from './rule-problems.ts'
import { SchemaCompileError } from './schema-fault.ts'
import { schemaJudge } from './schema.ts'
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

function compileContract(contract: Contract, read: ReadReference, problems: Problem[]): CompiledContract {
  const rules: CompiledRule[] = []
  for (const rule of contract.rules) {
    const judge = compileRule(rule, read, problems)
    if (judge !== undefined) rules.push({ rule, judge })
  }
  return { contract, rules }
}

function compileRule(rule: Rule, read: ReadReference, problems: Problem[]): Judge | undefined {
  const judge = compileCheck(rule, read, problems)
  if (rule.when === undefined) return judge
  const condition = compileText(rule, rule.when, problems)
  return judge === undefined || condition === undefined ? undefined : conditionalJudge(condition, judge)
}

function compileCheck(rule: Rule, read: ReadReference, problems: Problem[]): Judge | undefined {
  const { check } = rule
  switch (check.kind) {
    case 'assert': {
      const expression = compileText(rule, check.expression, problems)
      return expression && assertionJudge(expression, rule.missing)
    }
    case 'schema':
      return compileSchemaRule(rule, check.path, read, problems)
  }
}

function compileText(rule: Rule, text: LocatedText, problems: Problem[]): CompiledExpression | undefined {
  try {
    return compileExpression(text.text)
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
): Judge | undefined {
  try {
    return schemaJudge(path.locate().file, path.text, read)
  } catch (error) {
    if (!(error instanceof SchemaCompileError)) throw error
    problems.push(schemaProblem(rule, path.locate(), error))
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
