import { meetNumbers, meetTexts, unionNumbers, unionTexts } from './facets.ts'
import { ANY_OBJECT } from './objects.ts'
import { isNever, isScalar, NEVER } from './type.ts'
import type { Field, Lists, ObjectType, Standing, Type } from './type.ts'

/** Kinds of objects are kept apart up to this many; beyond, they are taken as one. */
const MAX_VARIANTS = 16

/** What is of one type or of the other. */
export function union(a: Type, b: Type): Type {
  if (a === b) return a
  return {
    isAbsent: a.isAbsent || b.isAbsent,
    isUnknown: a.isUnknown || b.isUnknown,
    isFault: a.isFault || b.isFault,
    isNull: a.isNull || b.isNull,
    booleans: together(a.booleans, b.booleans),
    numbers: either(a.numbers, b.numbers, unionNumbers),
    texts: either(a.texts, b.texts, unionTexts),
    lists: either(a.lists, b.lists, unionLists),
    objects: bounded(together(a.objects, b.objects)),
    functions: either(a.functions, b.functions, () => ({})),
  }
}

export function unionAll(types: readonly Type[]): Type {
  return types.reduce(union, NEVER)
}

/** What is of both types. */
export function meet(a: Type, b: Type): Type {
  const isAbsent = a.isAbsent && b.isAbsent
  if (a.isUnknown) return { ...b, isAbsent }
  if (b.isUnknown) return { ...a, isAbsent }
  return {
    isAbsent,
    isUnknown: false,
    isFault: a.isFault && b.isFault,
    isNull: a.isNull && b.isNull,
    booleans: a.booleans.filter((value) => b.booleans.includes(value)),
    numbers: a.numbers && b.numbers && meetNumbers(a.numbers, b.numbers),
    texts: a.texts && b.texts && meetTexts(a.texts, b.texts),
    lists: a.lists && b.lists && meetLists(a.lists, b.lists),
    objects: bounded(a.objects.flatMap((one) => b.objects.flatMap((other) => meetObjects(one, other) ?? []))),
    functions: a.functions && b.functions,
  }
}

/** What is in either list, once. A list itself holds nothing twice. */
function together<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (b.length === 0 || a === b) return a
  return a.length === 0 ? b : [...new Set([...a, ...b])]
}

function bounded(objects: readonly ObjectType[]): readonly ObjectType[] {
  return objects.length > MAX_VARIANTS ? [mergeObjects(objects)] : objects
}

function either<T>(a: T | undefined, b: T | undefined, both: (a: T, b: T) => T): T | undefined {
  return a !== undefined && b !== undefined ? both(a, b) : (a ?? b)
}

function unionLists(a: Lists, b: Lists): Lists {
  return {
    item: once(() => union(a.item(), b.item())),
    minItems: Math.min(a.minItems, b.minItems),
    maxItems: Math.max(a.maxItems, b.maxItems),
    isSequence: a.isSequence || b.isSequence,
  }
}

function meetLists(a: Lists, b: Lists): Lists | undefined {
  const minItems = Math.max(a.minItems, b.minItems)
  const maxItems = Math.min(a.maxItems, b.maxItems)
  if (minItems > maxItems) return undefined
  return {
    item: once(() => meet(a.item(), b.item())),
    minItems,
    maxItems,
    isSequence: a.isSequence && b.isSequence,
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Objects that are of both kinds; undefined if no object is. */
function meetObjects(a: ObjectType, b: ObjectType): ObjectType | undefined {
  if (a === ANY_OBJECT) return b
  if (b === ANY_OBJECT) return a
  const both = remembering({
    field: (name) => meetFields(a.field(name), b.field(name)),
    names: () => [...new Set([...a.names(), ...b.names()])],
    decisive: () => [...new Set([...a.decisive(), ...b.decisive()])],
  })
  const clashes = (name: string) => isScalar(a.field(name).type) && isNever(both.field(name).type)
  return [...a.decisive(), ...b.decisive()].some(clashes) ? undefined : both
}

/** Objects that are of one of the kinds, as one kind. */
function mergeObjects(objects: readonly ObjectType[]): ObjectType {
  return remembering({
    field: (name) => objects.map((object) => object.field(name)).reduce(unionFields),
    names: () => [...new Set(objects.flatMap((object) => object.names()))],
    decisive: () => [],
  })
}

const FROM_LEAST_KNOWN: readonly Standing[] = ['open', 'undescribed', 'described', 'excluded']

function meetFields(a: Field, b: Field): Field {
  const isLessKnown = FROM_LEAST_KNOWN.indexOf(a.standing) < FROM_LEAST_KNOWN.indexOf(b.standing)
  return { standing: isLessKnown ? b.standing : a.standing, type: meet(a.type, b.type) }
}

/** What one kind of object has, the union has too. */
function unionFields(a: Field, b: Field): Field {
  const standing =
    (['described', 'open', 'undescribed'] as const).find(
      (each) => a.standing === each || b.standing === each,
    ) ?? 'excluded'
  return { standing, type: union(a.type, b.type) }
}

function remembering(object: ObjectType): ObjectType {
  const fields = new Map<string, Field>()
  return { ...object, field }

  function field(name: string): Field {
    const known = fields.get(name) ?? object.field(name)
    fields.set(name, known)
    return known
  }
}
