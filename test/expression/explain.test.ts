import { existsSync, readFileSync } from 'node:fs'
import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import {
  type EvaluationContext,
  type Explanation,
  ExpressionFault,
  compileExpression,
  explainExpression,
} from '../../src/expression/index.ts'
import { CONTEXT, deepFreeze } from './support.ts'

const EVENT = deepFreeze({
  ad: { id: 'ad-1', status: 'active', price: { amount: -5 }, images: ['a', 'bbb'] },
  items: [3, -1, 4, -1, -5, 9, 0, 6].map((price, qty) => ({ price, qty })),
  user: { type: 'pro' },
})

/** Time for what is not about time, on a machine that does other things as well. */
const UNHURRIED = { timeoutMs: 60_000 }

const explain = (source: string, event: unknown = EVENT, context: EvaluationContext = CONTEXT) =>
  explainExpression(compileExpression(source), event, context)

/** The steps as lines: depth as blanks, turn, text and outcome. */
function linesOf({ steps }: Explanation): string[] {
  return steps.map(({ text, depth, outcome, turn }) => {
    const item = turn === undefined ? '' : `[${turn.index}/${turn.of}] `
    const result =
      outcome.kind === 'value'
        ? JSON.stringify(outcome.value)
        : outcome.kind === 'fault'
          ? `${outcome.isOrigin ? '' : 'inside: '}${outcome.fault.code}`
          : outcome.kind
    return `${'  '.repeat(depth)}${item}${text} → ${result}`
  })
}

describe('shows what decided', () => {
  test.each<[string, readonly string[]]>([
    ['ad.price.amount > 0', ['  ad.price.amount → -5']],
    [
      'ad.status = "active" and ad.price.amount > 0 and $exists(user.siret)',
      [
        '  ad.status = "active" → true',
        '  ad.price.amount > 0 → false',
        '    ad.price.amount → -5',
        '  $exists(user.siret) → not_evaluated',
      ],
    ],
    [
      '(ad.status = "x" or ad.status = "y") and $exists(ad)',
      [
        '  ad.status = "x" or ad.status = "y" → false',
        '    ad.status = "x" → false',
        '      ad.status → "active"',
        '    ad.status = "y" → false',
        '      ad.status → "active"',
        '  $exists(ad) → not_evaluated',
      ],
    ],
    [
      'user.type = "x" or ad.id = "ad-1" or ad.gone',
      [
        '  user.type = "x" → false',
        '  ad.id = "ad-1" → true',
        '    ad.id → "ad-1"',
        '  ad.gone → not_evaluated',
      ],
    ],
    [
      'user.type = "pro" ? $exists(user.siret) : ad.id',
      [
        '  user.type = "pro" → true',
        '    user.type → "pro"',
        '  $exists(user.siret) → false',
        '    user.siret → no_value',
        '  ad.id → not_evaluated',
      ],
    ],
    ['user.type in ["private", "shop"]', ['  user.type → "pro"']],
    [
      '$sum(ad.images.$length($)) < 3',
      [
        '  $sum(ad.images.$length($)) → 4',
        '    ad.images.$length($) → [1,3]',
        '      [1/2] $length($) → 1',
        '        $ → "a"',
        '      [2/2] $length($) → 3',
        '        $ → "bbb"',
      ],
    ],
    ['ad.nick ?: ad.status', ['  ad.nick → no_value', '  ad.status → "active"']],
    ['ad.nick ?? ad.status', ['  ad.nick → no_value', '  ad.status → "active"']],
    [
      '($n := $count(items); $n > 3 and $n < 5)',
      [
        '  $n := $count(items) → 8',
        `    items → ${JSON.stringify(EVENT.items)}`,
        '  $n > 3 and $n < 5 → false',
        '    $n > 3 → true',
        '    $n < 5 → false',
        '      $n → 8',
      ],
    ],
    ['items ~> $count() > 10', ['  items ~> $count() → 8', `    items → ${JSON.stringify(EVENT.items)}`]],
    ['-ad.price.amount < 0', ['  -ad.price.amount → 5', '    ad.price.amount → -5']],
    ['(  (ad.status = "x") )', ['  ad.status = "x" → false', '    ad.status → "active"']],
    ['items^(>price)[0].price = 3', ['  items^(>price)[0].price → 9']],
    ['true', []],
    ['[1..3] = [2, 3]', []],
  ])('%s', (source, inside) => {
    expect(linesOf(explain(source)).slice(1)).toEqual(inside)
  })

  test('the place at which the data ended', () => {
    expect(linesOf(explain('ad.seller.address.city = "Lyon"')).slice(1)).toEqual([
      '  ad.seller.address.city → no_value',
      '    ad.seller → no_value',
    ])
  })

  test('variables of the record', () => {
    const context = { ...CONTEXT, variable: (name: string) => (name === 'key' ? 'ad-2' : undefined) }
    expect(linesOf(explain('$key = ad.id', EVENT, context)).slice(1)).toEqual([
      '  $key → "ad-2"',
      '  ad.id → "ad-1"',
    ])
  })

  test('what a fault came from', () => {
    expect(linesOf(explain('$exists(ad) and $number(ad.status) > 3'))).toEqual([
      '$exists(ad) and $number(ad.status) > 3 → inside: D3030',
      '  $exists(ad) → true',
      '  $number(ad.status) > 3 → inside: D3030',
      '    $number(ad.status) → D3030',
      '      ad.status → "active"',
    ])
  })
})

describe('of many items it shows the first of each outcome', () => {
  test('that a filter keeps and drops', () => {
    expect(linesOf(explain('$count(items[$not(price > 0)]) = 0')).slice(3)).toEqual([
      '      [1/8] $not(price > 0) → false',
      '        price > 0 → true',
      '          price → 3',
      '      [2/8] $not(price > 0) → true',
      '        price > 0 → false',
      '          price → -1',
      '      [3/8] $not(price > 0) → false',
      '        price > 0 → true',
      '          price → 4',
      '      [4/8] $not(price > 0) → true',
      '        price > 0 → false',
      '          price → -1',
    ])
  })

  test('that a function is called with', () => {
    const steps = linesOf(explain('$filter(items, function($i){ $i.price > 8 })'))
    expect(steps.filter((step) => step.includes('→ true'))).toEqual(['  [6/8] $i.price > 8 → true'])
  })

  test('however late the one that counts comes', () => {
    const items = Array.from({ length: 50_000 }, (_, index) => ({ price: index === 49_990 ? -1 : 1 }))
    const expression = compileExpression('$count(items[price < 0]) = 0')
    const { steps } = explainExpression(expression, { items }, CONTEXT, UNHURRIED)
    expect(
      steps.some(({ turn, outcome }) => turn?.index === 49_991 && 'value' in outcome && outcome.value),
    ).toBe(true)
  })
})

describe('stays within bounds', () => {
  test('of steps: the innermost are left out first', () => {
    const source = Array.from({ length: 30 }, (_, index) => `$length(ad.id) > ${index % 3}`).join(' and ')
    const { steps, omitted } = explain(source)
    expect(steps).toHaveLength(31)
    expect(omitted).toBe(60)
    expect(steps.every(({ depth }) => depth <= 1)).toBe(true)
  })

  test('of steps, also where too many lie side by side', () => {
    const source = Array.from({ length: 100 }, (_, index) => `ad.id != "${index}"`).join(' and ')
    const { steps, omitted } = explain(source)
    expect(steps).toHaveLength(40)
    expect(omitted).toBe(161)
  })

  test.each([
    ['endless recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(0) > 0)', 'D1011'],
    ['an endless tail call', '($f := function($n){ $f($n + 1) }; $f(0) > 0)', 'D1012'],
    ['a sequence without end', '$sum([1..9000000]) > 0', 'D2015'],
    ['a function that is not called', '$exists', 'EXPRESSION_YIELDS_FUNCTION'],
  ])('%s is a fault, as it is without an explanation', (_, source, code) => {
    const { outcome, steps } = explain(source)
    expect(outcome).toMatchObject({ kind: 'fault', fault: { code } })
    expect(steps.length).toBeLessThanOrEqual(40)
    const origins = steps.filter((step) => step.outcome.kind === 'fault' && step.outcome.isOrigin)
    expect(origins).toHaveLength(1)
  })

  test('of time', () => {
    const { outcome } = explainExpression(
      compileExpression('$sum([1..900000].($ * 2)) > 0'),
      EVENT,
      CONTEXT,
      { timeoutMs: 1 },
    )
    expect(outcome).toMatchObject({ kind: 'fault', fault: { code: 'D1012' } })
  })
})

test('regular expressions run in the engine of rules, not in the native one', () => {
  const { outcome } = explain('$contains(text, /^(a+)+$/)', { text: `${'a'.repeat(40)}!` })
  expect(outcome).toEqual({ kind: 'value', value: false })
})

/** Expressions of the project's own files, for the two properties below. */
const REAL = ['search-ad-published', 'crm-ad-published', 'crm-payment-captured'].flatMap((name) => {
  const text = readFileSync(new URL(`../../rules/ads/${name}.contract.yaml`, import.meta.url), 'utf8')
  return [...text.matchAll(/^ +(?:assert|when): (?!>|\||'|")(.*)$/gm)].map(([, source = '']) => source)
})

const anyEvent = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      ad: fc.record({ price: fc.jsonValue(), status: fc.jsonValue(), images: fc.jsonValue() }),
      items: fc.array(fc.record({ price: fc.jsonValue(), qty: fc.integer() })),
      user: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
)

describe('for every event', () => {
  const sources = [
    ...REAL,
    '$count(items[$not(price > 0)]) = 0 and user.type = "pro"',
    '$map(items, function($i){ $i.price * $i.qty })[0] > 1',
    'items{$string(qty): $sum(price)} ? ad.images[0] : ad.**.x',
    '(ad ~> |price|{"amount": 1}|).price.amount = 1 or items^(price)[-1].qty > 0',
  ]

  test.each(sources)(
    '%s: the outcome is that of the evaluation, and the texts are those of the source',
    (source) => {
      const expression = compileExpression(source)
      fc.assert(
        fc.property(anyEvent, (event) => {
          const before = JSON.stringify(event)
          const { outcome, steps } = explainExpression(expression, event, CONTEXT)
          const value = expression.evaluate(event, CONTEXT)
          if (value instanceof ExpressionFault) expect(outcome).toMatchObject({ kind: 'fault', fault: value })
          else expect(outcome).toEqual(value === undefined ? { kind: 'no_value' } : { kind: 'value', value })
          expect(JSON.stringify(event)).toBe(before)
          for (const { text, offset, length } of steps)
            expect(source.slice(offset, offset + length)).toBe(text)
        }),
        { numRuns: 50 },
      )
    },
  )

  test('the explanation is the same each time', () => {
    const once = explain('$count(items[$not(price > 0)]) = 0 and $exists(user.x)')
    expect(explain('$count(items[$not(price > 0)]) = 0 and $exists(user.x)')).toEqual(once)
  })
})

const SUITE = new URL('../../../shared/jsonata-suite/', import.meta.url)

test.skipIf(!existsSync(SUITE))(
  'the test suite of JSONata: each expression comes to the same, with its parts in order',
  () => {
    const cases = read<{ expr: string; data?: unknown; dataset?: string }[]>('cases.json')
    const datasets = read<Record<string, unknown>>('datasets.json')
    const explained = cases.map(({ expr, data, dataset = '' }) =>
      expectToAgree(expr, data ?? datasets[dataset]),
    )
    expect(explained.filter((wasExplained) => wasExplained).length).toBeGreaterThan(900)
  },
)

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, SUITE), 'utf8')) as T
}

/** False for what rules may not say, and for what takes longer than the time of either. */
function expectToAgree(source: string, event: unknown): boolean {
  const expression = compiled(source)
  const value = expression?.evaluate(event, CONTEXT)
  if (expression === undefined || (value instanceof ExpressionFault && value.code === 'D1012')) return false
  const { outcome, steps } = explainExpression(expression, event, CONTEXT, UNHURRIED)
  if (value instanceof ExpressionFault)
    expect(outcome).toMatchObject({ kind: 'fault', fault: { code: value.code } })
  else expect(outcome).toEqual(value === undefined ? { kind: 'no_value' } : { kind: 'value', value })
  steps.forEach(({ text, offset, length, depth }, index) => {
    expect(source.slice(offset, offset + length)).toBe(text)
    expect(depth).toBeLessThanOrEqual((steps[index - 1]?.depth ?? -1) + 1)
  })
  return true
}

function compiled(source: string) {
  try {
    return compileExpression(source)
  } catch {
    return undefined
  }
}
