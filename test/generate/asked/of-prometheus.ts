import { parse } from 'yaml'
import type { Asked, Series, Wanted } from './asked.ts'

/** The tokens of PromQL, and variables of Grafana. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\$\w+|[a-zA-Z_:][\w:]*|\d[\w.]*|[=!]~|[=!<>]=|\S/g
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'offset', 'bool', 'atan2'])
/** Words that a list of labels follows, and whether what is selected must have these. */
const LISTS: ReadonlyMap<string, boolean> = new Map([
  ['by', true],
  ['on', true],
  ['group_left', false],
  ['group_right', false],
  ['ignoring', false],
  ['without', false],
])

interface Rule {
  readonly record?: string
  readonly expr: string
}

/** What the rules for Prometheus, by their paths, name; and what they record themselves, as series with the labels that they have. */
export function askedOfRules(files: ReadonlyMap<string, string>): { asked: Asked[]; recorded: Series[] } {
  const rules = [...files]
    .filter(([path]) => path.endsWith('.rules.yaml'))
    .flatMap(([path, text]) => {
      const { groups } = parse(text) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }
      return groups.flatMap((group) => group.rules).map((rule) => ({ path, ...rule }))
    })
  const recorded = new Map<string, ReadonlySet<string>>()
  for (const { record, expr } of rules) {
    if (record !== undefined) recorded.set(record, labelsAfter(expr, recorded))
  }
  return {
    asked: rules.flatMap(({ path, expr }) => askedOfExpression(`${path}: ${expr}`, expr)),
    recorded: [...recorded].map(([name, labels]) => ({
      name,
      tags: Object.fromEntries([...labels].map((label) => [label, ''])),
    })),
  }
}

/** What dashboards of Grafana, by their paths, name. */
export function askedOfGrafana(files: ReadonlyMap<string, string>): Asked[] {
  return [...files].flatMap(([path, text]) =>
    expressionsIn(JSON.parse(text) as unknown).flatMap((expr) => askedOfExpression(`${path}: ${expr}`, expr)),
  )
}

function expressionsIn(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    (key === 'expr' || key === 'query' || key === 'definition') &&
    typeof value === 'string' &&
    value !== 'prometheus'
      ? [value]
      : expressionsIn(value),
  )
}

/** The metrics that an expression selects, each with the labels of its own matchers and of the groups that it stands in. */
export function askedOfExpression(where: string, expr: string): Asked[] {
  const [, values, label] = /^label_values\((.*),\s*(\w+)\)$/.exec(expr) ?? []
  if (values !== undefined && label !== undefined) {
    return askedOfExpression(where, values).map((each) => ({
      ...each,
      tags: { ...each.tags, [label]: 'any' },
    }))
  }
  const reader = new Reader(expr.match(TOKEN) ?? [], where)
  return reader.read()
}

/** Labels that the result has: those that it is grouped by, or those of what it is made of. */
function labelsAfter(expr: string, recorded: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const lists = Array.from(expr.matchAll(/\bby \(([^)]*)\)/g), ([, list = '']) => list.split(/,\s*/))
  const made = askedOfExpression(expr, expr).flatMap(({ metric }) => [...(recorded.get(metric) ?? [])])
  return new Set([...lists.flat(), ...made])
}

class Reader {
  readonly #tokens: readonly string[]
  readonly #where: string
  #at = 0

  constructor(tokens: readonly string[], where: string) {
    this.#tokens = tokens
    this.#where = where
  }

  /** Up to the end, or to the parenthesis that closes. */
  read(): Asked[] {
    const found: Asked[] = []
    /** Of an aggregation whose argument comes next. */
    let groups: readonly string[] = []
    for (let token = this.#next(); token !== undefined && token !== ')'; token = this.#next()) {
      if (LISTS.has(token)) {
        const isWanted = LISTS.get(token) === true
        const labels = this.#labels()
        if (isWanted) groups = labels
        if (token === 'on') found.splice(0, found.length, ...found.map((each) => grouped(each, labels)))
      } else if (token === '(') {
        found.push(...this.read().map((each) => grouped(each, groups)))
        groups = []
      } else if (/^[a-zA-Z_:]/.test(token) && !WORDS.has(token)) {
        if (this.#peek() === '{') found.push(this.#selector(token))
        else if (this.#peek() !== '(' && !LISTS.has(this.#peek() ?? '')) found.push(this.#named(token, {}))
      } else if (token === '[') this.#skipTo(']')
    }
    return found
  }

  #selector(metric: string): Asked {
    this.#next()
    const tags: Record<string, Wanted> = {}
    for (let label = this.#next(); label !== '}'; label = this.#next()) {
      if (label === undefined) throw new Error(`not closed: ${this.#where}`)
      if (label === ',') continue
      const [operator, text = ''] = [this.#next(), this.#next()]
      const value = JSON.parse(text) as string
      const isOpen = value.includes('$') || operator === '!=' || operator === '!~'
      const pattern = operator === '=~' && !isOpen ? new RegExp(`^(?:${value})$`) : undefined
      tags[label] = isOpen ? 'any' : (found) => pattern?.test(found) ?? found === value
    }
    return this.#named(metric, tags)
  }

  #named(metric: string, tags: Record<string, Wanted>): Asked {
    return { where: this.#where, metric, tags }
  }

  #labels(): string[] {
    if (this.#next() !== '(') throw new Error(`labels that are not read: ${this.#where}`)
    const labels: string[] = []
    for (let token = this.#next(); token !== ')'; token = this.#next()) {
      if (token === undefined) throw new Error(`not closed: ${this.#where}`)
      if (token !== ',') labels.push(token)
    }
    return labels
  }

  #skipTo(end: string): void {
    for (let token = this.#next(); token !== undefined && token !== end;) token = this.#next()
  }

  #next(): string | undefined {
    return this.#tokens[this.#at++]
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }
}

function grouped(asked: Asked, labels: readonly string[]): Asked {
  const missing = labels.filter((label) => !(label in asked.tags))
  return {
    ...asked,
    tags: { ...asked.tags, ...Object.fromEntries(missing.map((label) => [label, 'any' as const])) },
  }
}
