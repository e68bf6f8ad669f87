import type { FieldMention } from '../../expression/index.ts'
import { infer } from '../infer/infer.ts'
import { Run } from '../infer/run.ts'
import { rootScope } from '../infer/scope.ts'
import { canPass } from '../infer/truth.ts'
import type { Expression } from '../inspect-rule.ts'
import { RECORD_VARIABLES } from '../record-variables.ts'
import { ABSENT, NULL } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import type { Effect, Evidence } from './effect.ts'
import { fieldAt, isKnown, withFieldAt } from './field-at.ts'

/** Fields of a condition that may newly be missing or null: events without them are no longer judged, and nobody sees it. */
export function skippedEvents(
  { tree, text }: Expression,
  mentions: readonly FieldMention[],
  { today, proposed }: Evidence,
): Effect[] {
  const applies = (event: Type) => {
    const run = new Run(text.text, infer)
    return canPass(run.quietly(() => run.infer(tree, rootScope(event, RECORD_VARIABLES))))
  }
  return mentions.flatMap(({ path, offset, length }) => {
    const [before, after] = [today && fieldAt(today, path), fieldAt(proposed, path)]
    if (!isKnown(before) || !isKnown(after)) return []
    const newly = [
      !before.type.isAbsent && after.type.isAbsent && ABSENT,
      !before.type.isNull && after.type.isNull && NULL,
    ].filter((type) => type !== false)
    if (newly.every((type) => applies(withFieldAt(proposed, path, type)))) return []
    const what = newly.includes(ABSENT) ? 'missing' : 'null'
    const message = `\`${path.join('.')}\` may newly be ${what}; such events would no longer be judged`
    const hint = 'If they are to be judged too, say so in `when`.'
    return [{ severity: 'warning', message, hint, place: { offset, length } }]
  })
}
