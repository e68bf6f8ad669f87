/** Of the candidates that begin with the same letters as the word, at least so many, the one that has the most in common with it. */
export function alike(word: string, candidates: readonly string[], atLeast: number): string | undefined {
  let best: string | undefined
  let most = atLeast - 1
  for (const candidate of candidates) {
    const common = commonStart(word.toLowerCase(), candidate.toLowerCase())
    if (common > most) {
      best = candidate
      most = common
    }
  }
  return best
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
