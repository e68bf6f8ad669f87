import jsonata, { type Options, type RootFrame } from '#jsonata-sync'
import { BOOLEAN, isWithin } from './analyse/kind.ts'
import { Sharing } from './analyse/sharing.ts'
import type { CompiledExpression } from './compiled-expression.ts'
import { emitRoot } from './emit/emit-expression.ts'
import { Unit, tryInstantiate } from './emit/unit.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import { toFault } from './fault.ts'
import { OUTCOME, type Outcome } from './outcome.ts'
import { RegexEngine } from './regex/regex-engine.ts'
import type { SetMember } from './set-member.ts'

/** Evaluates all members of a set on one event; the outcomes are in the set's bytes then. */
export type EvaluateSet = (input: unknown, context: EvaluationContext) => void

/** What a set gives to its function. */
export interface SetParts {
  readonly outcomes: Uint8Array
  readonly suspended: Uint8Array
  /** Members whose byte is not 0 run on the interpreter. */
  readonly isInterpreted: Uint8Array
  judgeAlone(index: number, input: unknown, context: EvaluationContext): Outcome
  /** Keeps what is behind an outcome. */
  keep(index: number, detail: unknown): void
}

/** The generated function. `alone`, `other` and `failed` give outcomes for what is rare. */
type Main = (
  input: unknown,
  context: EvaluationContext,
  frame: RootFrame,
  outcomes: Uint8Array,
  suspended: Uint8Array,
  rare: Rare,
) => void

interface Rare {
  alone(index: number, input: unknown, context: EvaluationContext): Outcome
  /** For a value that is neither true nor false nor undefined. */
  other(index: number, value: unknown, isCondition: boolean): Outcome
  failed(
    index: number,
    error: unknown,
    isCondition: boolean,
    input: unknown,
    context: EvaluationContext,
  ): Outcome
}

/**
 * Compiles all members that are wholly emitted to one function. The others, and those that fail in it, are evaluated alone: so no member
 * can disturb another, and the place of a fault is that of the member's own text.
 */
export function compileSet(members: readonly SetMember[], parts: SetParts): EvaluateSet {
  const rare = rareCases(members, parts)
  const main = generate(members, parts.isInterpreted)
  if (main === undefined) return evaluateAlone(members.length, parts)
  const frame = jsonata('1', { RegexEngine }).createRoot()
  return (input, context) => {
    frame.nowMs = context.nowMs
    main(input, context, frame, parts.outcomes, parts.suspended, rare)
  }
}

function evaluateAlone(count: number, { outcomes, suspended, judgeAlone }: SetParts): EvaluateSet {
  return (input, context) => {
    for (let index = 0; index < count; index++)
      outcomes[index] = suspended[index] === 0 ? judgeAlone(index, input, context) : OUTCOME.suspended
  }
}

function rareCases(members: readonly SetMember[], { judgeAlone, keep }: SetParts): Rare {
  return {
    alone: judgeAlone,
    other(index, value, isCondition) {
      const isFault = jsonata.isFunction(value)
      keep(index, isFault ? toFault({ code: 'EXPRESSION_YIELDS_FUNCTION' }, '') : value)
      if (isFault) return isCondition ? OUTCOME.conditionFault : OUTCOME.fault
      return isCondition ? OUTCOME.conditionNotBoolean : OUTCOME.notBoolean
    },
    failed(index, error, isCondition, input, context) {
      const member = members[index]
      const expression = isCondition ? member?.condition : member?.assertion
      const fault = toFault(error, expression?.source ?? '')
      // Its time is spent: to evaluate it again would spend it twice.
      if (fault.code !== 'D1012') return judgeAlone(index, input, context)
      keep(index, fault)
      return isCondition ? OUTCOME.conditionFault : OUTCOME.fault
    },
  }
}

/** The function for all members, or undefined if none of them is emitted. */
function generate(members: readonly SetMember[], isInterpreted: Uint8Array): Main | undefined {
  const emitted = members.map(
    (member, index) =>
      isInterpreted[index] === 0 && partsOf(member).every(({ engine }) => engine === 'emitted'),
  )
  if (!emitted.includes(true)) return undefined
  const expressions = members.flatMap((member, index) => (emitted[index] === true ? partsOf(member) : []))
  const externals = new Set(expressions.flatMap(({ variables }) => [...variables]))
  const unit = new Unit(externals, new Sharing(expressions.map(({ tree }) => tree)))
  const texts = members.map((member, index) =>
    emitted[index] === true
      ? emitMember(member, index, unit)
      : `o[${index}] = s[${index}] === 0 ? rare.alone(${index}, root, c) : ${OUTCOME.suspended};`,
  )
  return tryInstantiate<Main>(unit.finish('root, c, e, o, s, rare', texts.join('\n')))
}

function partsOf({ condition, assertion }: SetMember): CompiledExpression[] {
  return [condition, assertion].filter((expression) => expression !== undefined)
}

function emitMember({ condition, assertion }: SetMember, index: number, unit: Unit): string {
  const isCondition = assertion === undefined ? 'true' : condition === undefined ? 'false' : 'isCondition'
  const judged =
    assertion === undefined ? `o[${index}] = ${OUTCOME.true};` : emitAssertion(assertion, index, unit)
  const body = condition === undefined ? judged : emitCondition(condition, index, unit, judged)
  const failed = `o[${index}] = rare.failed(${index}, error, ${isCondition}, root, c);`
  return `if (s[${index}] !== 0) o[${index}] = ${OUTCOME.suspended}; else { let isCondition = true; try { ${body} } catch (error) { ${failed} } }`
}

function emitAssertion(assertion: CompiledExpression, index: number, unit: Unit): string {
  const { js, kind } = emitRoot(assertion.tree, unit)
  const begin = beginBudget(assertion.limits, unit)
  if (isWithin(kind, BOOLEAN)) return `${begin} o[${index}] = ${js} ? ${OUTCOME.true} : ${OUTCOME.false};`
  const rest = `v === undefined ? ${OUTCOME.noValue} : rare.other(${index}, v, false)`
  return `${begin} const v = ${js}; o[${index}] = v === true ? ${OUTCOME.true} : v === false ? ${OUTCOME.false} : ${rest};`
}

function emitCondition(condition: CompiledExpression, index: number, unit: Unit, judged: string): string {
  const { js } = emitRoot(condition.tree, unit)
  const begin = beginBudget(condition.limits, unit)
  const rest = `w === undefined || w === false ? ${OUTCOME.notApplicable} : rare.other(${index}, w, true)`
  return `${begin} const w = ${js}; if (w === true) { isCondition = false; ${judged} } else o[${index}] = ${rest};`
}

/** Members have their own budgets: none pays for what another has used. */
function beginBudget(limits: Options, unit: Unit): string {
  return `${unit.use('beginBudget')}(${unit.constant(limits)});`
}
