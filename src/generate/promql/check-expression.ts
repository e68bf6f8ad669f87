import { prometheusLabel, prometheusName } from '../../model/prometheus-name.ts'
import type { Catalogue } from '../catalogue-check.ts'
import { GLOBAL_TAGS } from '../../telemetry/catalogue.ts'

/** Functions, aggregations and words of PromQL that we use. */
const WORDS = new Set(
  'sum min max count topk by or and unless offset vector increase rate histogram_quantile absent_over_time count_over_time'.split(
    ' ',
  ),
)
const TOKEN =
  /\s+|(?<string>"(?:[^"\\]|\\.)*")|(?<variable>\$\{?\w+\}?)|(?<name>[a-zA-Z_:][\w:]*)|(?<number>\d+(?:\.\d+)?(?:[smhd])?)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/(){}[\],=<>])/uy

/** The labels that each name of Prometheus may have. */
export function labelsByName(catalogue: Catalogue): Map<string, Set<string>> {
  return new Map(
    Object.entries(catalogue).map(([name, { type, tags }]) => {
      const labels = [...GLOBAL_TAGS, ...tags].map(prometheusLabel)
      return type === 'distribution'
        ? [`${prometheusName(name, type)}_bucket`, new Set([...labels, 'le'])]
        : [prometheusName(name, type), new Set(labels)]
    }),
  )
}

/** Says what is wrong with an expression: what is no token, brackets that don’t match, and metrics or labels that are not in the catalogue. */
export function checkExpression(
  text: string,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: (message: string) => void,
): void {
  const tokens = tokensOf(text, report)
  if (tokens === undefined || !areMatched(tokens, report)) return
  const { names, matched, grouped } = readTokens(tokens)
  if (names.length === 0) report('asks for no metric')
  for (const name of names) if (!known.has(name)) report(`the catalogue has no metric ${name}`)
  for (const { name, label } of matched)
    if (known.get(name)?.has(label) === false) report(`${name} has no label ${label}`)
  for (const label of grouped)
    if (names.every((name) => known.get(name)?.has(label) === false))
      report(`groups by ${label}, which none of its metrics has`)
}

interface Token {
  readonly kind: 'string' | 'variable' | 'name' | 'number' | 'sign'
  readonly text: string
}

function tokensOf(text: string, report: (message: string) => void): Token[] | undefined {
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

const CLOSES = new Map([
  [')', '('],
  ['}', '{'],
  [']', '['],
])

function areMatched(tokens: readonly Token[], report: (message: string) => void): boolean {
  const open: string[] = []
  for (const { kind, text } of tokens) {
    if (kind !== 'sign') continue
    if ('({['.includes(text)) open.push(text)
    else if (CLOSES.has(text) && open.pop() !== CLOSES.get(text)) {
      report(`has a ${text} that nothing opens`)
      return false
    }
  }
  if (open.length > 0) report(`has a ${open.join(' ')} that nothing closes`)
  return open.length === 0
}

/** Labels stand within braces and after `by`; every other name that is no word of PromQL is a metric. */
function readTokens(tokens: readonly Token[]) {
  const names: string[] = []
  const matched: { name: string; label: string }[] = []
  const grouped: string[] = []
  let place: 'outside' | 'selector' | 'labels' = 'outside'
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '{') place = 'selector'
    else if (text === '(' && tokens[index - 1]?.text === 'by') place = 'labels'
    else if (text === '}' || (text === ')' && place === 'labels')) place = 'outside'
    if (kind !== 'name') continue
    if (place === 'selector') matched.push({ name: names.at(-1) ?? '', label: text })
    else if (place === 'labels') grouped.push(text)
    else if (!WORDS.has(text)) names.push(text)
  }
  return { names, matched, grouped }
}
