import type { Problem } from '../model/problem.ts'
import type { SchemaBreak, SchemaVerdict } from '../model/schema-break.ts'
import { EXIT_CODES, type Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { sortProblems } from './problem-order.ts'
import { problemAnnotation } from './problems-github.ts'
import { reportProblemsAsJUnit } from './problems-junit.ts'
import { problemBlock } from './problems-text.ts'
import type { ProblemFormat } from './problems.ts'

/**
 * What a proposed schema would do to the rules of its topic.
 *
 * @param isStrict fail on what is only to be known, too
 * @param files all files that were looked at
 */
export function reportSchemaVerdict(
  verdict: SchemaVerdict,
  format: ProblemFormat,
  isStrict: boolean,
  files: readonly string[],
): Report {
  const isBroken = verdict.breaks.some(({ severity }) => isStrict || severity === 'error')
  return {
    output: outputOf(verdict, format, files),
    exitCode: isBroken ? EXIT_CODES.failed : EXIT_CODES.fine,
  }
}

function outputOf(verdict: SchemaVerdict, format: ProblemFormat, files: readonly string[]): string {
  const problems = sortProblems(verdict.breaks.map(toProblem))
  switch (format) {
    case 'text':
      return `${[...problems.map(problemBlock), summaryOf(verdict)].join('\n\n')}\n`
    case 'json':
      return `${JSON.stringify(toJson(verdict), undefined, 2)}\n`
    case 'junit':
      return reportProblemsAsJUnit(problems, files, 'assay validate --against').output
    case 'github':
      return `${[...problems.map(problemAnnotation), summaryOf(verdict)].join('\n')}\n`
  }
}

function toProblem({
  contract,
  rule,
  owner,
  consumers,
  code,
  severity,
  message,
  hint,
  at,
}: SchemaBreak): Problem {
  const whom = [`owner ${owner}`, ...(consumers.length > 0 ? [`consumers ${consumers.join(', ')}`] : [])]
  const subject = rule === undefined ? `contract ${contract}` : `rule "${rule}" of ${contract}`
  return { code, severity, message: `${subject} (${whom.join('; ')}): ${message}`, hint, at }
}

function summaryOf({ schema, breaks, rules, contracts, topics, comparedWith }: SchemaVerdict): string {
  const broken = breaks.filter(({ severity }) => severity === 'error')
  const named = new Set(
    broken.flatMap(({ contract, rule }) => (rule === undefined ? [] : `${contract} ${rule}`)),
  )
  const owners = [...new Set(broken.map(({ owner }) => owner))].toSorted()
  const others = broken.some(({ rule }) => rule === undefined) ? ', and fields that are classified' : ''
  const of = `${named.size === 0 && others === '' ? 'none' : named.size} of ${rules} ${rules === 1 ? 'rule' : 'rules'}${others}`
  const whom = owners.length === 0 ? '' : ` of ${owners.join(', ')}`
  const scope = `${contracts} ${contracts === 1 ? 'contract' : 'contracts'} on ${topics.join(', ')}`
  const base =
    comparedWith.length === 0 ? 'no schema of today is known' : `compared with ${comparedWith.join(', ')}`
  return printable(`${schema} would break ${of}${whom} (${scope}; ${base})`)
}

function toJson({ breaks, ...verdict }: SchemaVerdict): object {
  return {
    ...verdict,
    breaks: breaks.map(({ at, rule, ...found }) => ({
      ...found,
      rule: rule ?? null,
      file: at.file,
      line: at.line,
      column: at.column,
    })),
  }
}
