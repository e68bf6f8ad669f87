import { Fault } from '../../../errors/fault.ts'
import { OutputLimitError } from './codec.ts'
import type { Codec } from './codec.ts'

/**
 * A batch that can't be decompressed. kafkajs retries whatever does not say `retriable: false`: it would fetch the same batch five times,
 * restart, and go on so for ever. Saying it makes the consumer crash at once, with this fault as the crash error's `cause`. It never has a
 * cause of its own: kafkajs would take that one as the crash error's cause, and the fault would be lost.
 */
export class BatchFault extends Fault {
  readonly retriable = false
}

/**
 * Decompresses the records of a batch, at most `maxBatchBytes` of them. Throws a `BatchFault`: COMPRESSED_BATCH_TOO_LARGE or
 * COMPRESSED_BATCH_DAMAGED. A codec sees no topic and no offset, so the fault can't name them.
 */
export function decompressBounded(codec: Codec, bytes: Buffer, maxBatchBytes: number): Buffer {
  try {
    return codec.decompress(bytes, maxBatchBytes)
  } catch (error) {
    throw error instanceof OutputLimitError
      ? tooLarge(codec, bytes, maxBatchBytes)
      : damaged(codec, bytes, error)
  }
}

function tooLarge(codec: Codec, bytes: Buffer, maxBatchBytes: number): BatchFault {
  return new BatchFault(
    'COMPRESSED_BATCH_TOO_LARGE',
    `a ${codec.name} batch of ${bytes.length} bytes decompresses to more than ${maxBatchBytes} bytes`,
    'Look at the first offset after the committed ones, topic by topic: if the producer means such batches, raise the limit; otherwise move the group past the batch.',
  )
}

function damaged(codec: Codec, bytes: Buffer, error: unknown): BatchFault {
  const reason = error instanceof Error ? error.message : String(error)
  return new BatchFault(
    'COMPRESSED_BATCH_DAMAGED',
    `a ${codec.name} batch of ${bytes.length} bytes can't be decompressed: ${reason}`,
    "Read the same offsets with Kafka's console consumer: if it fails too, the batch is damaged in the log; move the group past it.",
  )
}
