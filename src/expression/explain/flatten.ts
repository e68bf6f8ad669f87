import type { Branch } from './branches.ts'
import type { Explanation, ExplanationStep } from './explanation.ts'

const MAX_STEPS = 40

/** The tree as a list, the outermost first. Where it has too many branches, the innermost are left out first. */
export function flatten(root: Branch, source: string): Explanation {
  const steps = stepsOf(root, 0, source)
  const depth = deepestThatFits(steps)
  const kept = steps.filter((step) => step.depth <= depth).slice(0, MAX_STEPS)
  return { outcome: root.outcome, steps: withOrigin(kept), omitted: steps.length - kept.length }
}

function stepsOf({ place, inside, ...branch }: Branch, depth: number, source: string): ExplanationStep[] {
  const { offset, length } = place
  const text = source.slice(offset, offset + length)
  const step = { text, offset, length, depth, ...branch }
  return [step, ...inside.flatMap((child) => stepsOf(child, depth + 1, source))]
}

/** At least 1: what is directly inside an expression is shown, as far as there is room. */
function deepestThatFits(steps: readonly ExplanationStep[]): number {
  let depth = Math.max(...steps.map((step) => step.depth))
  while (depth > 1 && steps.filter((step) => step.depth <= depth).length > MAX_STEPS) depth--
  return depth
}

/** Where a fault arose in what is not shown, the last of the steps around it stands for that. */
function withOrigin(steps: readonly ExplanationStep[]): readonly ExplanationStep[] {
  if (steps.some(({ outcome }) => outcome.kind === 'fault' && outcome.isOrigin)) return steps
  const nearest = steps.findLastIndex(({ outcome }) => outcome.kind === 'fault')
  return steps.map((step, index) =>
    index === nearest && step.outcome.kind === 'fault'
      ? { ...step, outcome: { ...step.outcome, isOrigin: true } }
      : step,
  )
}
