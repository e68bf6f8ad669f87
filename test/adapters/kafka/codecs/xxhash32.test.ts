import { expect, test } from 'vitest'
import { xxhash32 } from '../../../../src/adapters/kafka/codecs/xxhash32.ts'

test.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['abcdefghijklmnopqrstuvwxyz', 0x63a14d5f],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('the published hash of "%s"', (text, hash) => {
  expect(xxhash32(Buffer.from(text))).toBe(hash)
})
