import type { FieldMention } from '../../expression/index.ts'
import type { Rule } from '../../model/contract.ts'
import { infer } from '../infer/infer.ts'
import { allNodes } from '../infer/reads-data.ts'
import { Run } from '../infer/run.ts'
import { rootScope } from '../infer/scope.ts'
import { canPass } from '../infer/truth.ts'
import { scopeBehind } from '../inspect-rule.ts'
import type { Expression } from '../inspect-rule.ts'
import { RECORD_VARIABLES } from '../record-variables.ts'
import type { Type } from '../types/type.ts'
import { additionsOf } from './additions.ts'
import type { Addition } from './additions.ts'
import type { Effect, Evidence } from './effect.ts'
import { fieldAt, isKnown, withFieldAt } from './field-at.ts'

/** Fields may be tried out so often for one expression: each time, it is inferred anew. */
const MAX_TRIALS = 2000
/** So many values of an enumeration are named. */
const MAX_NAMED = 5

/**
 * Values that a field may newly have, and with which no event passes the assertion. Whether that is so is found by inferring the
 * assertion for events that have the value: whatever the rule does to deal with it counts.
 */
export function brokenByAdditions(
  rule: Rule,
  expression: Expression,
  mentions: readonly FieldMention[],
  { today, proposed }: Evidence,
): Effect[] {
  if (expression.isCondition || !passes(rule, expression, proposed)) return []
  let trials = 0
  return mentions.flatMap(({ path, offset, length }) => {
    const after = fieldAt(proposed, path)
    if (!isKnown(after)) return []
    const before = today && fieldAt(today, path)
    const known = isKnown(before) ? before.type : undefined
    const fails = ({ type }: Addition) =>
      trials++ < MAX_TRIALS && !passes(rule, expression, withFieldAt(proposed, path, type))
    const failing = additionsOf(known, after.type).filter(fails)
    const name = path.join('.')
    const isMeant = known === undefined && failing.every(({ text }) => isWritten(expression, text))
    return failing.length === 0
      ? []
      : [{ ...effectOf(name, failing, known !== undefined, isMeant), place: { offset, length } }]
  })
}

function effectOf(
  name: string,
  failing: readonly Addition[],
  isNew: boolean,
  isMeant: boolean,
): Omit<Effect, 'place'> {
  const named = [...new Set(failing.map(({ words }) => words))]
  const more = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : ''
  const values = `${named.slice(0, MAX_NAMED).join(', ')}${more}`
  return {
    severity: isMeant ? 'warning' : 'error',
    message: `\`${name}\` may ${isNew ? 'newly ' : ''}be ${values}, and no event with that passes`,
    hint: 'Let the rule admit it, choose the other events with `when`, or leave it out of the schema.',
  }
}

/** A value that the rule itself names was thought of when it was written. */
function isWritten({ tree }: Expression, text: string | undefined): boolean {
  return text !== undefined && allNodes(tree).some(({ type, value }) => type === 'string' && value === text)
}

/** Whether an event of the type may pass, or is not judged at all. */
function passes(rule: Rule, { tree, text, behind }: Expression, event: Type): boolean {
  const scope = rootScope(event, RECORD_VARIABLES)
  if (behind && !canPass(quietly(behind, scope))) return true
  const type = quietly({ tree, text }, scopeBehind(behind, scope))
  return canPass(type) || (rule.missing === 'skip' && type.isAbsent && !type.isFault)
}

function quietly(
  { tree, text }: Pick<Expression, 'tree' | 'text'>,
  scope: ReturnType<typeof rootScope>,
): Type {
  const run = new Run(text.text, infer)
  return run.quietly(() => run.infer(tree, scope))
}
