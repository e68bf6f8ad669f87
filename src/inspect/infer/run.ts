import { placeOfSyntax } from '../../expression/index.ts'
import type { Place, SyntaxNode } from '../../expression/index.ts'
import type { ErrorCode } from '../../errors/register.ts'
import type { Finding } from '../finding.ts'
import type { Type } from '../types/type.ts'
import type { Scope, Spot } from './scope.ts'

/** A field of the event that some events do not have, or have empty, and an expression relies on. */
export interface Gap {
  readonly kind: 'missing' | 'null' | 'empty'
  readonly spot: Spot
  readonly place: Place
  /** The whole path that leads through it. */
  readonly path: Place
  readonly text: string
}

/** Nodes that may be looked at in one run: an expression that calls its own functions could go on for ever. */
const MAX_NODES = 20_000
/** Calls within calls. */
export const MAX_CALL_DEPTH = 6

/** One pass over an expression: what is found, and how much has been looked at. */
export class Run {
  readonly source: string
  readonly findings: Finding[] = []
  readonly gaps: Gap[] = []
  callDepth = 0
  #nodes = 0
  #muted = 0
  readonly #infer: (node: SyntaxNode, scope: Scope, run: Run) => Type

  constructor(source: string, infer: (node: SyntaxNode, scope: Scope, run: Run) => Type) {
    this.source = source
    this.#infer = infer
  }

  /** What the value of a node may be. */
  infer(node: SyntaxNode, scope: Scope): Type {
    return this.#infer(node, scope, this)
  }

  /** Counts one more node, and says whether there is enough left to look into it. */
  mayGoOn(): boolean {
    this.#nodes += 1
    return this.#nodes <= MAX_NODES
  }

  /** Does something without reporting: what is looked at twice is reported once. */
  quietly<T>(work: () => T): T {
    this.#muted += 1
    try {
      return work()
    } finally {
      this.#muted -= 1
    }
  }

  /** Nothing is reported just now: then a value must be what it is, and not what would hide a mistake that has been reported. */
  get isQuiet(): boolean {
    return this.#muted > 0
  }

  report(code: ErrorCode, at: SyntaxNode | Place, message: string, hint: string): void {
    this.#add({ code, severity: 'warning', message, hint, place: this.placeOf(at) })
  }

  reportError(code: ErrorCode, at: SyntaxNode | Place, message: string, hint: string): void {
    this.#add({ code, severity: 'error', message, hint, place: this.placeOf(at) })
  }

  noteGap(gap: Gap): void {
    if (this.#muted === 0) this.gaps.push(gap)
  }

  placeOf(at: SyntaxNode | Place): Place {
    if (!('type' in at)) return at
    return placeOfSyntax(at) ?? { offset: 0, length: Math.max(1, this.source.length) }
  }

  /** A node as it is written. */
  textOf(at: SyntaxNode | Place): string {
    const { offset, length } = this.placeOf(at)
    const text = this.source
      .slice(offset, offset + length)
      .replaceAll(/\s+/g, ' ')
      .trim()
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
  }

  #add(finding: Finding): void {
    const isKnown = ({ code, place }: Finding) =>
      code === finding.code && place.offset === finding.place.offset
    if (this.#muted === 0 && !this.findings.some(isKnown)) this.findings.push(finding)
  }
}

const MAX_TEXT = 60
