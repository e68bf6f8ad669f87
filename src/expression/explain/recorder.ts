import type { Observer, SyntaxNode } from '#jsonata-sync'
import type { Turn } from './explanation.ts'

/** One evaluation of one node of the syntax tree, with those that happened during it. */
export interface Frame {
  readonly node: SyntaxNode
  readonly parent: Frame | undefined
  /** In the order of evaluation; of a node that is evaluated again and again, the first ones of each kind of outcome. */
  readonly children: Frame[]
  /** How often each node was evaluated during this one, with what kinds of outcomes. */
  readonly counts: Map<SyntaxNode, Counts>
  /** Which evaluation of its node this is within the parent, from 1. */
  readonly index: number
  /** False while it is going on, and for ever if it ended with a fault. */
  hasEnded: boolean
  value: unknown
  /** Frames in here, with this one. */
  size: number
}

interface Counts {
  total: number
  readonly byKind: Map<unknown, number>
}

/** Of evaluations of one node in one place that had the same kind of outcome, so many are kept. */
const KEPT_OF_A_KIND = 2
/** No more frames than this are kept: enough for every expression that a person reads, and no burden for the others. */
const MAX_FRAMES = 20_000

/** Writes down what is evaluated, within bounds that no number of items breaks. */
export class Recorder implements Observer {
  root: Frame | undefined
  #current: Frame | undefined
  /** Nodes entered and not yet left for which there was no room. */
  #unrecorded = 0

  enter(node: SyntaxNode): void {
    if (this.#unrecorded > 0 || (this.root !== undefined && this.root.size >= MAX_FRAMES)) {
      this.#unrecorded++
      return
    }
    const parent = this.#current
    const frame = createFrame(node, parent)
    parent?.children.push(frame)
    this.root ??= frame
    this.#current = frame
    grow(parent, 1)
  }

  leave(_: SyntaxNode, value: unknown): void {
    const frame = this.#current
    if (this.#unrecorded > 0 || frame === undefined) {
      this.#unrecorded--
      return
    }
    frame.hasEnded = true
    frame.value = value
    this.#current = frame.parent
    if (frame.parent !== undefined && isOneTooMany(frame, frame.parent)) {
      frame.parent.children.pop()
      grow(frame.parent, -frame.size)
    }
  }
}

/** Which of several evaluations in a row this was. */
export function turnOf({ node, parent, index }: Frame): Turn | undefined {
  const of = parent?.counts.get(node)?.total ?? 1
  return of > 1 ? { index, of } : undefined
}

/** Whether a node was evaluated during `frame`, and never with a value. */
export function hadNoValue({ counts }: Frame, node: SyntaxNode): boolean {
  const seen = counts.get(node)
  return seen !== undefined && seen.byKind.get(undefined) === seen.total
}

function createFrame(node: SyntaxNode, parent: Frame | undefined): Frame {
  const index = parent === undefined ? 1 : countTurn(parent, node)
  return { node, parent, children: [], counts: new Map(), index, hasEnded: false, value: undefined, size: 1 }
}

function countTurn({ counts }: Frame, node: SyntaxNode): number {
  const seen = counts.get(node) ?? { total: 0, byKind: new Map() }
  counts.set(node, seen)
  return ++seen.total
}

function isOneTooMany({ node, value }: Frame, parent: Frame): boolean {
  const byKind = parent.counts.get(node)?.byKind ?? new Map<unknown, number>()
  const kind = typeof value === 'boolean' || value === undefined ? value : 'other'
  const count = (byKind.get(kind) ?? 0) + 1
  byKind.set(kind, count)
  return count > KEPT_OF_A_KIND
}

function grow(frame: Frame | undefined, frames: number): void {
  for (let above = frame; above !== undefined; above = above.parent) above.size += frames
}
