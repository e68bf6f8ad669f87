import type { Pattern } from './pattern.ts'

/** How many steps a backtracking engine may take from one starting place. */
interface Cost {
  /** Ways to match, as a factor of the steps. */
  readonly ways: number
  /** Atoms and anchors passed on one way, but for those of open repeats. */
  readonly size: number
  /** Open repeats: each multiplies the steps by the text's length. */
  readonly openRepeats: number
}

/** Steps for each character of the text that count as cheap. */
const MAX_STEPS_PER_CHARACTER = 200
/** Steps for a whole text that count as cheap. */
const MAX_STEPS = 100_000

/**
 * True if JavaScript's own backtracking engine provably takes a number of steps that grows at most linearly with the text, and slowly.
 * The proof is deliberately coarse: the steps from one starting place are at most ways × size, times the text's length for each open
 * repeat of one atom; and every character is a starting place unless the pattern is bound to the text's start. A repeat without limit
 * of anything but one atom is never cheap.
 */
export function isCheapForNative(pattern: Pattern, isMultiline: boolean): boolean {
  const { ways, size, openRepeats } = costOf(pattern)
  const isBound = !isMultiline && startsAtTextStart(pattern)
  const growth = openRepeats + (isBound ? 0 : 1)
  if (growth === 0) return ways * size <= MAX_STEPS
  return growth === 1 && ways * size <= MAX_STEPS_PER_CHARACTER
}

function costOf(pattern: Pattern): Cost {
  switch (pattern.kind) {
    case 'atom':
    case 'anchor':
      return { ways: 1, size: 1, openRepeats: 0 }
    case 'group':
      return costOf(pattern.body)
    case 'repeat':
      return costOfRepeat(costOf(pattern.body), pattern.min, pattern.max, pattern.body.kind === 'atom')
    case 'sequence':
      return pattern.parts.map(costOf).reduce(inSequence, { ways: 1, size: 1, openRepeats: 0 })
    case 'choice':
      return pattern.options.map(costOf).reduce(asAlternatives)
  }
}

function costOfRepeat(body: Cost, min: number, max: number, isAtom: boolean): Cost {
  if (Number.isFinite(max)) {
    // An open repeat inside a bounded one multiplies: `(a*){3}` is a*a*a*.
    return {
      ways: body.ways ** max * (max - min + 1),
      size: body.size * max + 1,
      openRepeats: body.openRepeats * max,
    }
  }
  return isAtom
    ? { ways: 1, size: min + 1, openRepeats: 1 }
    : { ways: Infinity, size: Infinity, openRepeats: Infinity }
}

function inSequence(a: Cost, b: Cost): Cost {
  return { ways: a.ways * b.ways, size: a.size + b.size, openRepeats: a.openRepeats + b.openRepeats }
}

function asAlternatives(a: Cost, b: Cost): Cost {
  return {
    ways: a.ways + b.ways,
    size: Math.max(a.size, b.size),
    openRepeats: Math.max(a.openRepeats, b.openRepeats),
  }
}

function startsAtTextStart(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'anchor':
      return pattern.text === '^'
    case 'group':
      return startsAtTextStart(pattern.body)
    case 'sequence':
      return pattern.parts[0] !== undefined && startsAtTextStart(pattern.parts[0])
    case 'choice':
      return pattern.options.every(startsAtTextStart)
    case 'atom':
    case 'repeat':
      return false
  }
}
