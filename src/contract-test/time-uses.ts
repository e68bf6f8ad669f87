import { asksForTime } from '../expression/index.ts'
import type { Rule } from '../model/contract.ts'

/** The first rule whose verdict may depend on the time, as messages name it; undefined if there is none. */
export function timeUses(rules: readonly Rule[]): string | undefined {
  const found = rules.find(({ when, check }) => {
    const texts = [when?.text, check.kind === 'assert' ? check.expression.text : undefined]
    return texts.some((text) => text !== undefined && asksForTime(text))
  })
  return found && `rule "${found.id}"`
}
