import { ExpressionFault } from '../expression/index.ts'
import type { CompiledExpression } from '../expression/index.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Judge } from './compiled.ts'

const PASS: Verdict = { kind: 'pass' }
const SKIP_WHEN: Verdict = { kind: 'skip', reason: 'when' }
const SKIP_MISSING: Verdict = { kind: 'skip', reason: 'missing' }

/**
 * The verdict of an assertion (design page, *What a verdict means*): only `true` passes. `false`, no value and a type error that the
 * data caused are fails, each with its reason; everything else means that the rule could not judge.
 */
export function assertionJudge(expression: CompiledExpression, missing: 'fail' | 'skip'): Judge {
  const isFalse: Verdict = {
    kind: 'fail',
    reason: 'false',
    message: `\`${brief(expression.source)}\` is false`,
  }
  const noValue: Verdict =
    missing === 'skip'
      ? SKIP_MISSING
      : {
          kind: 'fail',
          reason: 'no_value',
          message: `\`${brief(expression.source)}\` has no value: a field that it needs is missing`,
        }
  return (event, context) => {
    const value = expression.evaluate(event, context)
    if (value === true) return PASS
    if (value === false) return isFalse
    if (value === undefined) return noValue
    return value instanceof ExpressionFault ? faultVerdict(value) : notBoolean('the assertion', value)
  }
}

/** Puts a condition before a judge: `true` applies the rule, `false` or no value skips it, anything else is an error. */
export function conditionalJudge(condition: CompiledExpression, judge: Judge): Judge {
  return (event, context) => {
    const value = condition.evaluate(event, context)
    if (value === true) return judge(event, context)
    if (value === false || value === undefined) return SKIP_WHEN
    if (value instanceof ExpressionFault) {
      return {
        kind: 'error',
        code: value.code,
        message: `the condition \`when\` could not be evaluated: ${value.message}`,
      }
    }
    return notBoolean('the condition `when`', value)
  }
}

function faultVerdict(fault: ExpressionFault): Verdict {
  return fault.dataCaused
    ? { kind: 'fail', reason: 'type', code: fault.code, message: fault.message }
    : { kind: 'error', code: fault.code, message: fault.message }
}

function notBoolean(what: string, value: unknown): Verdict {
  const type = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
  return { kind: 'error', code: 'NOT_BOOLEAN', message: `${what} gave ${type}, not true or false` }
}

const BRIEF_CHARACTERS = 80

function brief(source: string): string {
  const line = source.trim().replace(/\s+/g, ' ')
  return line.length <= BRIEF_CHARACTERS ? line : `${line.slice(0, BRIEF_CHARACTERS)}…`
}
