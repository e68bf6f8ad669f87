import type { SASLOptions } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withAdmin } from '../../../tools/embedded-kafka/admin.ts'
import { startSecuredKafka, type SecuredKafka } from '../../../tools/embedded-kafka/secured-kafka.ts'
import { produce, readAll } from './kafka-client.ts'

const reader = { username: 'reader', password: 'reader-secret' }
const scramReader = { username: 'scram-reader', password: 'scram-secret' }
let kafka: SecuredKafka

beforeAll(async () => {
  kafka = await startSecuredKafka([reader])
  await withAdmin(kafka.directBrokers, (admin) =>
    admin.createTopics({ topics: [{ topic: 'guarded', numPartitions: 1 }] }),
  )
  await produce(kafka.brokers, 'guarded', [Buffer.from('seen')], {
    sasl: { mechanism: 'plain', ...kafka.admin },
  })
})

afterAll(() => kafka.stop())

test('a client without a login, or with a wrong password, gets nowhere', async () => {
  await expect(produce(kafka.brokers, 'guarded', [Buffer.from('no')])).rejects.toThrow()
  const wrong = { sasl: { mechanism: 'plain' as const, ...reader, password: 'wrong' } }
  await expect(produce(kafka.brokers, 'guarded', [Buffer.from('no')], wrong)).rejects.toThrow(
    'Authentication failed',
  )
})

test('a user may do what was granted, until it is revoked', async () => {
  const login = { sasl: { mechanism: 'plain' as const, ...reader }, groupId: 'readers' }
  await expect(readAll(kafka.brokers, 'guarded', 1, login)).rejects.toThrow(/authorized/i)
  await kafka.allow('reader', [
    { resource: 'topic', name: 'guarded', operations: ['read'] },
    { resource: 'group', name: 'readers', operations: ['read'] },
  ])
  expect((await readAll(kafka.brokers, 'guarded', 1, login)).map(String)).toEqual(['seen'])
  await kafka.revoke('reader', { resource: 'topic', name: 'guarded' })
  await expect(readAll(kafka.brokers, 'guarded', 1, login)).rejects.toThrow(/authorized/i)
})

test.each([
  { mechanism: 'scram-sha-256', name: 'SCRAM-SHA-256' },
  { mechanism: 'scram-sha-512', name: 'SCRAM-SHA-512' },
] as const)('a user that was added logs in by $name', async ({ mechanism, name }) => {
  await kafka.addScramUser(scramReader, name)
  await kafka.allow('scram-reader', [
    { resource: 'topic', name: 'guarded', operations: ['read'] },
    { resource: 'group', name: mechanism, operations: ['read'] },
  ])
  const sasl = { mechanism, ...scramReader } as SASLOptions
  const values = await readAll(kafka.brokers, 'guarded', 1, { sasl, groupId: mechanism })
  expect(values.map(String)).toEqual(['seen'])
})
