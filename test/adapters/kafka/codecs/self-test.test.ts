import kafkajs, { CompressionTypes } from 'kafkajs'
import { beforeEach, expect, test } from 'vitest'
import { registerCodecs } from '../../../../src/adapters/kafka/codecs/register.ts'
import { selfTest } from '../../../../src/adapters/kafka/codecs/self-test.ts'

beforeEach(() => registerCodecs())

test('passes with the codecs registered', async () => {
  await expect(selfTest()).resolves.toBeUndefined()
})

test('fails where kafkajs has no codec', async () => {
  kafkajs.CompressionCodecs[CompressionTypes.LZ4] = () => {
    throw new Error('LZ4 compression not implemented')
  }
  await expect(selfTest()).rejects.toMatchObject({
    code: 'CODEC_SELF_TEST_FAILED',
    message: 'lz4 could not decompress its own batch',
    cause: { message: 'LZ4 compression not implemented' },
  })
})

test('fails where a codec gives other bytes', async () => {
  kafkajs.CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: async () => Buffer.alloc(3),
    decompress: async () => Buffer.alloc(9),
  })
  await expect(selfTest()).rejects.toMatchObject({
    code: 'CODEC_SELF_TEST_FAILED',
    message: 'zstd decompressed its own batch to other bytes',
  })
})
