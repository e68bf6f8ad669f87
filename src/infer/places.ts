import { toFieldKey } from './field-path.ts'
import { personalClass } from './personal.ts'
import type { PersonalField } from './starter.ts'
import { type Summary, isAlwaysThere } from './summary.ts'

/** How many fields the events have, and how many of them are in every object that could have them. */
export function placesOf(summary: Summary): { readonly all: number; readonly required: number } {
  const inside = [...summary.fields.values(), ...(summary.items ? [summary.items] : [])].map(placesOf)
  const own = [...summary.fields.values()]
  return {
    all: own.length + inside.reduce((sum, { all }) => sum + all, 0),
    required:
      own.filter((field) => isAlwaysThere(field, summary)).length +
      inside.reduce((sum, { required }) => sum + required, 0),
  }
}

/** Fields that look personal. What stands inside of one is classified with it. */
export function personalFields(summary: Summary): PersonalField[] {
  const found = [...personalBelow(summary)]
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index)
}

function* personalBelow(summary: Summary): Generator<PersonalField> {
  const pii = summary.path.at(-1) === '*' ? undefined : personalClass(summary.path)
  const path = toFieldKey(summary.path)
  if (pii !== undefined && path !== undefined) {
    yield { path, pii }
    return
  }
  for (const field of summary.fields.values()) yield* personalBelow(field)
  if (summary.items !== undefined) yield* personalBelow(summary.items)
}
