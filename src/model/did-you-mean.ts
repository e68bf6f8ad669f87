/**
 * The candidate that a person most likely meant by `word`, or undefined if none is near: at most one edit for every three letters
 * (and never more than three), where an edit is a letter added, left out, changed, or swapped with its neighbour. Letter case counts
 * for nothing. Of equally near candidates the first one wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  let best: string | undefined
  let bestEdits = Math.min(3, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const edits = countEdits(wanted, candidate.toLowerCase())
    if (edits < bestEdits) {
      best = candidate
      bestEdits = edits
    }
  }
  return best
}

/** Optimal string alignment distance: Levenshtein's, with a swap of neighbours as one edit. */
function countEdits(from: string, to: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const changed = at(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const added = at(current, column - 1) + 1
      const leftOut = at(previous, column) + 1
      current[column] = Math.min(changed, added, leftOut)
      if (isSwap(from, to, row, column)) {
        current[column] = Math.min(at(current, column), at(beforePrevious, column - 2) + 1)
      }
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, to.length)
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
