import kafkajs from 'kafkajs'
import { Fault } from '../../../errors/fault.ts'
import type { Codec } from './codec.ts'
import { JAVA_MADE, SAMPLE_RECORDS } from './java-made.ts'
import { CODECS } from './register.ts'
import type { KafkajsCodec } from './register.ts'

/**
 * Proves, before anything is consumed, that kafkajs has every codec, that each gives back what it compressed, and that each reads what the
 * Java client made. Rejects with CODEC_SELF_TEST_FAILED. Takes a few milliseconds; call it after `registerCodecs`.
 */
export async function selfTest(): Promise<void> {
  for (const [type, { name }] of CODECS) {
    await expectSample(name, 'its own batch', async () => {
      const codec = registered(type)
      return codec.decompress(await codec.compress({ buffer: SAMPLE_RECORDS }))
    })
    await expectSample(name, "the Java client's batch", async () =>
      registered(type).decompress(Buffer.from(JAVA_MADE[name], 'base64')),
    )
  }
}

/** What kafkajs itself would use; throws where kafkajs has no such codec. */
function registered(type: (typeof CODECS)[number][0]): KafkajsCodec {
  return kafkajs.CompressionCodecs[type]()
}

async function expectSample(
  name: Codec['name'],
  what: string,
  decompress: () => Promise<Buffer>,
): Promise<void> {
  const records = await decompress().catch((error: unknown) => {
    throw failed(`${name} could not decompress ${what}`, error)
  })
  if (!records.equals(SAMPLE_RECORDS)) throw failed(`${name} decompressed ${what} to other bytes`)
}

function failed(message: string, cause?: unknown): Fault {
  return new Fault(
    'CODEC_SELF_TEST_FAILED',
    message,
    'Run Assay on the Node version that it is released with (see engines in package.json), unmodified.',
    { cause },
  )
}
