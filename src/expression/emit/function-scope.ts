/** One JavaScript function that is being written, and the names that are declared in it. */
export class FunctionScope {
  readonly parent: FunctionScope | undefined
  /** True once its text uses a name of a function around it: then it can't be moved out of that. */
  isClosure = false
  readonly #declared: string[] = []

  constructor(parent: FunctionScope | undefined) {
    this.parent = parent
  }

  declare(name: string): void {
    this.#declared.push(name)
  }

  /** The declarations to put at the beginning of the body. */
  get declarations(): string {
    return this.#declared.length === 0 ? '' : `let ${this.#declared.join(', ')};`
  }
}

/** A name in the generated source, and the function that it belongs to. */
export interface Local {
  readonly id: string
  readonly owner: FunctionScope
}

/** The text of a name that is used in `user`, which makes closures of all functions between the two. */
export function useLocal({ id, owner }: Local, user: FunctionScope): string {
  for (let scope = user; scope !== owner && scope.parent !== undefined; scope = scope.parent)
    scope.isClosure = true
  return id
}
