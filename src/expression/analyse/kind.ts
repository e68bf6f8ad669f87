/** What a value may be, as a set of bits: the compiler leaves out tests that can't fail. */
export type Kind = number

export const UNDEFINED: Kind = 1
export const NULL: Kind = 2
export const BOOLEAN: Kind = 4
export const NUMBER: Kind = 8
export const STRING: Kind = 16
/** A list that is no sequence: one of the event, or of an array constructor. */
export const ARRAY: Kind = 32
/** A list that JSONata made on its way, which collapses to its only item. */
export const SEQUENCE: Kind = 64
export const OBJECT: Kind = 128
export const FUNCTION: Kind = 256
/** Objects and lists may hold what no event holds: sequences and functions. */
export const MADE: Kind = 512

/** Anything that can stand in an event. */
export const EVENT: Kind = UNDEFINED | NULL | BOOLEAN | NUMBER | STRING | ARRAY | OBJECT
export const ANY: Kind = EVENT | SEQUENCE | FUNCTION | MADE

/** True if every value of this kind is of the other kind as well. */
export function isWithin(kind: Kind, other: Kind): boolean {
  return (kind & ~other) === 0
}

export function mayBe(kind: Kind, other: Kind): boolean {
  return (kind & other) !== 0
}

/** True if a value of this kind holds nothing but data of the event, however deep one looks. */
export function isEventData(kind: Kind): boolean {
  return !mayBe(kind, FUNCTION | MADE)
}

/**
 * The kind of a collapsed value: one that was a sequence may be any of its items. In event data, sequences hold no sequences, so that one
 * that is still there never collapses again and is a list like any other.
 */
export function collapsed(kind: Kind): Kind {
  if (!mayBe(kind, SEQUENCE)) return kind
  return isEventData(kind) ? EVENT : ANY
}
