import type { Field, ObjectType, Type } from './type.ts'

/** The type in which the field at a path is what `change` makes of it, in every item of the lists on the way. */
export function changeField(type: Type, path: readonly string[], change: (field: Field) => Field): Type {
  const [name, ...rest] = path
  if (name === undefined || type.isUnknown) return type
  const { lists } = type
  return {
    ...type,
    objects: type.objects.map((object) => changed(object, name, rest, change)),
    lists: lists && { ...lists, item: () => changeField(lists.item(), path, change) },
  }
}

function changed(
  object: ObjectType,
  name: string,
  rest: readonly string[],
  change: (field: Field) => Field,
): ObjectType {
  const old = object.field(name)
  const field = rest.length === 0 ? change(old) : described(old, rest, change)
  if (field === old) return object
  return { ...object, field: (other) => (other === name ? field : object.field(other)) }
}

/** A path leads through its parents, so they are there too. */
function described(field: Field, rest: readonly string[], change: (field: Field) => Field): Field {
  const known = change(field)
  return { ...known, type: changeField(known.type, rest, change) }
}
