import { type Difference, judgeCase } from './fuzz-case.ts'
import type { FuzzCase } from './outcome.ts'

/** Attempts after which a case is small enough. */
const MAX_ATTEMPTS = 3000

/** A smaller case with a difference against the same engine. */
export async function shrink(difference: Difference): Promise<Difference> {
  let smallest = difference
  let attempts = 0
  for (let isShrinking = true; isShrinking && attempts < MAX_ATTEMPTS;) {
    isShrinking = false
    for (const fuzzCase of smallerCases(smallest.fuzzCase)) {
      if (++attempts > MAX_ATTEMPTS) break
      const verdict = await judgeCase(fuzzCase, smallest.against === 'upstream')
      if (typeof verdict !== 'object' || verdict.against !== smallest.against) continue
      smallest = verdict
      isShrinking = true
      break
    }
  }
  return smallest
}

function* smallerCases(fuzzCase: FuzzCase): Generator<FuzzCase> {
  for (const input of smallerTexts(fuzzCase.input)) if (isJson(input)) yield { ...fuzzCase, input }
  for (const source of smallerTexts(fuzzCase.source)) yield { ...fuzzCase, source }
}

/** The text with a piece cut out or a simple value in its place, long pieces first. */
function* smallerTexts(text: string): Generator<string> {
  for (let length = text.length; length >= 1; length = Math.floor(length * 0.7)) {
    for (let start = 0; start + length <= text.length; start += Math.max(1, length >> 2)) {
      const [head, tail] = [text.slice(0, start), text.slice(start + length)]
      yield head + tail
      if (length > 1) yield `${head}1${tail}`
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
