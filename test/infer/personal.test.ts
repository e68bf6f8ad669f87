import { expect, test } from 'vitest'
import { personalClass } from '../../src/infer/personal.ts'

test.each<[string, 'high' | 'low' | undefined]>([
  ['user.email', 'high'],
  ['emailAddress', 'high'],
  ['contact.phone_numbers.*', 'high'],
  ['IBAN', 'high'],
  ['payer.ibanCode', 'high'],
  ['dateOfBirth', 'high'],
  ['shipping.street', 'high'],
  ['user.name', 'high'],
  ['sellers.*.name', 'high'],
  ['customer_name', 'high'],
  ['firstName', 'high'],
  ['client.ip_address', 'low'],
  ['location.lat', 'low'],
  ['user.zip', 'low'],
  ['device.ip', 'low'],
  ['product.name', undefined],
  ['event_name', undefined],
  ['price', undefined],
  ['emailed_at', undefined],
  ['shipment.id', undefined],
  ['mileage', undefined],
  ['latency', undefined],
  ['description', undefined],
  ['', undefined],
])('%s is %s', (path, pii) => {
  expect(personalClass(path === '' ? [] : path.split('.'))).toBe(pii)
})
