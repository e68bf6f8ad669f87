import { BOOLEAN, NULL, STRING, UNDEFINED, isWithin } from '../analyse/kind.ts'
import { type Code, type Context, newTemporary, placed } from './context.ts'

/** Text that is true or false as JSONata takes the value for true or false. */
export function truthOf({ js, kind }: Code, context: Context): string {
  const quick = quickTruth(js, kind)
  if (quick !== undefined) return quick
  const value = newTemporary(context)
  const slow = placed(context, `${context.unit.use('isTruthy')}(${value})`)
  return `((${value} = ${js}) === true || (${value} !== false && ${value} !== undefined && ${slow}))`
}

/** The same for an operand of `and` and `or`, whose errors stand at the operator. */
export function truthOfOperand({ js, kind }: Code, context: Context, site: string): string {
  const quick = quickTruth(js, kind)
  if (quick !== undefined) return quick
  const value = newTemporary(context)
  const slow = `${context.unit.use('isTruthyAt')}(${value}, ${site})`
  return `((${value} = ${js}) === true || (${value} !== false && ${value} !== undefined && ${slow}))`
}

/** For kinds whose truth can't fail. */
function quickTruth(js: string, kind: number): string | undefined {
  if (isWithin(kind, BOOLEAN)) return js
  if (isWithin(kind, BOOLEAN | UNDEFINED | NULL)) return `(${js} === true)`
  return isWithin(kind, STRING) ? `(${js} !== "")` : undefined
}
