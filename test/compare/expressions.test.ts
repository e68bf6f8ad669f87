import { describe, expect, test } from 'vitest'
import { compareExpressions } from '../../src/compare/expression/compare-expressions.ts'

/** Base, head. Each is tested both ways: what is tightened one way is loosened the other. */
const TIGHTENED: readonly (readonly [base: string, head: string])[] = [
  ['price >= 0', 'price > 0'],
  ['price > 0', 'price > 1'],
  ['price <= 20', 'price <= 10'],
  ['price <= 20', 'price < 20'],
  ['0 <= price', '1 <= price'],
  ['price >= -1', 'price >= 0'],
  ['currency in ["EUR", "CHF"]', 'currency in ["EUR"]'],
  ['currency in ["EUR", "CHF"]', 'currency = "EUR"'],
  ['currency = "EUR" or currency = "CHF"', 'currency = "CHF"'],
  ['year in [1990..2030]', 'year in [2000..2020]'],
  ['year >= 1990', 'year in [2000..2020]'],
  ['status != "deleted"', 'status != "deleted" and status != "draft"'],
  ['status != "deleted"', 'status in ["active", "sold"]'],
  ['$not(status = "deleted")', 'status != "deleted"'],
  ['$not(status in ["deleted"])', '$not(status in ["deleted", "draft"])'],
  ['$not(a > 1)', '$not(a > 0)'],
  ['$exists(price)', 'price > 0'],
  ['$exists(price)', 'price in [1, 2]'],
  ['a > 0', 'a > 0 and b > 0'],
  ['a > 0 and b > 0', 'c = 1 and b > 1 and a > 0'],
  ['a > 0 or b > 0', 'a > 0'],
  ['a > 0 or b > 0 or c > 0', 'b > 0 or c > 1'],
  ['a >= 0 and a <= 10', 'a >= 0 and a <= 5'],
  ['$count(images) <= 20', '$count(images) <= 10'],
  ['$length(title) >= 3', '$length(title) >= 5'],
  ['$toMillis(occurred_at) < $millis() + 60 * 1000', '$toMillis(occurred_at) < $millis()'],
  ['$millis() - $toMillis(occurred_at) < 60 * 60 * 1000', '$millis() - $toMillis(occurred_at) < 60 * 1000'],
  ['paid <= due', 'paid < due'],
  ['paid <= due', 'due = paid'],
  ['due >= paid - 1', 'due >= paid'],
  ['published >= "2020-01-01"', 'published >= "2021-06-30"'],
  ['kind = "car" ? year > 1900 : true', 'kind = "car" ? year > 1950 : true'],
  ['$count(items[price < 0]) = 0', '$count(items[price <= 0]) = 0'],
  ['$count(items[price < 0 and sold]) = 0', '$count(items[price < 0]) = 0'],
  ['$not($exists(items[kind = "a"]))', '$count(items[kind in ["a", "b"]]) = 0'],
  ['$exists(items[kind in ["a", "b"]])', '$count(items[kind = "a"]) > 0'],
  ['$count(orders.items[$not(sku = "a")]) = 0', '$count(orders.items[$not(sku = "a" and n = 1)]) = 0'],
  ['true', 'a > 0'],
  ['a > 0', 'false'],
  ['(a > 0)', '(a > 1) and (b = "x")'],
]

/** Nothing that is certain. */
const CHANGED: readonly (readonly [base: string, head: string])[] = [
  ['$contains(title, /a/)', '$contains(title, /b/)'],
  ['$contains(title, /a/)', '$contains(title, /a/i)'],
  ['price > 0', 'cost > 0'],
  ['price > 0', 'price < 10'],
  ['price = 1', 'price = 2'],
  ['a in ["x", "y"]', 'a in ["y", "z"]'],
  ['a > 0 and b > 0', 'a > 0 and c > 0'],
  ['a >= 0 and a <= 10', 'a >= 1 and a <= 11'],
  ['a > "1"', 'a > 1'],
  ['price > 2 * cost', 'price > 3 * cost'],
  ['$exists(a)', '$exists(b)'],
  ['$count(items[price < 0]) = 0', '$count(parts[price <= 0]) = 0'],
  ['$count(items[price < 0]) = 1', '$count(items[price <= 0]) = 1'],
  ['$count(items[a > 0][b > 0]) = 0', '$count(items[a > 0][b > 1]) = 0'],
  ['$sum(items.price) > 0', '$max(items.price) > 0'],
  ['items[price > 0].name = "x"', 'items[price > 1].name = "x"'],
  // A missing field has no value under the first negation, and is false under the second.
  ['$not(a > 0)', '$not(a > 0 or b = 1)'],
  ['a = 1 ? b : c', 'a = 2 ? b : c'],
  ['a ~> $exists', '$exists(b)'],
]

const SAME: readonly (readonly [base: string, head: string])[] = [
  ['price > 0', '  price>0 '],
  ['price > 0', '( price > 0 )'],
  ['price > 0', 'price > 0 /* euros */'],
  ['0 < price', 'price > 0'],
  ['price > 1', 'price > 1.0'],
  ["status = 'active'", 'status = "active"'],
  ['a = 1 and b = 2', 'b = 2 and a = 1'],
  ['a = 1 or a = 2', 'a in [2, 1]'],
  ['a > 60 * 1000', 'a > 60000'],
  ['paid <= due', 'due >= paid'],
  ['`ad`.price > 0', 'ad.price > 0'],
  ['$contains(a, /x/)', '$contains( a , /x/ )'],
]

describe.each(TIGHTENED)('%s → %s', (base, head) => {
  test('is tightened', () => expect(compareExpressions(base, head)).toBe('tightened'))
  test('is loosened the other way', () => expect(compareExpressions(head, base)).toBe('loosened'))
})

test.each(CHANGED)('%s → %s is changed: it can’t be told', (base, head) => {
  expect(compareExpressions(base, head)).toBe('changed')
  expect(compareExpressions(head, base)).toBe('changed')
})

test.each(SAME)('%s → %s is the same', (base, head) => {
  expect(compareExpressions(base, head)).toBe('same')
  expect(compareExpressions(head, base)).toBe('same')
})

test('an expression that can’t be read is the same as itself only', () => {
  expect(compareExpressions('a >', 'a >')).toBe('same')
  expect(compareExpressions('a >', 'a > 0')).toBe('changed')
})

function chain(offset: number): string {
  return Array.from({ length: 400 }, (_, index) => `f${index} > ${index + offset}`).join(' and ')
}

test('long chains take no long time', () => {
  const startedMs = performance.now()
  expect(['loosened', 'changed']).toContain(compareExpressions(chain(1), chain(0)))
  expect(performance.now() - startedMs).toBeLessThan(5000)
})

function nested(depth: number): string {
  return `${'$not('.repeat(depth)}a${')'.repeat(depth)}`
}

function chained(length: number): string {
  return Array(length).fill('a = 1').join(' or ')
}

test('expressions that are nested beyond all measure end', () => {
  expect(compareExpressions(nested(50_000), nested(50_001))).toBe('changed')
  expect(['same', 'changed']).toContain(compareExpressions(chained(20_000), chained(20_001)))
})
