import { type Runtime, runtime } from '../runtime/runtime.ts'
import type { Node } from '../analyse/node.ts'
import type { Sharing } from '../analyse/sharing.ts'
import { FunctionScope, type Local } from './function-scope.ts'
import { writeText } from './text.ts'

export type RuntimeName = keyof Runtime

/** The source of a factory `(R, K) => main`, and the constants K. */
export interface GeneratedSource {
  readonly source: string
  readonly constants: readonly unknown[]
}

/** What may be read of an event at once, whatever becomes of the members: properties of plain objects. */
interface Load {
  readonly id: string
  readonly js: string
}

/** A whole generated source in the making: its constants, its functions, and what its main function computes first. */
export class Unit {
  /** The function that is called for each event. */
  readonly main = new FunctionScope(undefined)
  readonly rootInput: Local = { id: 'i', owner: this.main }
  readonly root: Local = { id: 'root', owner: this.main }
  readonly frame: Local = { id: 'e', owner: this.main }
  /** The trees whose text it is. */
  readonly roots = new Set<Node>()
  /** Why parts of the tree are left to the interpreter. */
  readonly interpreted: string[] = []
  /** What the members of a set have in common. */
  readonly sharing: Sharing | undefined
  readonly #externals: ReadonlySet<string>
  readonly #constants: unknown[] = []
  readonly #constantIds = new Map<unknown, string>()
  readonly #used = new Set<RuntimeName>()
  readonly #hoisted: string[] = []
  readonly #loads = new Map<string, Load>()
  #lastId = 0

  /** `externals` are the variables that the caller gives. */
  constructor(externals: ReadonlySet<string>, sharing?: Sharing) {
    this.#externals = externals
    this.sharing = sharing
  }

  newId(prefix: string): string {
    return `${prefix}${this.#lastId++}`
  }

  /** The name of a function of the runtime library. */
  use(name: RuntimeName): string {
    this.#used.add(name)
    return `R_${name}`
  }

  /** The name of a constant that can't be written as text. Equal strings and the same objects have the same name. */
  constant(value: unknown): string {
    const known = this.#constantIds.get(value)
    if (known !== undefined) return known
    const id = `k${this.#constants.length}`
    this.#constants.push(value)
    this.#constantIds.set(value, id)
    return id
  }

  /** Puts an expression in front of the main function: it is evaluated once for all events. */
  hoist(js: string): string {
    const id = this.newId('h')
    this.#hoisted.push(`const ${id} = ${js};`)
    return id
  }

  /** A variable that the caller gives, or undefined if it gives none of this name. It is asked for once for each event. */
  external(name: string): Local | undefined {
    if (!this.#externals.has(name)) return undefined
    return this.#declareOnce(`external ${name}`, 'x')
  }

  /** A place for a value that several parts of the main function have in common. */
  shared(key: string): Local {
    return this.#declareOnce(`shared ${key}`, 's')
  }

  readonly #slots = new Map<string, Local>()

  #declareOnce(key: string, prefix: string): Local {
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const local = { id: this.newId(prefix), owner: this.main }
    this.main.declare(`${local.id} = ${this.use('UNSET')}`)
    this.#slots.set(key, local)
    return local
  }

  /** The last of a chain of properties of the event, read once; undefined where one of them is missing or is within a list. */
  load(keys: readonly string[]): Local {
    let js = this.rootInput.id
    let id = js
    for (const [index, key] of keys.entries()) {
      const chain = JSON.stringify(keys.slice(0, index + 1))
      const load = this.#loads.get(chain) ?? { id: this.newId('l'), js: `${js}?.[${writeText(key)}]` }
      this.#loads.set(chain, load)
      js = load.id
      id = load.id
    }
    return { id, owner: this.main }
  }

  /** The whole source, with the main function's parameters and the rest of its body. */
  finish(parameters: string, body: string): GeneratedSource {
    const loads = [...this.#loads.values()].map(({ id, js }) => `const ${id} = ${js};`).join('\n')
    const input = `const i = ${this.use('isList')}(root) ? ${this.use('wrapRoot')}(root) : root;`
    const source = [
      '"use strict";',
      ...[...this.#used].map((name) => `const R_${name} = R.${name};`),
      ...this.#constants.map((_, index) => `const k${index} = K[${index}];`),
      ...this.#hoisted,
      `return function evaluate(${parameters}) {`,
      this.main.declarations,
      input,
      loads,
      body,
      '}',
    ]
    return { source: source.join('\n'), constants: this.#constants }
  }
}

/**
 * Makes the main function out of a unit's source, or gives undefined if the source nests too deeply for JavaScript's own parser. The only
 * text in it that users wrote is within string literals.
 */
export function tryInstantiate<T>({ source, constants }: GeneratedSource): T | undefined {
  try {
    // eslint-disable-next-line typescript/no-implied-eval -- this is what the compiler is for
    const factory = new Function('R', 'K', source) as (library: Runtime, constants: readonly unknown[]) => T
    return factory(runtime, constants)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
