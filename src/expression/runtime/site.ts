/** Where upstream says that an error arose. */
export interface Place {
  readonly position: number | undefined
  readonly token: unknown
}

/** The place of the outermost `and` or `or` on whose right side something stands, and that of the innermost. */
export interface Override extends Place {
  readonly closest: Place
}

/** A place of a node, and that of the operator `and` or `or` on whose right side it stands, if any: upstream names that one. */
export interface Site extends Place {
  readonly override: Override | undefined
  /** How deep the node is nested in its function. */
  readonly depth: number
}
