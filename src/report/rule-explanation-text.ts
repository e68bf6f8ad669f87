import type { RuleExplanation, SchemaViolations } from '../evaluate/rule-explanation.ts'
import type { Explanation } from '../expression/index.ts'
import type { Verdict } from '../model/verdict.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { ExitCode, Report } from './exit-codes.ts'
import { explanationLines } from './explanation-text.ts'
import { printable } from './printable.ts'
import { valueText } from './value-text.ts'

/** How a rule came to its verdict, for the person who has the event: step by step, with values. */
export function reportRuleExplanationAsText(explanation: RuleExplanation): Report {
  const blocks = [
    headBlock(explanation),
    explanation.condition && expressionBlock('when', explanation.condition),
    checkBlock(explanation),
    verdictBlock(explanation),
  ]
  return {
    output: `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`,
    exitCode: explanationExitCode(explanation),
  }
}

/** Like that of a sample of one event, for this one rule. */
export function explanationExitCode({ verdict }: RuleExplanation): ExitCode {
  return verdict.kind === 'pass' || verdict.kind === 'skip' ? EXIT_CODES.fine : EXIT_CODES.failed
}

function headBlock({ contract, rule }: RuleExplanation): string {
  const { file, line } = rule.at
  const mode = rule.mode === 'shadow' ? ', in the shadow' : ''
  const head = `${file}:${line}: ${contract.id} / ${rule.id}, severity ${rule.severity}${mode}`
  const description = rule.description?.trim().replaceAll(/\s+/g, ' ')
  return [head, ...(description === undefined ? [] : [`  ${description}`])].map(printable).join('\n')
}

function checkBlock({ check, rule, verdict }: RuleExplanation): string | undefined {
  if (check === undefined) return `${rule.check.kind}: not evaluated, for \`when\` is not true`
  return check.kind === 'assert'
    ? expressionBlock('assert', check.explanation)
    : schemaBlock(check.violations, verdict)
}

function expressionBlock(key: string, explanation: Explanation): string {
  return [`${key}:`, ...explanationLines(explanation, 'values').map((line) => `  ${line}`)].join('\n')
}

function schemaBlock({ listed, omitted }: SchemaViolations, verdict: Verdict): string | undefined {
  if (listed.length === 0) return verdict.kind === 'pass' ? 'schema: the event matches' : undefined
  const lines = listed.map(({ path, message, value }) =>
    printable(`  ${path}: ${message}, but is ${valueText(value)}`),
  )
  return ['schema:', ...lines, ...(omitted > 0 ? [`  … and ${omitted} more`] : [])].join('\n')
}

function verdictBlock(explanation: RuleExplanation): string {
  const { verdict, rule } = explanation
  const lines = [`verdict: ${verdictText(verdict)}`]
  if (verdict.kind === 'skip' && verdict.reason === 'missing') {
    lines.push('  The assertion has no value, which `missing: skip` turns from a fail into a skip.')
  } else if (verdict.kind === 'fail' && verdict.reason === 'no_value' && rule.missing === 'fail') {
    lines.push('  No value is a fail unless the rule says `missing: skip`.')
  }
  return printableLines([...lines, `event: ${resultText(explanation)}`])
}

function printableLines(lines: readonly string[]): string {
  return lines.map(printable).join('\n')
}

function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'pass':
      return 'pass'
    case 'skip':
      return verdict.reason === 'when' ? 'skip: `when` is false or has no value' : 'skip'
    case 'error':
      return `error (${verdict.code}): ${verdict.message}`
    case 'fail': {
      const code = verdict.code === undefined ? '' : `, ${verdict.code}`
      const where = verdict.path === undefined ? '' : ` at ${verdict.path}`
      return `fail (${verdict.reason}${code})${where}: ${verdict.message}`
    }
  }
}

/** What the event counts as for the contract, and through which rules. */
function resultText({ result, contract, verdicts }: RuleExplanation): string {
  const idsOf = (severity: string, kind: string) =>
    verdicts
      .filter(({ rule }) => rule.severity === severity && rule.mode === 'live')
      .filter(({ verdict }) => verdict.kind === kind)
      .map(({ rule }) => rule.id)
      .join(', ')
  const because = {
    fail: `failed with severity error: ${idsOf('error', 'fail')}`,
    warn: `failed with severity warning: ${idsOf('warning', 'fail')}`,
    error: `no rule of severity error could judge it: ${idsOf('error', 'error')}`,
    pass: 'no rule of severity error or warning failed',
    undecodable: 'it can’t be read',
    tombstone: 'it is a tombstone',
  }[result]
  return `${result} for ${contract.id} (${because})`
}
