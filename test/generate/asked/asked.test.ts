import { describe, expect, test } from 'vitest'
import { type Asked, type Series, unanswered } from './asked.ts'
import { askedOfDatadog } from './of-datadog.ts'
import { askedOfExpression, askedOfGrafana, askedOfRules } from './of-prometheus.ts'

const EVENTS: Series = {
  name: 'dq.events',
  tags: { env: 'test', contract: 'a', topic: 't', result: 'pass' },
  type: 'c',
}

const strict = () => 'values' as const
const loose = () => 'tags' as const

/** Metrics with their tags, as text. */
function shown(asked: readonly Asked[]): string[] {
  return asked.map(({ metric, tags }) => `${metric} ${Object.keys(tags).toSorted().join(' ')}`)
}

function monitor(query: string): Asked[] {
  return askedOfDatadog(new Map([['a.monitor.json', JSON.stringify({ query })]]))
}

describe('of queries for Datadog', () => {
  test.each([
    [
      'sum(last_5m):sum:dq.events{contract:a,!result:error} by {rule,severity}.as_count() > 0',
      'dq.events contract result rule severity',
    ],
    ['avg:dq.x{*}', 'dq.x '],
    [
      'max:dq.x{contract:a AND rule IN (b, c) AND result NOT IN (d)} by {topic}',
      'dq.x contract result rule topic',
    ],
  ])('%s', (query, found) => {
    expect(shown(monitor(query))).toEqual([found])
  })

  test('each of several metrics is found, wherever a key query stands', () => {
    const json = { a: [{ b: { query: 'sum:dq.a{x:1} / sum:dq.b{y:1}' } }], query: 'min:datadog.c{z:1}' }
    const asked = askedOfDatadog(new Map([['a.json', JSON.stringify(json)]]))
    expect(shown(asked)).toEqual(['dq.a x', 'dq.b y', 'datadog.c z'])
  })

  test('variables of a dashboard stand for their tags, which something must have', () => {
    const json = {
      template_variables: [{ name: 'where', prefix: 'env' }],
      q: { query: 'sum:dq.a{$where,b:1}' },
    }
    expect(shown(askedOfDatadog(new Map([['a.json', JSON.stringify(json)]])))).toEqual([
      'dq.a b env',
      'dq.heartbeat env',
    ])
  })

  test('metrics have their type, and tags', () => {
    const text = JSON.stringify({ metrics: { 'dq.a': { metric_type: 'gauge', tags: ['env', 'rule'] } } })
    const asked = askedOfDatadog(new Map([['metrics.tags.json', text]]))
    expect(shown(asked)).toEqual(['dq.a env rule'])
    expect(asked).toMatchObject([{ type: 'g' }])
  })

  test.each(['sum:dq.events', 'sum:dq.events{$unknown}', 'sum:dq.events{a}', 'sum:dq.a{b:1} + dq.c'])(
    'what can’t be read is not passed by: %s',
    (query) => {
      expect(() => monitor(query)).toThrow(query)
    },
  )
})

describe('of expressions of PromQL', () => {
  test.each([
    ['sum by (rule, env) (increase(dq_a_total{contract="x"}[15m])) > 0', ['dq_a_total contract env rule']],
    ['absent_over_time(dq_a{x="1"}[10m]) or dq_b', ['dq_a x', 'dq_b ']],
    ['a:dq_b:c{x=~"1|2"} / (a:dq_d:e > 0)', ['a:dq_b:c x', 'a:dq_d:e ']],
    ['max by (p) (s{x="}",y!="2"} == 2) or vector(0)', ['s p x y']],
    ['(a unless a offset 2m) and on (x) b{y="1"}', ['a x', 'a x', 'b y']],
    ['histogram_quantile(0.9, sum by (le) (rate(a_bucket{env=~"$env"}[$__range])))', ['a_bucket env le']],
    ['label_values(dq_heartbeat_total, env)', ['dq_heartbeat_total env']],
  ])('%s', (expr, found) => {
    expect(shown(askedOfExpression('here', expr))).toEqual(found)
  })

  test('a matcher wants its value, and a variable any', () => {
    const [asked] = askedOfExpression('here', 'a{x=~"1|2\\\\.",y="3",z="$env"}')
    const wanted = (tag: string, value: string) => {
      const matcher = asked?.tags[tag]
      return matcher === 'any' || matcher?.(value)
    }
    expect(['1', '2.', '2x', '12'].map((value) => wanted('x', value))).toEqual([true, true, false, false])
    expect([wanted('y', '3'), wanted('y', '33'), wanted('z', 'all')]).toEqual([true, false, true])
  })

  test('what is recorded has the labels that it is grouped by, also through others', () => {
    const rules = [
      { record: 'a:b', expr: 'sum by (x, y) (dq_c)' },
      { record: 'a:d', expr: 'a:b / (a:b > 0)' },
    ]
    const { recorded } = askedOfRules(new Map([['r.rules.yaml', JSON.stringify({ groups: [{ rules }] })]]))
    expect(recorded).toEqual([
      { name: 'a:b', tags: { x: '', y: '' } },
      { name: 'a:d', tags: { x: '', y: '' } },
    ])
  })

  test('panels, annotations and variables of Grafana are read', () => {
    const json = { panels: [{ targets: [{ expr: 'a' }] }], templating: [{ query: 'label_values(b, c)' }] }
    expect(shown(askedOfGrafana(new Map([['d.json', JSON.stringify(json)]])))).toEqual(['a ', 'b c'])
  })
})

describe('nothing answers', () => {
  test.each([
    ['a metric that never came', 'sum:dq.invented{contract:a}'],
    ['a tag that it never had', 'sum:dq.events{contract:a} by {invented}'],
    ['a tag in a filter that it never had', 'sum:dq.events{invented:a}'],
    ['a name that nothing has', 'sum:dq.events{contract:b}'],
  ])('%s', (_, query) => {
    expect(unanswered(monitor(query), [EVENTS], loose)).toHaveLength(1)
  })

  test('tags that never came together', () => {
    const other = { ...EVENTS, tags: { rule: 'r' } }
    expect(unanswered(monitor('sum:dq.events{contract:a} by {rule}'), [EVENTS, other], loose)).toHaveLength(1)
  })

  test('a metric of another type than it is said to be', () => {
    const text = JSON.stringify({ metrics: { 'dq.events': { type: 'gauge' } } })
    expect(unanswered(askedOfDatadog(new Map([['metrics.x.json', text]])), [EVENTS], loose)).toHaveLength(1)
  })

  test('a value that no series has, if values are asked for', () => {
    const query = monitor('sum:dq.events{contract:a,result:fail}')
    expect(unanswered(query, [EVENTS], strict)).toHaveLength(1)
    expect(unanswered(query, [EVENTS], loose)).toEqual([])
    expect(unanswered(monitor('sum:dq.events{contract:a,result:pass}'), [EVENTS], strict)).toEqual([])
  })
})
