import { Kafka, logLevel, type Admin } from 'kafkajs'

const QUIET = {
  clientId: 'embedded-kafka',
  logLevel: logLevel.NOTHING,
  connectionTimeout: 2000,
  requestTimeout: 10_000,
}

/** Runs `work` with an admin client that says nothing and doesn't retry, and disconnects it. */
export async function withAdmin<Result>(
  brokers: string,
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = new Kafka({ ...QUIET, brokers: brokers.split(','), retry: { retries: 0 } }).admin()
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}
