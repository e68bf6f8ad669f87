import type { Contract, FieldNote } from '../model/contract.ts'

/** What may be seen of a value: itself, a keyed hash, nothing. */
export type Visibility = 'shown' | 'hashed' | 'hidden'

/** A dotted path as names. */
export type FieldPath = readonly string[]

const BY_CLASS: Readonly<Record<NonNullable<FieldNote['pii']>, Visibility>> = {
  high: 'hidden',
  low: 'hashed',
  none: 'shown',
}
const STRICTEST_FIRST: readonly Visibility[] = ['hidden', 'hashed', 'shown']

/** What may be seen of the fields of a contract's events. */
export class FieldMasks {
  /** Paths whose values may be shown, as far as their class allows it. */
  readonly allowed: readonly FieldPath[]
  readonly #classes: ReadonlyMap<string, Visibility>
  readonly #hidden: readonly FieldPath[]

  constructor({ samples, fields }: Pick<Contract, 'samples' | 'fields'>) {
    this.allowed = samples.map((path) => path.split('.'))
    this.#classes = new Map(Object.entries(fields).map(([path, { pii }]) => [path, BY_CLASS[pii ?? 'none']]))
    this.#hidden = [...this.#classes].flatMap(([path, seen]) => (seen === 'hidden' ? [path.split('.')] : []))
  }

  /** By the class of the field and of all that it is part of, whichever is strictest. Not by the allow-list. */
  visibility(path: FieldPath): Visibility {
    const found = path.map((_, index) => this.#classes.get(path.slice(0, index + 1).join('.')))
    return STRICTEST_FIRST.find((each) => found.includes(each)) ?? 'shown'
  }

  /**
   * Whether a path is that of a hidden field, of one inside it, or of one around it. Within brackets paths start from somewhere inside of
   * the event, so that the last name decides too.
   */
  isAboutHidden(path: FieldPath): boolean {
    return (
      this.#hidden.some(
        (hidden) => hidden.at(-1) === path.at(-1) || path.every((name, index) => hidden[index] === name),
      ) || this.visibility(path) === 'hidden'
    )
  }

  /** Whether the allow-list names the field or something that it is part of. */
  isAllowed(path: FieldPath): boolean {
    return this.allowed.some((allowed) => allowed.every((name, index) => path[index] === name))
  }
}
