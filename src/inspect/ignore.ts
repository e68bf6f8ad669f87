import type { Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'

/** The problems of a rule without those that it says are known, and a warning for each that is not there. Errors can't be ignored. */
export function withoutIgnored(rule: Pick<Rule, 'id' | 'ignore'>, problems: readonly Problem[]): Problem[] {
  if (rule.ignore.size === 0) return [...problems]
  const isIgnored = ({ code, severity }: Problem) => severity === 'warning' && rule.ignore.has(code)
  const seen = new Set(problems.filter(isIgnored).map(({ code }) => code))
  const unused = [...rule.ignore].filter(
    ([code]) => !problems.some((problem) => problem.code === code && seen.has(problem.code)),
  )
  return [
    ...problems.filter((problem) => !isIgnored(problem)),
    ...unused.map(([code, at]): Problem => ({
      code: 'IGNORE_UNUSED',
      severity: 'warning',
      message: `rule "${rule.id}": ${code} is ignored here, and there is no such warning`,
      hint: 'Remove the entry.',
      at,
    })),
  ]
}
