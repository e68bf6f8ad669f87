/** Pairs of schemas that were met: schemas may refer to themselves. */
export class MetPairs {
  readonly #partners = new Map<object, Set<object>>()
  readonly #before: MetPairs | undefined

  /** @param before pairs that count as met as well; they stay as they are */
  constructor(before?: MetPairs) {
    this.#before = before
  }

  /** Adds a pair; false if it was there. */
  add(base: object, head: object): boolean {
    if (this.#has(base, head)) return false
    const partners = this.#partners.get(base) ?? new Set()
    this.#partners.set(base, partners.add(head))
    return true
  }

  #has(base: object, head: object): boolean {
    if (this.#partners.get(base)?.has(head) === true) return true
    return this.#before !== undefined && this.#before.#has(base, head)
  }
}
