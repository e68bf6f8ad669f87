import { ExpressionFault, OUTCOME } from '../expression/index.ts'
import type { Outcome } from '../expression/index.ts'
import { VERDICTS } from '../model/verdict.ts'
import type { Verdict, VerdictKind } from '../model/verdict.ts'
import type { CompiledRule } from './compiled.ts'

const OUTCOMES = Object.values(OUTCOME)
const SUSPENDED_MESSAGE = 'the rule exceeded its budget again and again, and is left out for a while'
const BRIEF_CHARACTERS = 80

/**
 * Verdicts by outcome, as places in VERDICTS (design page, *What a verdict means*): only `true` passes. Faults are left at `error` here:
 * which of them the data caused is in their details.
 */
export function verdictsByOutcome(missing: 'fail' | 'skip'): Uint8Array {
  const kinds: Record<keyof typeof OUTCOME, VerdictKind> = {
    true: 'pass',
    false: 'fail',
    noValue: missing,
    notBoolean: 'error',
    fault: 'error',
    notApplicable: 'skip',
    conditionNotBoolean: 'error',
    conditionFault: 'error',
    suspended: 'error',
  }
  const table = new Uint8Array(OUTCOMES.length)
  for (const [name, outcome] of Object.entries(OUTCOME)) {
    table[outcome] = VERDICTS.indexOf(kinds[name as keyof typeof OUTCOME])
  }
  return table
}

/** The verdict that an outcome other than that of a schema stands for, with its reason and a message that holds no value of the event. */
export function verdictOfOutcome({ rule, check }: CompiledRule, outcome: Outcome, detail: unknown): Verdict {
  switch (outcome) {
    case OUTCOME.true:
      return { kind: 'pass' }
    case OUTCOME.false:
      return { kind: 'fail', reason: 'false', message: `${sourceOf(check)} is false` }
    case OUTCOME.noValue:
      return rule.missing === 'skip'
        ? { kind: 'skip', reason: 'missing' }
        : {
            kind: 'fail',
            reason: 'no_value',
            message: `${sourceOf(check)} has no value: a field that it needs is missing`,
          }
    case OUTCOME.notBoolean:
      return notBoolean('the assertion', detail)
    case OUTCOME.fault:
      return faultVerdict(detail as ExpressionFault)
    case OUTCOME.notApplicable:
      return { kind: 'skip', reason: 'when' }
    case OUTCOME.conditionNotBoolean:
      return notBoolean('the condition `when`', detail)
    case OUTCOME.conditionFault:
      return conditionFault(detail as ExpressionFault)
    case OUTCOME.suspended:
      return { kind: 'error', code: 'RULE_SUSPENDED', message: SUSPENDED_MESSAGE }
  }
}

/** An outcome in a word, with the code of a fault: `noValue`, `fault T2001`. */
export function nameOf(outcome: Outcome, detail: unknown): string {
  const name = Object.keys(OUTCOME).find((key) => OUTCOME[key as keyof typeof OUTCOME] === outcome) ?? ''
  return detail instanceof ExpressionFault ? `${name} ${detail.code}` : name
}

/** Whether a fault of an assertion says that the event does not meet it. */
export function isDataCaused(detail: unknown): boolean {
  return detail instanceof ExpressionFault && detail.dataCaused
}

function faultVerdict({ code, message, dataCaused }: ExpressionFault): Verdict {
  return dataCaused ? { kind: 'fail', reason: 'type', code, message } : { kind: 'error', code, message }
}

function conditionFault({ code, message }: ExpressionFault): Verdict {
  return { kind: 'error', code, message: `the condition \`when\` could not be evaluated: ${message}` }
}

function notBoolean(what: string, value: unknown): Verdict {
  const type = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
  return { kind: 'error', code: 'NOT_BOOLEAN', message: `${what} gave ${type}, not true or false` }
}

function sourceOf(check: CompiledRule['check']): string {
  return check.kind === 'assert' ? `\`${brief(check.expression.source)}\`` : 'the schema'
}

function brief(source: string): string {
  const line = source.trim().replace(/\s+/g, ' ')
  return line.length <= BRIEF_CHARACTERS ? line : `${line.slice(0, BRIEF_CHARACTERS)}…`
}
