import type { Asked, Wanted } from './asked.ts'

/** Read by the reference of Datadog, not by what the generator writes: a form that is not known here is a fault of this test. */
const SELECTOR = /([a-zA-Z][\w.]*)\{([^}]*)\}(?:\s*by\s*\{([^}]*)\})?/g
const METRIC_NAME = /\b(?:dq|datadog)\.[a-z_.]+/g

/** What the files for Datadog, by their paths, name: in every query, and of metrics themselves. */
export function askedOfDatadog(files: ReadonlyMap<string, string>): Asked[] {
  return [...files]
    .filter(([path]) => path.endsWith('.json') && !path.endsWith('.tf.json'))
    .flatMap(([path, text]) => {
      const json = JSON.parse(text) as Json
      if (/metrics\.\w+\.json$/.test(path)) return askedOfMetrics(path, json)
      const variables = variablesOf(json)
      return [
        ...queriesOf(json).flatMap((query) => askedOfQuery(`${path}: ${query}`, query, variables)),
        ...[...variables.values()].map((tag) => anyOf(`${path}: template variable of ${tag}`, tag)),
      ]
    })
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Every text below a key `query`, and above it in monitors. */
function queriesOf(json: Json): string[] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    key === 'query' && typeof value === 'string' ? [value] : queriesOf(value),
  )
}

/** By the name of each variable of a dashboard: the tag that it stands for. */
function variablesOf(json: Json): Map<string, string> {
  const { template_variables: variables = [] } = json as {
    readonly template_variables?: readonly { readonly name: string; readonly prefix: string }[]
  }
  return new Map(variables.map(({ name, prefix }) => [name, prefix]))
}

function askedOfQuery(where: string, query: string, variables: ReadonlyMap<string, string>): Asked[] {
  const asked = Array.from(query.matchAll(SELECTOR), ([, metric = '', filter = '', by = '']) => ({
    where,
    metric,
    tags: { ...tagsOfFilter(where, filter, variables), ...anyValue(namesIn(by)) },
  }))
  const names = query.match(METRIC_NAME) ?? []
  if (names.length !== asked.length) throw new Error(`not read: ${where}`)
  return asked
}

function tagsOfFilter(
  where: string,
  filter: string,
  variables: ReadonlyMap<string, string>,
): Record<string, Wanted> {
  const terms = filter.split(/\s+(?:AND|OR)\s+|,(?![^(]*\))/).map((term) => term.trim())
  return Object.assign(
    {},
    ...terms.map((term): Record<string, Wanted> => {
      if (term === '*') return {}
      const [, variable = ''] = /^\$(\w+)$/.exec(term) ?? []
      const tag = variables.get(variable)
      if (tag !== undefined) return { [tag]: 'any' }
      const [, key = '', isNot, list = ''] = /^([a-z_]+)\s+(NOT\s+)?IN\s*\((.*)\)$/.exec(term) ?? []
      if (key !== '') return { [key]: isNot === undefined ? (value) => namesIn(list).includes(value) : 'any' }
      const [, not, name = '', wanted] = /^(!?)([a-z_]+):(.+)$/.exec(term) ?? []
      if (name === '') throw new Error(`a filter that is not read, ${term}: ${where}`)
      return { [name]: not === '!' ? 'any' : (value) => value === wanted }
    }),
  ) as Record<string, Wanted>
}

const TYPES: Readonly<Record<string, string>> = { count: 'c', gauge: 'g', distribution: 'd' }

/** A file with what is said of each metric: its type, and perhaps its tags. */
function askedOfMetrics(path: string, json: Json): Asked[] {
  const { metrics } = json as {
    readonly metrics: Readonly<
      Record<string, { readonly type?: string; readonly metric_type?: string; readonly tags?: string[] }>
    >
  }
  return Object.entries(metrics).map(([metric, { type, metric_type, tags = [] }]) => ({
    where: `${path}: ${metric}`,
    metric,
    tags: anyValue(tags),
    type: TYPES[metric_type ?? type ?? ''] ?? 'none',
  }))
}

/** Any metric will do that has the tag. */
function anyOf(where: string, tag: string): Asked {
  return { where, metric: 'dq.heartbeat', tags: { [tag]: 'any' } }
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function anyValue(tags: readonly string[]): Record<string, Wanted> {
  return Object.fromEntries(tags.map((tag) => [tag, 'any'] as const))
}
