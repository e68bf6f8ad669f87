import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { GuardedProcess } from '../child-process/guarded.ts'
import { withAdmin } from './admin.ts'

const START_TIMEOUT_MS = 60_000
const POLL_MS = 25

/** Resolves when the broker names itself and its controller in a metadata answer; rejects with its log if it ends before or takes too long. */
export async function untilAnswering(brokers: string, broker: GuardedProcess): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS
  while (!(await answers(brokers))) {
    if (broker.hasEnded()) throw new Error(`Kafka ended while it started:\n${await broker.logTail()}`)
    if (Date.now() > deadlineMs) throw new Error(`Kafka did not answer in time:\n${await broker.logTail()}`)
    await delay(POLL_MS)
  }
}

async function answers(brokers: string): Promise<boolean> {
  // kafkajs waits and retries inside when a port is closed: a bare connection says so at once.
  if (!(await accepts(brokers))) return false
  try {
    const cluster = await withAdmin(brokers, (admin) => admin.describeCluster())
    return cluster.brokers.length > 0 && cluster.controller !== null
  } catch {
    return false
  }
}

async function accepts(brokers: string): Promise<boolean> {
  const [host = '', port = ''] = brokers.split(':')
  const socket = connect({ host, port: Number(port) })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
