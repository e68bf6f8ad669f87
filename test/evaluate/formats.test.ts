import { describe, expect, test } from 'vitest'
import { FORMAT_CHECKS } from '../../src/evaluate/formats.ts'
import { compiledContract, judge } from './support.ts'

/** Generous for busy machines: linear checks of these texts take a few milliseconds. */
const SOON_MS = 1000

const EXAMPLES: Readonly<
  Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>
> = {
  'date-time': {
    good: [
      '2024-02-29T23:59:59Z',
      '2025-06-01t12:00:00.123z',
      '2025-06-01 12:00:00+02:00',
      '2016-12-31T23:59:60Z',
      '2016-12-31T15:59:60-08:00',
    ],
    bad: [
      '2025-02-29T00:00:00Z',
      '2025-06-01T12:00:00',
      '2025-06-01',
      '2025-06-01T24:00:00Z',
      '2025-06-01T12:00:60Z',
      '2025-06-01T12:00:00+24:00',
      '2025-6-1T12:00:00Z',
      '2025-06-01T12:00:00.Z',
      ' 2025-06-01T12:00:00Z',
    ],
  },
  date: {
    good: ['2024-02-29', '2000-02-29', '0000-01-01'],
    bad: [
      '2023-02-29',
      '1900-02-29',
      '2025-13-01',
      '2025-00-10',
      '2025-04-31',
      '2025-01-00',
      '25-01-01',
      '2025-01-01Z',
    ],
  },
  time: {
    good: ['00:00:00Z', '23:59:60Z', '12:34:56.789+05:30'],
    bad: ['12:34:56', '12:34Z', '24:00:00Z', '12:60:00Z', '22:59:60Z', '12:34:56+5:30'],
  },
  duration: {
    good: ['P1Y2M3DT4H5M6S', 'PT0.5S', 'P2W', 'P1D', 'PT1H'],
    bad: ['P', 'PT', 'P1', '1D', 'P1S', 'PT1D', 'P1W2D', '-P1D', `P${'1'.repeat(100)}D`],
  },
  email: {
    good: ['a@b.c', 'jean.dupont+ads@example.org', "o'neil@example.org"],
    bad: [
      '',
      'a',
      '@b.c',
      'a@',
      'a b@c.d',
      '.a@b.c',
      'a.@b.c',
      'a..b@c.d',
      'a@b@c.d',
      'a@-b.c',
      `${'a'.repeat(65)}@b.c`,
    ],
  },
  'idn-email': { good: ['jean@exämple.org'], bad: ['jean'] },
  hostname: {
    good: ['localhost', 'a.b.c', 'example.org.', 'xn--exmple-cua.org', 'a-b'],
    bad: ['', '.', '-a', 'a-', 'a..b', 'a_b', 'a b', `${'a'.repeat(64)}.org`, `${'a.'.repeat(127)}aa`],
  },
  ipv4: {
    good: ['0.0.0.0', '255.255.255.255'],
    bad: ['256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.', 'a.b.c.d'],
  },
  ipv6: {
    good: ['::', '::1', '2001:db8::1', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1', '1::8'],
    bad: [
      '',
      ':',
      '1',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      'g::',
      '::256.0.0.1',
      ':1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:',
      '::192.0.2.1:1',
      '1:2:3:4:5:6:7:8::',
    ],
  },
  uri: {
    good: ['https://example.org/a?b=c#d', 'urn:isbn:123', 'mailto:a@b.c', 'a:%20'],
    bad: ['', '/a', 'example.org', 'http://a b', 'a:%2', 'a:<b>', 'a:é'],
  },
  'uri-reference': {
    good: ['', '/a/b', '#x', '../a?b', 'https://example.org'],
    bad: ['a b', '%', '\\a', '{a}'],
  },
  iri: { good: ['https://exämple.org/é'], bad: ['exämple', 'https://a b'] },
  uuid: {
    good: ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
    bad: [
      '',
      '123e4567e89b12d3a456426614174000',
      '123e4567-e89b-12d3-a456-42661417400g',
      '{123e4567-e89b-12d3-a456-426614174000}',
    ],
  },
  'json-pointer': { good: ['', '/', '/a/0', '/a~0b~1c'], bad: ['a', '/a~', '/a~2', '#/a'] },
}

const judgeFormat = (format: string) => {
  const files = { 'rules/ads/f.schema.json': { format } }
  const contract = compiledContract([{ schema: './f.schema.json' }], files)
  return (text: unknown) => judge(contract, text).result
}

test('every format has examples, good and bad', () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(Object.keys(FORMAT_CHECKS).toSorted())
})

describe.each(Object.entries(EXAMPLES))('the format %s', (format, { good, bad }) => {
  const resultOf = judgeFormat(format)

  test.each(good)('takes %j', (text) => expect(resultOf(text)).toBe('pass'))
  test.each(bad)('refuses %j', (text) => expect(resultOf(text)).toBe('fail'))
  test('passes over what is no text', () => expect(resultOf(7)).toBe('pass'))

  test.each(['a', '1', ':', '.', '-', 'a.', '1:', '@', '~', '%20', 'P1'])(
    'judges a long text of %j in linear time',
    (unit) => {
      const text = unit.repeat(200_000)
      const startedMs = performance.now()
      resultOf(text)
      resultOf(`${text}!`)
      resultOf(`a:${text} `)
      expect(performance.now() - startedMs).toBeLessThan(SOON_MS)
    },
  )
})
