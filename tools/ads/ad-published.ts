import { uuid, type Random } from './random.ts'

/** An event of the topic `ads.ad-published.v1`, as a well-behaved producer writes it. */
export interface AdPublished {
  event_id: string
  event_type: 'ad.published'
  occurred_at: string
  user: { id: string; type: 'pro' | 'private'; email: string; siret?: string }
  ad: {
    id: string
    status: 'active' | 'paused' | 'sold'
    category: string
    title: string
    price: { amount: number; currency: 'EUR' | 'CHF' }
    images?: string[]
    attributes: { key: string; value: string }[]
  }
  location: { lat: number; lng: number; postcode: string; country: 'FR' | 'CH' }
}

type Place = readonly [lat: number, lng: number, postcode: string, country: 'FR' | 'CH']

const PLACES: readonly [Place, ...Place[]] = [
  [48.8566, 2.3522, '75004', 'FR'],
  [45.764, 4.8357, '69002', 'FR'],
  [43.2965, 5.3698, '13001', 'FR'],
  [48.3904, -4.4861, '29200', 'FR'],
  [50.6292, 3.0573, '59800', 'FR'],
  [43.6047, 1.4442, '31000', 'FR'],
  [46.2044, 6.1432, '1204', 'CH'],
  [47.3769, 8.5417, '8001', 'CH'],
  [46.948, 7.4474, '3011', 'CH'],
]
const CARS = [
  'Peugeot 208 Active, one owner',
  'Renault Clio IV, 5 doors',
  'Citroën C3 Shine',
  'Volvo V60, towbar',
  'Fiat 500',
]
const GOODS = [
  'Oak table, seats six',
  'Mountain bike, size M',
  'Piano, tuned in May',
  'Sofa bed, grey',
  'Canon EOS 90D',
]
const GOODS_CATEGORIES = ['furniture', 'sports', 'music', 'photo', 'garden'] as const
const FUELS = ['petrol', 'diesel', 'electric', 'hybrid'] as const
const CONDITIONS = ['new', 'very good', 'good', 'worn'] as const

/** Makes one ad that keeps every promise of the contracts in rules/ads. */
export function makeAdPublished(random: Random, occurredAtMs: number): AdPublished {
  const [lat, lng, postcode, country] = random.pick(PLACES)
  const adNumber = 10_000_000 + random.below(80_000_000)
  return {
    event_id: uuid(random),
    event_type: 'ad.published',
    occurred_at: new Date(occurredAtMs).toISOString(),
    user: makeUser(random),
    ad: makeAd(random, adNumber, country),
    location: { lat: jitter(random, lat), lng: jitter(random, lng), postcode, country },
  }
}

function makeUser(random: Random): AdPublished['user'] {
  const number = 100_000 + random.below(900_000)
  const user = { id: `u-${number}`, type: 'private' as const, email: `seller.${number}@mail.example.org` }
  return random.chance(30) ? { ...user, type: 'pro', siret: makeSiret(random) } : user
}

/** Fourteen digits, from the company's nine and its establishment's five. */
export function makeSiret(random: Random): string {
  return `${300_000_000 + random.below(600_000_000)}${10_000 + random.below(90_000)}`
}

function makeAd(random: Random, number: number, country: 'FR' | 'CH'): AdPublished['ad'] {
  const isCar = random.chance(40)
  const titles = (isCar ? CARS : GOODS) as [string, ...string[]]
  return {
    id: `ad-${number}`,
    status: random.pick(['active', 'active', 'active', 'active', 'paused', 'sold']),
    category: isCar ? 'cars' : random.pick(GOODS_CATEGORIES),
    title: random.pick(titles),
    price: { amount: 10 + random.below(isCar ? 30_000 : 900), currency: country === 'CH' ? 'CHF' : 'EUR' },
    ...makeImages(random, number),
    attributes: isCar ? carAttributes(random) : [{ key: 'condition', value: random.pick(CONDITIONS) }],
  }
}

/** A quarter of the ads have no images: half of those have no such field, half an empty list. */
function makeImages(random: Random, number: number): { images?: string[] } {
  if (random.chance(25)) return random.chance(50) ? {} : { images: [] }
  const count = 1 + random.below(3)
  return {
    images: Array.from({ length: count }, (_, index) => `https://img.example.org/${number}/${index}.jpg`),
  }
}

function carAttributes(random: Random): { key: string; value: string }[] {
  return [
    { key: 'year', value: String(1990 + random.below(36)) },
    { key: 'mileage', value: String(1000 * random.below(250)) },
    { key: 'fuel', value: random.pick(FUELS) },
  ]
}

/** Moves a coordinate by less than a tenth of a degree, so that no two ads stand on the same spot. */
function jitter(random: Random, degrees: number): number {
  return Math.round((degrees + random.below(1000) / 10_000) * 10_000) / 10_000
}
