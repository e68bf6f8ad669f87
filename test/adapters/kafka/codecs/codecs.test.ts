import { randomBytes } from 'node:crypto'
import { fc } from '../../../property.ts'
import { describe, expect, test } from 'vitest'
import { BatchFault, decompressBounded } from '../../../../src/adapters/kafka/codecs/bounded.ts'
import { JAVA_MADE, SAMPLE_RECORDS } from '../../../../src/adapters/kafka/codecs/java-made.ts'
import { CODECS } from '../../../../src/adapters/kafka/codecs/register.ts'
import { faultOf } from './fault-of.ts'

const MAX_BYTES = 1024 * 1024

describe.each(CODECS.map(([, codec]) => ({ name: codec.name, codec })))('$name', ({ name, codec }) => {
  const javaMade = Buffer.from(JAVA_MADE[name], 'base64')

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([7])],
    ['incompressible bytes', randomBytes(200_000)],
    ['one byte, many times', Buffer.alloc(200_000, 1)],
    ['more than one block', Buffer.from('{"price":1}'.repeat(20_000))],
  ])('gives back %s', (_what, bytes) => {
    expect(codec.decompress(codec.compress(bytes), MAX_BYTES).equals(bytes)).toBe(true)
  })

  test('gives back whatever repeats itself in whatever way', () => {
    const repetitive = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(99)))
    fc.assert(
      fc.property(repetitive, (runs) => {
        const bytes = Buffer.concat(runs.flatMap(([run, times]) => Array.from({ length: times }, () => run)))
        return codec.decompress(codec.compress(bytes), MAX_BYTES).equals(bytes)
      }),
    )
  })

  test('makes repetitive bytes smaller', () => {
    expect(codec.compress(SAMPLE_RECORDS).length).toBeLessThan(SAMPLE_RECORDS.length / 10)
  })

  test('reads what the Java client made', () => {
    expect(codec.decompress(javaMade, MAX_BYTES).equals(SAMPLE_RECORDS)).toBe(true)
  })

  test('takes a batch of exactly the limit, and none of a byte more', () => {
    const limit = SAMPLE_RECORDS.length
    expect(decompressBounded(codec, javaMade, limit).length).toBe(limit)
    expect(faultOf(() => decompressBounded(codec, javaMade, limit - 1)).code).toBe(
      'COMPRESSED_BATCH_TOO_LARGE',
    )
  })

  test('stops at the limit of a decompression bomb, without its memory', () => {
    const bomb = codec.compress(Buffer.alloc(256 * MAX_BYTES))
    const before = process.memoryUsage().rss
    const fault = faultOf(() => decompressBounded(codec, bomb, MAX_BYTES))
    expect(fault.code).toBe('COMPRESSED_BATCH_TOO_LARGE')
    expect(fault.message).toBe(
      `a ${name} batch of ${bomb.length} bytes decompresses to more than 1048576 bytes`,
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MAX_BYTES)
  })

  test('refuses a batch that is cut off, wherever it is', () => {
    for (let length = 0; length < javaMade.length; length += 1) {
      const cut = javaMade.subarray(0, length)
      const outcome = outcomeOf(() => decompressBounded(codec, cut, MAX_BYTES))
      // A stream of snappy-java has no end mark: cut between two blocks, it is a shorter stream.
      if (outcome instanceof BatchFault) expect(outcome.code).toBe('COMPRESSED_BATCH_DAMAGED')
      else expect([name, outcome.length < SAMPLE_RECORDS.length]).toEqual(['snappy', true])
    }
  })

  test('a flipped bit gives other bytes or a fault, never a crash or a hang', () => {
    for (let at = 0; at < javaMade.length; at += 1) {
      const flipped = Buffer.from(javaMade)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const outcome = outcomeOf(() => decompressBounded(codec, flipped, MAX_BYTES))
      expect(Buffer.isBuffer(outcome) || outcome instanceof BatchFault).toBe(true)
    }
  })

  test('a fault tells kafkajs not to try again, and has no cause that kafkajs would take in its place', () => {
    const fault = faultOf(() => decompressBounded(codec, Buffer.from('no frame at all'), MAX_BYTES))
    expect(fault).toMatchObject({
      code: 'COMPRESSED_BATCH_DAMAGED',
      retriable: false,
    })
    expect(fault.cause).toBeUndefined()
    expect(fault.message).toContain(`a ${name} batch of 15 bytes can't be decompressed: `)
  })
})

function outcomeOf(decompress: () => Buffer): Buffer | BatchFault {
  try {
    return decompress()
  } catch (error) {
    if (error instanceof BatchFault) return error
    throw error
  }
}
