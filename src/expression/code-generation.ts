let answer: boolean | undefined

/**
 * Whether this process may make functions out of text. With node's flag --disallow-code-generation-from-strings it may not: then
 * expressions run on the synchronous interpreter, with equal values.
 */
export function canGenerateCode(): boolean {
  answer ??= tryToGenerate()
  return answer
}

function tryToGenerate(): boolean {
  try {
    // eslint-disable-next-line typescript/no-implied-eval -- asking is trying
    return new Function('return true')() === true
  } catch {
    return false
  }
}
