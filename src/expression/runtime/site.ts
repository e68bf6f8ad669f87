/** Where upstream says that an error arose. */
export interface Place {
  readonly position: number | undefined
  readonly token: unknown
}

/** A place of a node, and that of the operator `and` or `or` on whose right side it stands, if any: upstream names that one. */
export interface Site extends Place {
  readonly override: Place | undefined
  /** How deep the node is nested in its function. */
  readonly depth: number
}
