import { fieldMentions } from '../../expression/index.ts'
import type { FieldMention, Place } from '../../expression/index.ts'
import type { LocatedText, Rule } from '../../model/contract.ts'
import { expressionsOf } from '../inspect-rule.ts'
import type { Expression, TreeOf } from '../inspect-rule.ts'
import { brokenByAdditions } from './broken-by-additions.ts'
import { brokenPromises } from './broken-promises.ts'
import type { Effect, Evidence, LocatedEffect } from './effect.ts'
import { lostFields } from './lost-fields.ts'
import { newFindings } from './new-findings.ts'
import { skippedEvents } from './skipped-events.ts'

/** What the expressions of a rule would do with events of the proposed schema that they don't do today. */
export function effectsOnRule(rule: Rule, evidence: Evidence, treeOf: TreeOf): LocatedEffect[] {
  try {
    return expressionsOf(rule, treeOf).flatMap((expression) =>
      effectsOn(rule, expression, evidence).map((effect) => located(expression.text, effect)),
    )
  } catch (error) {
    // Nested so deeply that the stack does not hold it: then nothing is said.
    if (error instanceof RangeError) return []
    throw error
  }
}

function located(text: LocatedText, { place, ...effect }: Effect): LocatedEffect {
  return { ...effect, at: { ...text.locate(place.offset), length: Math.max(1, place.length) } }
}

function effectsOn(rule: Rule, expression: Expression, evidence: Evidence): Effect[] {
  const mentions = firstOfEach(fieldMentions(expression.text.text))
  const known = new Effects()
  known.add(lostFields(mentions, evidence))
  known.add(newFindings(rule, expression, evidence))
  known.add(brokenByAdditions(rule, expression, mentions, evidence))
  if (expression.isCondition) known.add(skippedEvents(expression, mentions, evidence))
  else if (evidence.isWhole && known.all.length === 0) known.add(brokenPromises(rule, expression, evidence))
  return known.all
}

/** Effects of which none stands where another one does: the first says why. */
class Effects {
  all: Effect[] = []

  add(effects: readonly Effect[]): void {
    const before = this.all
    const isTold = ({ place }: Effect) => before.some((other) => overlap(other.place, place))
    this.all = [...before, ...effects.filter((effect) => !isTold(effect))]
  }
}

function overlap(a: Place, b: Place): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}

/** Fields of the event that an expression reads, each where it does so first. */
function firstOfEach(mentions: readonly FieldMention[]): FieldMention[] {
  const first = new Map<string, FieldMention>()
  for (const mention of mentions) {
    const key = JSON.stringify(mention.path)
    if (mention.isAbsolute && !first.has(key)) first.set(key, mention)
  }
  return [...first.values()]
}
