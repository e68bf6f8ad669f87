/**
 * What a value may be: a set of JSON values, described by facets, one for each kind, and whether there may be no value at all. A schema of
 * any language is read into this, and every part of an expression gets one.
 */
export interface Type {
  /** There may be no value: the field is missing, the path leads nowhere. */
  readonly isAbsent: boolean
  /** Nothing is known: it may be any value. The facets then count for nothing. */
  readonly isUnknown: boolean
  /** The evaluation may end with an error that the data caused. */
  readonly isFault: boolean
  readonly isNull: boolean
  /** Those of true and false that it may be. */
  readonly booleans: readonly boolean[]
  readonly numbers: Numbers | undefined
  readonly texts: Texts | undefined
  readonly lists: Lists | undefined
  /** Objects that it may be, one of several: a variant of a `oneOf`, say. */
  readonly objects: readonly ObjectType[]
  readonly functions: FunctionValue | undefined
}

export interface Numbers {
  readonly min: number
  readonly max: number
  /** The bound itself is not among the numbers. */
  readonly isMinOpen: boolean
  readonly isMaxOpen: boolean
  readonly isInteger: boolean
  /** All the numbers there are, if they are few. */
  readonly values: readonly number[] | undefined
}

export interface Texts {
  /** All the texts there are, if they are few. */
  readonly values: readonly string[] | undefined
  /** In characters. */
  readonly minLength: number
  readonly maxLength: number
  /** Formats of JSON Schema that all of them have. */
  readonly formats: readonly string[]
  /** Regular expressions that all of them match. */
  readonly patterns: readonly string[]
  readonly letterCase: 'upper' | 'lower' | undefined
}

export interface Lists {
  /** Asked for only when needed, for types may contain themselves. */
  readonly item: () => Type
  readonly minItems: number
  readonly maxItems: number
  /** JSONata made the list by walking over several values: with one of them, it would be that value and no list. */
  readonly isSequence: boolean
}

/**
 * What is known of one field of an object:
 * - `described`: its schema names the field.
 * - `undescribed`: the schema names other fields, and allows more than those.
 * - `excluded`: no valid object has the field.
 * - `open`: the schema says nothing about fields.
 */
export type Standing = 'described' | 'undescribed' | 'excluded' | 'open'

export interface Field {
  readonly standing: Standing
  readonly type: Type
}

/** One kind of object. Fields are asked for by name, so that a schema of thousands of them costs only what rules use. */
export interface ObjectType {
  readonly field: (name: string) => Field
  /** The names that are described. */
  readonly names: () => readonly string[]
  /** Fields by whose values kinds of objects differ: those with constants. */
  readonly decisive: () => readonly string[]
}

/** A function as a value; what is known of it is for the room that calls it. */
export interface FunctionValue {
  readonly call?: (args: readonly Type[]) => Type
  readonly regex?: RegExp
}

/** No value is possible: a contradiction. */
export const NEVER: Type = {
  isAbsent: false,
  isUnknown: false,
  isFault: false,
  isNull: false,
  booleans: [],
  numbers: undefined,
  texts: undefined,
  lists: undefined,
  objects: [],
  functions: undefined,
}

/** The evaluation certainly ends with an error. */
export const FAULT: Type = { ...NEVER, isFault: true }
export const ABSENT: Type = { ...NEVER, isAbsent: true }
/** Any value, but not none. */
export const ANY: Type = { ...NEVER, isUnknown: true }
/** Nothing at all is known. */
export const UNKNOWN: Type = { ...ANY, isAbsent: true, isFault: true }
export const NULL: Type = { ...NEVER, isNull: true }
export const BOOLEAN: Type = { ...NEVER, booleans: [true, false] }

export const ALL_NUMBERS: Numbers = {
  min: -Infinity,
  max: Infinity,
  isMinOpen: false,
  isMaxOpen: false,
  isInteger: false,
  values: undefined,
}

export const ALL_TEXTS: Texts = {
  values: undefined,
  minLength: 0,
  maxLength: Infinity,
  formats: [],
  patterns: [],
  letterCase: undefined,
}

export const NUMBER: Type = { ...NEVER, numbers: ALL_NUMBERS }
export const TEXT: Type = { ...NEVER, texts: ALL_TEXTS }
export const FUNCTION: Type = { ...NEVER, functions: {} }

export function numberType(numbers: Partial<Numbers>): Type {
  return { ...NEVER, numbers: { ...ALL_NUMBERS, ...numbers } }
}

export function textType(texts: Partial<Texts>): Type {
  return { ...NEVER, texts: { ...ALL_TEXTS, ...texts } }
}

export function objectType(object: ObjectType): Type {
  return { ...NEVER, objects: [object] }
}

/** A list; without more, of any length. */
export function listType(item: () => Type, lists: Partial<Omit<Lists, 'item'>> = {}): Type {
  return { ...NEVER, lists: { item, minItems: 0, maxItems: Infinity, isSequence: false, ...lists } }
}

export function present(type: Type): Type {
  return type.isAbsent ? { ...type, isAbsent: false } : type
}

export function orAbsent(type: Type): Type {
  return type.isAbsent ? type : { ...type, isAbsent: true }
}

export function orFault(type: Type): Type {
  return type.isFault ? type : { ...type, isFault: true }
}

/** Whether there may be a value of any kind. */
export function hasValue(type: Type): boolean {
  return (
    type.isUnknown ||
    type.isNull ||
    type.booleans.length > 0 ||
    type.numbers !== undefined ||
    type.texts !== undefined ||
    type.lists !== undefined ||
    type.objects.length > 0 ||
    type.functions !== undefined
  )
}

export function isNever(type: Type): boolean {
  return !hasValue(type) && !type.isAbsent
}

/** Nothing else than a value that is neither list nor object nor function. */
export function isScalar(type: Type): boolean {
  return !type.isUnknown && !type.lists && type.objects.length === 0 && !type.functions
}
