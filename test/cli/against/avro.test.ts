import { expect, test } from 'vitest'
import { against, inFolder, testChanges } from './support.ts'
import type { Breaking, Harmless } from './support.ts'

interface Field {
  name: string
  type: unknown
  [attribute: string]: unknown
}
interface Record {
  name: string
  fields: Field[]
  [attribute: string]: unknown
}

const TIME = { type: 'long', logicalType: 'timestamp-millis' }

/** The schema of today, made anew for each change. */
function today() {
  const status = { type: 'enum', name: 'Status', symbols: ['active', 'paused', 'sold'] }
  const price = {
    type: 'record',
    name: 'Price',
    fields: [
      { name: 'amount', type: 'double' as unknown },
      { name: 'currency', type: 'string' as unknown },
    ] as Field[],
  }
  const sellerType = { type: 'enum', name: 'SellerType', symbols: ['private', 'pro'] }
  const seller = {
    type: 'record',
    name: 'Seller',
    fields: [
      { name: 'type', type: sellerType as unknown },
      { name: 'siret', type: 'string' as unknown },
      { name: 'email', type: 'string' as unknown },
    ] as Field[],
  }
  const image = { type: 'record', name: 'Image', fields: [{ name: 'url', type: 'string' }] as Field[] }
  const ad: Record = {
    type: 'record',
    name: 'ads.Ad',
    fields: [
      { name: 'ad_id', type: 'long' },
      { name: 'status', type: status },
      { name: 'price', type: price },
      { name: 'seller', type: seller },
      { name: 'images', type: { type: 'array', items: image } },
      { name: 'published_at', type: TIME },
      { name: 'sold_at', type: ['null', TIME], default: null },
      { name: 'note', type: 'string', default: '' },
    ],
  }
  return { ad, status, price, sellerType, seller, image }
}

type Schema = ReturnType<typeof today>
function field({ fields }: { fields: Field[] }, name: string): Field {
  const found = fields.find((one) => one.name === name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

function remove(record: { fields: Field[] }, name: string): void {
  record.fields = record.fields.filter((one) => one.name !== name)
}

const BREAKING: readonly Breaking<Schema>[] = [
  [
    'a field is renamed, with the old name as an alias',
    ({ price }) => Object.assign(field(price, 'amount'), { name: 'value', aliases: ['amount'] }),
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  ['a field is removed', ({ ad }) => remove(ad, 'published_at'), ['error recent:21']],
  [
    'a record is removed',
    ({ ad }) => remove(ad, 'price'),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a field in a list is renamed',
    ({ image }) => (field(image, 'url').name = 'href'),
    ['error images_are_links:19'],
  ],
  ['the field of a condition is removed', ({ seller }) => remove(seller, 'type'), ['error pro_has_siret:16']],
  [
    'a field becomes nullable',
    ({ price }) => (field(price, 'amount').type = ['null', 'double']),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a field behind a condition becomes nullable',
    ({ seller }) => (field(seller, 'siret').type = ['null', 'string']),
    ['error pro_has_siret:17'],
    // A rule with a condition has chosen its events: whether it can deal with null is not known then.
    [],
  ],
  [
    'a number becomes text',
    ({ price }) => (field(price, 'amount').type = 'string'),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a number may be text too',
    ({ ad }) => (field(ad, 'ad_id').type = ['long', 'string']),
    ['error shape:11', 'error whole_id:9'],
  ],
  [
    'a whole number gets a fraction',
    ({ ad }) => (field(ad, 'ad_id').type = 'double'),
    ['error shape:11', 'error whole_id:9'],
    ['error shape:11'],
  ],
  ['a time becomes a number', ({ ad }) => (field(ad, 'published_at').type = 'long'), ['error recent:21']],
  [
    'a symbol is added that a rule leaves out',
    ({ status }) => status.symbols.push('archived'),
    ['error known_status:14'],
  ],
  [
    'a symbol is removed that rules name',
    ({ status }) => status.symbols.pop(),
    ['error known_status:14', 'error sold_is_dated:23'],
  ],
  [
    'the symbol of a condition is renamed',
    ({ sellerType }) => (sellerType.symbols[1] = 'business'),
    ['error pro_has_siret:16'],
  ],
  ['an enum becomes text', ({ ad }) => (field(ad, 'status').type = 'string'), ['error known_status:14'], []],
  [
    'a list becomes a map',
    ({ ad, image }) => (field(ad, 'images').type = { type: 'map', values: image }),
    ['error images_are_links:19'],
  ],
  [
    'a classified field is renamed',
    ({ seller }) => (field(seller, 'email').name = 'mail'),
    ['error fields:9'],
  ],
]

const HARMLESS: readonly Harmless<Schema>[] = [
  ['nothing', () => {}],
  [
    'a nullable field is added',
    ({ ad }) => ad.fields.push({ name: 'x', type: ['null', 'string'], default: null }),
  ],
  ['a field that no rule reads is removed', ({ ad }) => remove(ad, 'note')],
  ['a field that no rule reads has another type', ({ ad }) => (field(ad, 'note').type = 'bytes')],
  ['fields change places', ({ ad }) => (ad.fields = ad.fields.toReversed())],
  ['documentation', ({ ad, price }) => [ad, field(price, 'amount')].forEach((one) => (one['doc'] = 'x'))],
  ['a record is renamed', ({ price }) => (price.name = 'Money')],
  ['the record of events is renamed', ({ ad }) => (ad.name = 'ads.v2.Advert')],
  ['an alias is added', ({ ad }) => (field(ad, 'price')['aliases'] = ['cost'])],
  ['a default is removed', ({ ad }) => delete field(ad, 'note')['default']],
  ['a default is added', ({ ad }) => (field(ad, 'ad_id')['default'] = 0)],
  ['symbols change places', ({ status }) => (status.symbols = status.symbols.toReversed())],
  ['a symbol is added that no rule leaves out', ({ sellerType }) => sellerType.symbols.push('agency')],
  ['a number is of another size', ({ price }) => (field(price, 'amount').type = 'float')],
  ['a whole number becomes a smaller one', ({ ad }) => (field(ad, 'ad_id').type = 'int')],
  [
    'a number becomes a decimal',
    ({ price }) =>
      (field(price, 'amount').type = { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }),
  ],
  ['a nullable field is no longer nullable', ({ ad }) => (field(ad, 'sold_at').type = TIME)],
]

testChanges('Avro', 'avsc', today, ({ ad }) => JSON.stringify(ad), { breaking: BREAKING, harmless: HARMLESS })

const folder = inFolder()

test('a condition whose field may newly be null is told of, and breaks nothing', async () => {
  const [before, after] = [today(), today()]
  field(after.seller, 'type').type = ['null', after.sellerType]
  const [base, proposed] = [JSON.stringify(before.ad), JSON.stringify(after.ad)]
  expect(await against(folder.files(), 'avsc', proposed, base)).toEqual({
    exitCode: 0,
    named: ['warning pro_has_siret:16'],
  })
})
