import { unionAll } from '../types/combine.ts'
import { withField } from '../types/objects.ts'
import { ABSENT, NEVER } from '../types/type.ts'
import type { Field, Standing, Type } from '../types/type.ts'

/** Lists of lists, and objects in them, are followed so far. */
const MAX_LISTS = 8

/** The kinds of objects that a type has, also as items of its lists. */
function objectsOf(type: Type, lists = 0): Type['objects'] {
  if (!type.lists || lists > MAX_LISTS) return type.objects
  return [...type.objects, ...objectsOf(type.lists.item(), lists + 1)]
}

const FROM_BEST_KNOWN: readonly Standing[] = ['described', 'open', 'undescribed', 'excluded']

/** What is known of the field at a path, in all items of the lists on the way. Undefined where nothing is known of its parents. */
export function fieldAt(type: Type, path: readonly string[]): Field | undefined {
  const [name, ...rest] = path
  if (name === undefined) return { standing: 'described', type }
  if (type.isUnknown) return undefined
  const fields = objectsOf(type).map((object) => object.field(name))
  const standing = FROM_BEST_KNOWN.find((each) => fields.some((field) => field.standing === each))
  if (standing === undefined) return { standing: 'excluded', type: ABSENT }
  const known = fields.filter((field) => field.standing === 'described')
  const whole = unionAll((known.length > 0 ? known : fields).map((field) => field.type))
  return rest.length === 0 ? { standing, type: whole } : fieldAt(whole, rest)
}

/** The names of the fields that are described below a path. */
export function namesAt(type: Type, path: readonly string[]): readonly string[] {
  const holder = fieldAt(type, path)?.type
  return holder === undefined ? [] : [...new Set(objectsOf(holder).flatMap((object) => object.names()))]
}

/** Events in which the field at a path is of this type, in every item of the lists on the way. */
export function withFieldAt(type: Type, path: readonly string[], field: Type, lists = 0): Type {
  const [name, ...rest] = path
  if (name === undefined) return field
  if (type.isUnknown || lists > MAX_LISTS) return type
  const { lists: list } = type
  return {
    ...NEVER,
    objects: type.objects.map((object) =>
      withField(object, name, withFieldAt(object.field(name).type, rest, field)),
    ),
    lists: list && {
      ...list,
      minItems: Math.max(1, list.minItems),
      item: () => withFieldAt(list.item(), path, field, lists + 1),
    },
  }
}

/** Whether the schema of today says what the field is. */
export function isKnown(field: Field | undefined): field is Field {
  return field?.standing === 'described' && !field.type.isUnknown
}
