import kafkajs from 'kafkajs'
import type { Consumer } from 'kafkajs'
import { expect, test } from 'vitest'
import { commitOffsets } from '../../../src/adapters/kafka/commit.ts'
import type { CommitOnce } from '../../../src/adapters/kafka/commit.ts'
import { ManualClock, MemoryLog } from '../../engine/memory.ts'

/** No consumer is asked where a batch has brought the way to commit. */
const NO_CONSUMER = {} as Consumer

const entries = (note?: string) => [
  { topic: 'a', partition: 0, offset: 5, note },
  { topic: 'a', partition: 1, offset: 7 },
]

function refusing(error: Error | undefined): { taken: unknown[]; commit: CommitOnce } {
  const taken: unknown[] = []
  const commit: CommitOnce = (offsets) => {
    const partitions = offsets?.topics.flatMap((topic) => topic.partitions) as { metadata?: string | null }[]
    if (error !== undefined && partitions.some(({ metadata }) => metadata)) return Promise.reject(error)
    taken.push(partitions)
    return Promise.resolve()
  }
  return { taken, commit }
}

const protocolError = (type: string, code: number) =>
  new kafkajs.KafkaJSProtocolError(Object.assign(new Error(type), { type, code, retriable: false }))

test('a note goes beside its offset; without one there is none', async () => {
  const { taken, commit } = refusing(undefined)
  await commitOffsets(NO_CONSUMER, commit, entries('word'), new ManualClock(), new MemoryLog())
  expect(taken).toEqual([
    [
      { topic: 'a', partition: 0, offset: '5', metadata: 'word' },
      { topic: 'a', partition: 1, offset: '7', metadata: null },
    ],
  ])
})

test('a note that is too long for the brokers is left out, and the offsets go on', async () => {
  const { taken, commit } = refusing(protocolError('OFFSET_METADATA_TOO_LARGE', 12))
  const log = new MemoryLog()
  await commitOffsets(NO_CONSUMER, commit, entries('word'), new ManualClock(), log)
  expect(taken).toHaveLength(1)
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { bytes: 4 } }])
})

test('any other refusal is passed on', async () => {
  const { commit } = refusing(protocolError('ILLEGAL_GENERATION', 22))
  await expect(
    commitOffsets(NO_CONSUMER, commit, entries('word'), new ManualClock(), new MemoryLog()),
  ).rejects.toThrow('ILLEGAL_GENERATION')
})
