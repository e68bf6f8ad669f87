import type { Kind } from '../analyse/kind.ts'
import type { Local } from './function-scope.ts'

/** A variable of a block or function, as one of JavaScript. */
export interface Variable {
  readonly local: Local
  readonly bindings: number
  /** It has been bound wherever one can see it from now on. */
  isBound: boolean
  kind: Kind
}

/** Names that an expression binds, from the inside out. */
export type Scope = FrameScope | TupleScope

/** The names of a block, a function or the whole expression. */
export interface FrameScope {
  readonly type: 'frame'
  readonly variables: Map<string, Variable>
  readonly parent: Scope | undefined
}

/** Names that may be in the frame of a tuple: only its frame knows which are. */
export interface TupleScope {
  readonly type: 'tuple'
  readonly names: ReadonlySet<string>
  readonly frame: Local
  /** The frame around: where there is no tuple, the two are the same. */
  readonly outerFrame: Local
  readonly parent: Scope | undefined
}
