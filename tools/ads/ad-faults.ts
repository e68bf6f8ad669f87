import { makeSiret, type AdPublished } from './ad-published.ts'
import type { Random } from './random.ts'

/** Breaks a good event in one way. It may change other fields first, so that the broken one matters. */
export type Plant<Event> = (event: Event, random: Random) => void

/** A time that stays in the future for whoever runs this. */
export const FAR_FUTURE = '2999-12-31T23:59:59.000Z'
const LONG_ADDRESS_CHARS = 150

/** The ways in which an ad goes wrong, by name. Each breaks at least one rule of a contract in rules/ads. */
export const AD_FAULTS: Readonly<Record<string, Plant<AdPublished>>> = {
  price_zero: ({ ad }) => {
    ad.status = 'active'
    ad.price.amount = 0
  },
  price_negative: ({ ad }) => set(ad.price, 'amount', -1),
  price_missing: ({ ad }) => set(ad.price, 'amount', undefined),
  price_is_text: ({ ad }) => set(ad.price, 'amount', String(ad.price.amount)),
  price_is_null: ({ ad }) => set(ad.price, 'amount', null),
  price_with_cents: ({ ad }) => set(ad.price, 'amount', ad.price.amount + 0.5),
  currency_unknown: ({ ad }) => set(ad.price, 'currency', 'USD'),
  currency_in_small_letters: ({ ad }) => set(ad.price, 'currency', 'eur'),
  currency_missing: ({ ad }) => set(ad.price, 'currency', undefined),
  from_the_future: (event) => set(event, 'occurred_at', FAR_FUTURE),
  occurred_at_missing: (event) => set(event, 'occurred_at', undefined),
  occurred_at_is_no_time: (event) => set(event, 'occurred_at', 'yesterday'),
  outside_service_area: ({ location }) => set(location, 'lat', 40.4168),
  latitude_is_text: ({ location }) => set(location, 'lat', String(location.lat)),
  location_missing: (event) => set(event, 'location', undefined),
  country_unknown: ({ location }) => set(location, 'country', 'DE'),
  title_short: ({ ad }) => set(ad, 'title', 'Bike'),
  title_without_letters: ({ ad }) => set(ad, 'title', '12 500 €'),
  title_missing: ({ ad }) => set(ad, 'title', undefined),
  title_is_number: ({ ad }) => set(ad, 'title', 208),
  eleven_images: ({ ad }) => {
    ad.images = Array.from({ length: 11 }, (_, index) => `https://img.example.org/${index}.jpg`)
  },
  long_image_addresses: ({ ad }, random) => {
    const address = `https://img.example.org/${random.hex8()}.jpg?signature=`.padEnd(LONG_ADDRESS_CHARS, 'a')
    ad.images = Array.from({ length: 8 }, () => address)
  },
  image_is_number: ({ ad }) => set(ad, 'images', ['https://img.example.org/1.jpg', 42]),
  image_is_no_address: ({ ad }) => set(ad, 'images', ['1.jpg', '2.jpg']),
  category_empty: ({ ad }) => {
    ad.status = 'active'
    ad.category = ''
  },
  status_renamed: ({ ad }) => set(ad, 'status', 'online'),
  year_missing: ({ ad }) => car(ad, []),
  year_twice: ({ ad }) => car(ad, ['2015', '2016']),
  year_is_no_number: ({ ad }) => car(ad, ['n/a']),
  year_before_cars: ({ ad }) => car(ad, ['1850']),
  attributes_missing: ({ ad }) => {
    car(ad, [])
    set(ad, 'attributes', undefined)
  },
  pro_without_siret: ({ user }) => {
    user.type = 'pro'
    set(user, 'siret', undefined)
  },
  siret_too_short: ({ user }, random) => {
    user.type = 'pro'
    user.siret = makeSiret(random).slice(1)
  },
  siret_is_number: ({ user }, random) => {
    user.type = 'pro'
    set(user, 'siret', Number(makeSiret(random)))
  },
  private_without_email: ({ user }) => {
    user.type = 'private'
    set(user, 'email', undefined)
  },
  email_without_at: ({ user }) => {
    user.type = 'private'
    user.email = 'unknown'
  },
  user_type_unknown: ({ user }) => set(user, 'type', 'company'),
  user_missing: (event) => set(event, 'user', undefined),
  event_id_is_no_uuid: (event) => set(event, 'event_id', '4711'),
}

/** Writes a value that the type of a good event forbids; undefined leaves the field out of the JSON text. */
export function set(target: object, field: string, value: unknown): void {
  Object.assign(target, { [field]: value })
}

function car(ad: AdPublished['ad'], years: readonly string[]): void {
  ad.category = 'cars'
  ad.attributes = [...years.map((value) => ({ key: 'year', value })), { key: 'fuel', value: 'diesel' }]
}
