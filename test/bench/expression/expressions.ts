import type { AdEvent, Offer } from './events.ts'

/** The rules whose cost the project states. */
export const RULES: readonly string[] = [
  'ad.price.amount > 0',
  'user.type = "pro" ? $exists(user.siret) : true',
  '$count(ad.images) <= 10',
  'ad.price.currency in ["EUR","CHF"]',
  '$toMillis(occurred_at) < $millis()',
  'location.lat >= 41 and location.lat <= 51.5 and location.lng >= -5.5 and location.lng <= 10',
  '$length(ad.title) >= 5 and $contains(ad.title, /[a-z]/i)',
  '$count(ad.attributes[key="year"]) = 1 and $number(ad.attributes[key="year"].value) > 1950',
  '$not(ad.status = "active" and ad.category = "")',
  '$sum(ad.images.$length($)) < 1000',
]

/** A heavier expression, and the same written by hand. */
export interface HeavyExpression {
  readonly name: string
  readonly source: string
  byHand(event: AdEvent): unknown
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2))

export const HEAVY: readonly HeavyExpression[] = [
  {
    name: 'sum over a path',
    source: '$sum(ad.offers.amount)',
    byHand: ({ ad }) => sum(ad.offers.map(({ amount }) => amount)),
  },
  {
    name: 'filter of two tests',
    source: '$count(ad.offers[status="open"][amount > 1000])',
    byHand: ({ ad }) => ad.offers.filter(({ status, amount }) => status === 'open' && amount > 1000).length,
  },
  {
    name: 'group-by',
    source: 'ad.offers{status: $sum(amount)}',
    byHand: ({ ad }) => groupSums(ad.offers),
  },
  {
    name: 'sort',
    source: 'ad.offers^(>amount).buyer',
    byHand: ({ ad }) => ad.offers.toSorted((a, b) => b.amount - a.amount).map(({ buyer }) => buyer),
  },
  {
    name: '$map and $filter',
    source: '$filter($map(ad.offers, function($o){ $o.amount * 1.2 }), function($a){ $a > 1500 })',
    byHand: ({ ad }) => ad.offers.map(({ amount }) => amount * 1.2).filter((amount) => amount > 1500),
  },
  {
    name: '$reduce',
    source: '$reduce(ad.offers.amount, function($total, $amount){ $total + $amount })',
    byHand: ({ ad }) => sum(ad.offers.map(({ amount }) => amount)),
  },
  {
    name: 'join',
    source: 'ad.offers@$o.ad.attributes[key = "year"].{"buyer": $o.buyer, "year": value}',
    byHand: ({ ad }) =>
      ad.offers.flatMap(({ buyer }) =>
        ad.attributes.filter(({ key }) => key === 'year').map(({ value }) => ({ buyer, year: value })),
      ),
  },
  {
    name: 'parent',
    source: 'ad.offers.amount.%.buyer',
    byHand: ({ ad }) => ad.offers.map(({ buyer }) => buyer),
  },
  {
    name: 'transform',
    source: '$ ~> |ad.offers|{"amount": amount * 2}, "status"|',
    byHand: (event) => withDoubledOffers(event),
  },
  {
    name: 'recursion',
    source: '($fib := function($n){ $n < 2 ? $n : $fib($n - 1) + $fib($n - 2) }; $fib(10))',
    byHand: () => fib(10),
  },
  {
    name: 'dates',
    source: '$fromMillis($toMillis(occurred_at) + 86400000, "[Y]-[M01]-[D01]")',
    byHand: ({ occurred_at: at }) => new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 10),
  },
  {
    name: 'regular expressions',
    source: '$replace(ad.title, /([a-z]+) number (\\d+)/, "$2 $1") & $join($split(ad.title, /\\s/), "-")',
    byHand: ({ ad }) =>
      ad.title.replaceAll(/([a-z]+) number (\d+)/g, '$2 $1') + ad.title.split(/\s/).join('-'),
  },
  {
    name: 'objects of a block',
    source:
      '($p := ad.price; $n := $count(ad.images); {"price": $p.amount, "images": $n, "dear": $p.amount > 3000})',
    byHand: ({ ad }) => ({ price: ad.price.amount, images: ad.images.length, dear: ad.price.amount > 3000 }),
  },
]

function groupSums(offers: readonly Offer[]): object {
  const sums: Record<string, number> = {}
  for (const { status, amount } of offers) sums[status] = (sums[status] ?? 0) + amount
  return sums
}

function withDoubledOffers(event: AdEvent): object {
  const offers = event.ad.offers.map(({ buyer, amount }) => ({ buyer, amount: amount * 2 }))
  return { ...structuredClone(event), ad: { ...structuredClone(event.ad), offers } }
}
