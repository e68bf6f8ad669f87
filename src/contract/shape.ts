import type { ErrorCode } from '../errors/register.ts'
import type { LocatedText } from '../model/contract.ts'
import type { JsonTree } from '../model/json-tree.ts'
import type { Location } from '../model/problem.ts'

/**
 * The vocabulary in which the contract language is described. The description is data: `read-shape.ts` interprets it, and what else
 * must agree with it (the JSON Schema for editors, the reference page) is made from it.
 */
export type Shape =
  | TextShape
  | ExpressionShape
  | PathShape
  | DurationShape
  | NumberShape
  | ChoiceShape
  | ReferenceShape
  | ListShape
  | MappingShape
  | RecordShape
  | EitherShape
  | JsonShape
  | AnythingShape

/** A rule for text: a regular expression that it must match (JavaScript's, with flag `u`), and the same in words, to end "must be …". */
export interface Pattern {
  readonly regex: string
  readonly says: string
}

export interface TextShape {
  readonly kind: 'text'
  readonly pattern?: Pattern
  readonly maxLength?: number
}

/** A JSONata expression: its text keeps the way back to the file. */
export interface ExpressionShape {
  readonly kind: 'expression'
}

/** A file, by its path relative to the contract's file. */
export interface PathShape {
  readonly kind: 'path'
  readonly pattern: Pattern
}

/** A length of time such as 30d. */
export interface DurationShape {
  readonly kind: 'duration'
}

/** A number strictly between the two bounds. */
export interface NumberShape {
  readonly kind: 'number'
  /** Without a fraction. */
  readonly whole?: true
  readonly above: number
  readonly below: number
}

export interface Choice {
  readonly value: string
  readonly description: string
  /** Part of the language, but this version can't do it yet. */
  readonly later?: true
}

/** One of a closed set of words. */
export interface ChoiceShape {
  readonly kind: 'choice'
  readonly choices: readonly Choice[]
}

/** The id of a rule, say, of the same file; with `check`, of one that has this key. */
export interface ReferenceShape {
  readonly kind: 'reference'
  readonly to: string
  readonly check?: string
}

export interface ListShape {
  readonly kind: 'list'
  readonly of: Shape
  readonly nonEmpty?: true
  /** The key that no two records of the list may have the same value of, in its form as a metric tag. */
  readonly uniqueBy?: string
}

/** Names of the author's choice, each with a value of one shape. */
export interface MappingShape {
  readonly kind: 'mapping'
  /** What a name is, in a word or two. */
  readonly names: string
  readonly pattern: Pattern
  /** Names that Assay gives a meaning to, with that meaning. */
  readonly known?: Readonly<Record<string, string>>
  readonly of: Shape
  /** A key without a value stands for a mapping without names. */
  readonly canBeEmpty?: true
}

/** A closed set of keys. */
export interface RecordShape {
  readonly kind: 'record'
  /** With its article, as messages name it: "a rule". */
  readonly name: string
  /** For records that messages name: the word for one, and the key that tells them apart. */
  readonly subject?: { readonly noun: string; readonly by: string }
  readonly keys: Readonly<Record<string, KeyShape>>
  /** What the keys of the group called `check` have in common: exactly one of them must be there. */
  readonly exactlyOne?: ExactlyOne
  /** Keys of which at least one must be there. */
  readonly atLeastOne?: AtLeastOne
}

export interface AtLeastOne {
  readonly of: readonly string[]
  readonly code: ErrorCode
  /** What they have in common, with its article. */
  readonly what: string
}

export interface ExactlyOne {
  readonly group: string
  readonly explain: string
  /** What to do with several; without it, to make one of each. */
  readonly mend?: string
  /** The codes of the mistakes; without them, those of a rule. */
  readonly codes?: { readonly none: ErrorCode; readonly several: ErrorCode }
}

/** A value with a short form, which is a scalar, and a long one, which is a list or a mapping. */
export interface EitherShape {
  readonly kind: 'either'
  readonly short: TextShape | ChoiceShape
  readonly long: ListShape | RecordShape
}

/** Any value that JSON can write: data, which has no shape here. */
export interface JsonShape {
  readonly kind: 'json'
  readonly isMapping?: true
}

/** The value of a key that this version refuses anyway. */
export interface AnythingShape {
  readonly kind: 'anything'
}

export interface KeyShape {
  /** For the author of a contract: what the key means, as sentences. */
  readonly description: string
  /** A value as it could be written after `key:`, in YAML's flow style. */
  readonly example: string
  readonly value: Shape
  readonly required?: true
  /** The value that a missing key stands for. */
  readonly default?: string
  /** Part of the language, but this version can't do it yet. */
  readonly later?: true
  /** The group of keys of which exactly one may be there. */
  readonly group?: string
  /** The keys of which one must be there too. */
  readonly onlyWith?: readonly string[]
  /** The key that must not be there too. */
  readonly notWith?: string
}

/** A value that was read, and where it stands. A default stands nowhere. */
export interface Read<T, Place extends Location | undefined = Location> {
  readonly value: T
  readonly at: Place
}

/** A value of a mapping, and where its name stands. */
export interface Named<T> extends Read<T> {
  readonly nameAt: Location
}

type ChosenFrom<C extends Choice> = C extends { readonly later: true } ? never : C['value']

/** The type of the values that a shape admits. */
export type ValueOf<S> = S extends { readonly kind: 'text' | 'duration' | 'reference' }
  ? string
  : S extends { readonly kind: 'expression' | 'path' }
    ? LocatedText
    : S extends { readonly kind: 'number' }
      ? number
      : S extends { readonly kind: 'choice'; readonly choices: readonly (infer C extends Choice)[] }
        ? ChosenFrom<C>
        : S extends { readonly kind: 'list'; readonly of: infer Item }
          ? readonly Read<ValueOf<Item>>[]
          : S extends { readonly kind: 'mapping'; readonly of: infer Item }
            ? ReadonlyMap<string, Named<ValueOf<Item>>>
            : S extends { readonly kind: 'record'; readonly keys: infer Keys }
              ? { readonly [Key in keyof Keys]: ReadKey<Keys[Key]> }
              : S extends { readonly kind: 'either'; readonly short: infer Short; readonly long: infer Long }
                ? ValueOf<Short> | ValueOf<Long>
                : S extends { readonly kind: 'json' }
                  ? JsonTree
                  : unknown

type ReadKey<K> = K extends { readonly value: infer S }
  ? K extends { readonly required: true }
    ? Read<ValueOf<S>>
    : K extends { readonly default: string }
      ? Read<ValueOf<S>, Location | undefined>
      : Read<ValueOf<S>> | undefined
  : never
