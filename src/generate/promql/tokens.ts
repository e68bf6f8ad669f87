/** A token of PromQL, as far as we write it. */
export interface Token {
  readonly kind: 'string' | 'variable' | 'name' | 'number' | 'sign'
  readonly text: string
}

const TOKEN =
  /\s+|(?<string>"(?:[^"\\]|\\.)*")|(?<variable>\$\{?\w+\}?)|(?<name>[a-zA-Z_:][\w:]*)|(?<number>\d+(?:\.\d+)?(?:[smhd])?)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/(){}[\],=<>])/uy

/** Functions, aggregations and words of PromQL that we use. */
export const WORDS = new Set(
  'sum min max count topk by or and unless offset vector increase rate histogram_quantile absent_over_time count_over_time'.split(
    ' ',
  ),
)

/** The tokens of an expression, or undefined where something is none. */
export function tokensOf(text: string, report: (message: string) => void): Token[] | undefined {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex
    const groups = TOKEN.exec(text)
    if (groups === null) {
      report(`can’t be read from ${text.slice(start, start + 20)} on`)
      return undefined
    }
    for (const kind of ['string', 'variable', 'name', 'number', 'sign'] as const) {
      const found = groups.groups?.[kind]
      if (found !== undefined) tokens.push({ kind, text: found })
    }
  }
  return tokens
}
