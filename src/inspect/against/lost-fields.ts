import type { FieldMention } from '../../expression/index.ts'
import type { Type } from '../types/type.ts'
import type { Effect, Evidence } from './effect.ts'
import { fieldAt, namesAt } from './field-at.ts'

/** Fields that the schema of today has and the proposed one has not. Of a field whose parent is lost, nothing more is said. */
export function lostFields(
  mentions: readonly FieldMention[],
  { today, isWhole, proposed }: Evidence,
): Effect[] {
  if (today === undefined) return []
  return mentions.flatMap(({ path, offset, length }) => {
    const parent = path.slice(0, -1)
    const standing = fieldAt(proposed, path)?.standing
    const isLost =
      fieldAt(today, path)?.standing === 'described' &&
      fieldAt(proposed, parent)?.standing === 'described' &&
      standing !== 'described'
    const name = `\`${path.join('.')}\``
    // What only the consumer describes, producers may write without a word in their schema.
    const isCertain = isWhole || standing === 'excluded'
    const message = isCertain ? `${name} would be gone` : `the new schema does not describe ${name}`
    const hint = hintFor(parent, today, proposed)
    return isLost ? [{ severity: 'error', message, hint, place: { offset, length } }] : []
  })
}

/** So many new fields are named: one of them may be the old one under another name. */
const MAX_NAMED = 4

function hintFor(parent: readonly string[], today: Type, proposed: Type): string {
  const before = namesAt(today, parent)
  const added = namesAt(proposed, parent).filter((name) => !before.includes(name))
  if (added.length === 0 || added.length > MAX_NAMED)
    return 'Keep the field, or agree with the owner of the rule first.'
  const names = added.map((name) => `\`${name}\``).join(', ')
  return `New beside it: ${names}. If that is the same under another name, write both until the rule reads the new one.`
}
