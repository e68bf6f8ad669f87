import { type Token, tokensOf, WORDS } from './tokens.ts'

/** Says what is wrong with an expression: what is no token, brackets that don’t match, and metrics or labels that are not in the catalogue. */
export function checkExpression(
  text: string,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: (message: string) => void,
): void {
  const tokens = tokensOf(text, report)
  if (tokens === undefined || !areMatched(tokens, report)) return
  checkOperators(tokens, report)
  checkQuantiles(tokens, report)
  const { names, matched, grouped } = readTokens(tokens)
  if (names.length === 0) report('asks for no metric')
  for (const name of names) if (!known.has(name)) report(`the catalogue has no metric ${name}`)
  for (const { name, label } of matched)
    if (known.get(name)?.has(label) === false) report(`${name} has no label ${label}`)
  for (const labels of grouped) checkGrouping(labels, names, known, report)
}

function checkGrouping(
  labels: readonly string[],
  names: readonly string[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: (message: string) => void,
): void {
  if (new Set(labels).size < labels.length) report(`groups by one label twice: ${labels.join(', ')}`)
  for (const label of labels)
    if (names.every((name) => known.get(name)?.has(label) === false))
      report(`groups by ${label}, which none of its metrics has`)
}

const OPERATORS = new Set(['+', '-', '*', '/', '>', '<', '>=', '<=', '==', '!=', 'or', 'and', 'unless'])

/** Each operator stands between two values. */
function checkOperators(tokens: readonly Token[], report: (message: string) => void): void {
  for (const [index, { text }] of tokens.entries()) {
    const next = tokens[index + 1]?.text
    const hasNone = next === undefined || next === ')' || next === ',' || OPERATORS.has(next)
    if (OPERATORS.has(text) && hasNone) report(`has nothing behind ${text}`)
  }
}

/** A quantile is a share of 1, of buckets that are still told apart. */
function checkQuantiles(tokens: readonly Token[], report: (message: string) => void): void {
  for (const [index, { text }] of tokens.entries()) {
    if (text !== 'histogram_quantile') continue
    const quantile = Number(tokens[index + 2]?.text)
    if (!(quantile > 0 && quantile < 1)) report('a quantile is between 0 and 1')
    const rest = tokens.slice(index).map((each) => each.text)
    const by = rest.indexOf('by')
    const labels = by === -1 ? [] : rest.slice(by, rest.indexOf(')', by))
    if (!labels.includes('le')) report('a quantile needs its buckets: by (le)')
  }
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
  const grouped: string[][] = []
  let place: 'outside' | 'selector' | 'labels' = 'outside'
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '{') place = 'selector'
    else if (text === '(' && tokens[index - 1]?.text === 'by') {
      place = 'labels'
      grouped.push([])
    }
    if (text === '}' || (text === ')' && place === 'labels')) place = 'outside'
    if (kind !== 'name') continue
    if (place === 'selector') matched.push({ name: names.at(-1) ?? '', label: text })
    else if (place === 'labels') grouped.at(-1)?.push(text)
    else if (!WORDS.has(text)) names.push(text)
  }
  return { names, matched, grouped }
}
