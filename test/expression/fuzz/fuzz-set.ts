import {
  type CompiledExpression,
  ExpressionFault,
  ExpressionSet,
  ExpressionSyntaxError,
  OUTCOME,
  compileExpression,
} from '../../../src/expression/index.ts'
import { markedText } from './outcome.ts'
import type { Random } from './random.ts'
import { RandomExpression } from './random-expression.ts'
import { randomJson } from './random-json.ts'

const CONTEXT = { nowMs: Date.UTC(2025, 5, 1, 12), variable: (name: string) => `the ${name}` }

/** How one part of a rule is made of parts that other rules of the set have too. */
const SHAPES: readonly ((a: string, b: string) => string)[] = [
  (a) => a,
  (a, b) => `(${a}) = (${b})`,
  (a) => `$exists(${a})`,
  (a, b) => `$exists(${a}) and $boolean(${b})`,
  (a, b) => `$count(${a}) > 0 ? (${b}) : true`,
  (a, b) => `(${a}) in [${b}, 1, "a"]`,
  (a) => `$not(${a})`,
  (a, b) => `(${a}) > (${b})`,
  (a) => `$string($topic) & $string(${a}) != ""`,
]

/** Compiles several expressions with parts in common as one set. Says how a member's outcome differs from that of the member alone. */
export function differenceInSet(random: Random): string | undefined {
  const texts = new RandomExpression(random)
  const pool = Array.from({ length: 4 }, () => texts.make(1 + random.below(3)))
  const write = () => random.pick(SHAPES)(random.pick(pool), random.pick(pool))
  const members = Array.from({ length: 6 }, () => ({
    condition: random.chance(0.4) ? compileIfAllowed(write()) : undefined,
    assertion: random.chance(0.9) ? compileIfAllowed(write()) : undefined,
  }))
  const set = new ExpressionSet(members)
  for (let round = 0; round < 2; round++) {
    const input = JSON.stringify(randomJson(random))
    set.evaluate(JSON.parse(input), CONTEXT)
    for (const index of members.keys()) {
      const alone = set.interpretMember(index, JSON.parse(input), CONTEXT)
      const inSet = { outcome: set.outcomes[index], detail: set.detail(index) }
      if (isOverrun(inSet.detail) || isOverrun(alone.detail) || text(inSet) === text(alone)) continue
      const sources = members.map(({ condition, assertion }) => [condition?.source, assertion?.source])
      return JSON.stringify({ index, sources, input, inSet: text(inSet), alone: text(alone) }, undefined, 2)
    }
  }
  return undefined
}

function compileIfAllowed(source: string): CompiledExpression | undefined {
  try {
    return compileExpression(source)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined
    throw error
  }
}

function isOverrun(detail: unknown): boolean {
  return detail instanceof ExpressionFault && (detail.code === 'D1012' || detail.code === 'D1011')
}

function text({ outcome, detail }: { outcome: unknown; detail: unknown }): string {
  const name = Object.entries(OUTCOME).find(([, value]) => value === outcome)?.[0]
  return `${name} ${markedText(detail)}`
}
