import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { CORPUS, decoder, foreign } from './corpus.ts'

describe('records that Confluent’s Python client wrote', () => {
  test.each(CORPUS.records.filter(({ shown }) => shown !== null))(
    '$case',
    ({ value_base64, shown, schema_id }) => {
      const decoded = decoder().decode(Buffer.from(value_base64, 'base64'))
      expect(decoded).toMatchObject({ kind: 'event', schemaId: schema_id, roundedNumbers: 0 })
      expect(decoded.kind === 'event' && decoded.value).toEqual(shown)
    },
  )

  test('the key, with a schema of its own', () => {
    const [record] = CORPUS.records.filter(({ key_base64 }) => key_base64 !== null)
    expect(decoder().decode(Buffer.from(record?.key_base64 ?? '', 'base64'))).toMatchObject({ value: 'ann' })
  })

  test.each([
    ['safe', { long: 2 ** 53, decimal: 12345678901234567000, double: Infinity }, 2],
    ['exact', { long: '9007199254740993', decimal: '12345678901234567890.0123456789', double: Infinity }, 0],
    ['string', { long: '9007199254740993', decimal: '12345678901234567890.0123456789', double: Infinity }, 0],
  ] as const)('numbers: %s', (numbers, value, roundedNumbers) => {
    expect(decoder(CORPUS.schemas, 'avro', numbers).decode(foreign('avro: numbers'))).toMatchObject({
      kind: 'event',
      value,
      roundedNumbers,
    })
  })

  test('with bytes changed at will, they never throw and never take long', () => {
    const any = decoder()
    const record = fc.constantFrom(...CORPUS.records.map(({ value_base64 }) => value_base64))
    const change = fc.tuple(fc.nat(400), fc.nat(255))
    fc.assert(
      fc.property(record, fc.array(change, { minLength: 1, maxLength: 6 }), (base64, changes) => {
        const bytes = Buffer.from(base64, 'base64')
        for (const [at, byte] of changes) bytes[5 + (at % (bytes.length - 5))] = byte
        expect(['event', 'undecodable']).toContain(any.decode(bytes).kind)
      }),
      { numRuns: 5000 },
    )
  })

  test('every cut of every record is undecodable, or an event of a message that may end there', () => {
    const cuts = decoder()
    for (const { value_base64, case: name } of CORPUS.records) {
      const whole = Buffer.from(value_base64, 'base64')
      for (let length = 5; length < whole.length; length++) {
        const decoded = cuts.decode(whole.subarray(0, length))
        if (name.startsWith('avro'))
          expect(decoded, `${name} ${length}`).toMatchObject({ kind: 'undecodable', reason: 'truncated' })
        else expect(['event', 'undecodable'], `${name} ${length}`).toContain(decoded.kind)
      }
    }
  })
})
