import { testChanges } from './support.ts'
import type { Breaking, Harmless } from './support.ts'

interface ObjectSchema {
  type: 'object'
  required: string[]
  properties: Record<string, Record<string, unknown>>
  [keyword: string]: unknown
}

function objectSchema(properties: ObjectSchema['properties']): ObjectSchema {
  return { type: 'object', required: Object.keys(properties), properties }
}

/** The schema of today, made anew for each change. It is open, as most are. */
function today() {
  const price = objectSchema({
    amount: { type: 'number', exclusiveMinimum: 0 },
    currency: { type: 'string' },
  })
  const seller = objectSchema({
    type: { enum: ['private', 'pro'] },
    siret: { type: 'string', minLength: 14, maxLength: 14 },
    email: { type: 'string' },
  })
  const image = objectSchema({ url: { type: 'string' } })
  const ad = objectSchema({
    ad_id: { type: 'integer', minimum: 1 },
    status: { enum: ['active', 'paused', 'sold'] },
    price,
    seller,
    images: { type: 'array', items: image },
    published_at: { type: 'string', format: 'date-time' },
    sold_at: { type: ['string', 'null'] },
    note: { type: 'string' },
  })
  return { ad, price, seller, image }
}

type Schema = ReturnType<typeof today>

function at({ properties }: ObjectSchema, name: string): Record<string, unknown> {
  return properties[name] ?? {}
}

function remove(schema: ObjectSchema, name: string): void {
  delete schema.properties[name]
  schema.required = schema.required.filter((one) => one !== name)
}

function rename(schema: ObjectSchema, name: string, other: string): void {
  schema.properties[other] = at(schema, name)
  remove(schema, name)
  schema.required.push(other)
}

function optional(schema: ObjectSchema, name: string): void {
  schema.required = schema.required.filter((one) => one !== name)
}

const BREAKING: readonly Breaking<Schema>[] = [
  [
    'a field is renamed',
    ({ price }) => rename(price, 'amount', 'value'),
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  ['a field is removed', ({ ad }) => remove(ad, 'published_at'), ['error recent:21']],
  [
    'a field is no longer allowed',
    ({ price }) => [remove(price, 'amount'), (price['additionalProperties'] = false)],
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  [
    'a field in a list is renamed',
    ({ image }) => rename(image, 'url', 'href'),
    ['error images_are_links:19'],
  ],
  [
    'the field of a condition is removed',
    ({ seller }) => remove(seller, 'type'),
    ['error pro_has_siret:16'],
    [],
  ],
  [
    'a field becomes optional',
    ({ price }) => optional(price, 'amount'),
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  [
    'a field that another team demands becomes optional',
    ({ price }) => optional(price, 'currency'),
    ['error shape:11'],
  ],
  [
    'a field behind a condition becomes optional',
    ({ seller }) => optional(seller, 'siret'),
    ['error pro_has_siret:17'],
    [],
  ],
  [
    'a field may be null',
    ({ price }) => (at(price, 'amount')['type'] = ['number', 'null']),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a number becomes text',
    ({ price }) => (price.properties['amount'] = { type: 'string' }),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a number may be text too',
    ({ ad }) => (at(ad, 'ad_id')['type'] = ['integer', 'string']),
    ['error shape:11', 'error whole_id:9'],
  ],
  [
    'a whole number gets a fraction',
    ({ ad }) => (at(ad, 'ad_id')['type'] = 'number'),
    ['error shape:11', 'error whole_id:9'],
    ['error shape:11'],
  ],
  [
    'a lower bound is gone that rules rely on',
    ({ ad }) => delete at(ad, 'ad_id')['minimum'],
    ['error shape:11', 'error whole_id:9'],
    [],
  ],
  [
    'an excluded zero becomes possible',
    ({ price }) => (price.properties['amount'] = { type: 'number', minimum: 0 }),
    ['error price_is_positive:12'],
    [],
  ],
  [
    'a value is added that a rule leaves out',
    ({ ad }) => (at(ad, 'status')['enum'] = ['active', 'paused', 'sold', 'archived']),
    ['error known_status:14'],
  ],
  [
    'a value is removed that rules name',
    ({ ad }) => (at(ad, 'status')['enum'] = ['active', 'paused']),
    ['error known_status:14', 'error sold_is_dated:23'],
  ],
  [
    'an enumeration becomes text',
    ({ ad }) => (ad.properties['status'] = { type: 'string' }),
    ['error known_status:14'],
    [],
  ],
  [
    'a list becomes an object',
    ({ ad }) => (ad.properties['images'] = { type: 'object', additionalProperties: { type: 'number' } }),
    ['error images_are_links:19'],
  ],
  [
    'a time becomes a number',
    ({ ad }) => (ad.properties['published_at'] = { type: 'integer' }),
    ['error recent:21'],
  ],
  ['a classified field is renamed', ({ seller }) => rename(seller, 'email', 'mail'), ['error fields:9'], []],
]

const HARMLESS: readonly Harmless<Schema>[] = [
  ['nothing', () => {}],
  ['an optional field is added', ({ ad }) => (ad.properties['x'] = { type: 'string' })],
  [
    'a required field is added',
    ({ ad }) => [(ad.properties['x'] = { type: 'string' }), ad.required.push('x')],
  ],
  ['a field that no rule reads is removed', ({ ad }) => remove(ad, 'note')],
  ['a field that no rule reads becomes optional', ({ ad }) => optional(ad, 'note')],
  ['a field that no rule reads has another type', ({ ad }) => (ad.properties['note'] = { type: 'number' })],
  ['documentation', ({ ad, price }) => [(ad['title'] = 'Ad'), (at(price, 'amount')['description'] = 'x')]],
  ['an address', ({ ad }) => (ad['$id'] = 'https://example.org/ad.json')],
  [
    'a part moves to its own definition',
    ({ ad, price }) => [(ad['$defs'] = { price }), (ad.properties['price'] = { $ref: '#/$defs/price' })],
  ],
  [
    'keys change places',
    ({ ad }) => (ad.properties = Object.fromEntries(Object.entries(ad.properties).toReversed())),
  ],
  ['values change places', ({ ad }) => (at(ad, 'status')['enum'] = ['sold', 'paused', 'active'])],
  [
    'a value is added that no rule leaves out',
    ({ seller }) => (at(seller, 'type')['enum'] = ['private', 'pro', 'agency']),
  ],
  ['a bound is tightened', ({ ad }) => (at(ad, 'ad_id')['minimum'] = 1000)],
  ['a default is written down', ({ ad }) => (at(ad, 'note')['default'] = 'x')],
  ['no further fields are allowed', ({ ad }) => (ad['additionalProperties'] = false)],
  ['a list gets a limit', ({ ad }) => (at(ad, 'images')['maxItems'] = 50)],
  ['another draft', ({ ad }) => (ad['$schema'] = 'http://json-schema.org/draft-07/schema#')],
]

testChanges('JSON Schema', 'json', today, ({ ad }) => JSON.stringify(ad), {
  breaking: BREAKING,
  harmless: HARMLESS,
})
