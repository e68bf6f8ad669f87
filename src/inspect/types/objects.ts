import { ABSENT, UNKNOWN } from './type.ts'
import type { Field, ObjectType, Type } from './type.ts'

/** An object of which nothing is known. */
export const ANY_OBJECT: ObjectType = {
  field: () => ({ standing: 'open', type: UNKNOWN }),
  names: () => [],
  decisive: () => [],
}

/** An object with these fields. */
export function objectOf(fields: ReadonlyMap<string, Type>, rest: Field): ObjectType {
  return {
    field: (name) => {
      const type = fields.get(name)
      return type ? { standing: 'described', type } : rest
    },
    names: () => [...fields.keys()],
    decisive: () => [],
  }
}

/** The rest of the fields of an object that has no others. */
export const NO_MORE: Field = { standing: 'excluded', type: ABSENT }

/** Objects of which fields have become known better, with what they were before: so that the same field is not replaced in layers. */
const changed = new WeakMap<
  ObjectType,
  { readonly base: ObjectType; readonly fields: ReadonlyMap<string, Field> }
>()

/** The same object, with one field known better. */
export function withField(object: ObjectType, name: string, type: Type): ObjectType {
  const { base, fields: known } = changed.get(object) ?? { base: object, fields: new Map<string, Field>() }
  const fields = new Map(known).set(name, { standing: 'described', type })
  const better = { ...base, field: (other: string) => fields.get(other) ?? base.field(other) }
  changed.set(better, { base, fields })
  return better
}

/** The same object, with the fields that nothing describes excluded. */
export function closed(object: ObjectType): ObjectType {
  return {
    ...object,
    field: (name) => {
      const field = object.field(name)
      return field.standing === 'described' ? field : NO_MORE
    },
  }
}
