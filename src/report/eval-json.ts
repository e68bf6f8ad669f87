/** What became of one case, for programs. `undefined` of the language is no JSON value, so it has a field of its own. */
export type EvalAnswer =
  | { readonly value: unknown }
  | { readonly undefined: true }
  | {
      readonly code: string | null
      readonly position?: unknown
      readonly token?: unknown
      readonly message?: string
    }

/** Parts that a printed value may have: one small part may stand in many places of a value, and would be printed in each. */
const MAX_PARTS = 20_000_000

/** A value as JSON, or a failure if it can't be printed. Functions within it are empty strings, as JSONata's $string has them. */
export function valueAsJson(value: unknown, isFunction: (part: unknown) => boolean): string | EvalAnswer {
  let parts = 0
  try {
    return JSON.stringify(value, (_, part: unknown) => {
      if (++parts > MAX_PARTS) throw new RangeError('the value has too many parts')
      return isFunction(part) ? '' : part
    })
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { code: 'EXPRESSION_NOT_PRINTABLE', message }
  }
}

/** One line of an answer. */
export function answerLine(id: unknown, engine: string | undefined, answer: EvalAnswer | string): string {
  const head = JSON.stringify({ id: id ?? null, ...(engine !== undefined && { engine }) })
  // The value is JSON already.
  const rest = typeof answer === 'string' ? `"value":${answer}` : JSON.stringify(answer).slice(1, -1)
  return `${head.slice(0, -1)},${rest}}\n`
}
