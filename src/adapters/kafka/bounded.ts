import type { Clock } from '../../ports/clock.ts'

/** Waits for work whose failure changes nothing, but no longer than `timeoutMs`. Never rejects. */
export async function bounded(work: Promise<unknown>, timeoutMs: number, clock: Clock): Promise<void> {
  const late = new AbortController()
  await Promise.race([work.catch(() => undefined), clock.sleep(timeoutMs, late.signal)])
  late.abort()
}

/** Waits for work that must be done within `timeoutMs`; rejects when it isn't, and as the work rejects. */
export async function inTime(work: Promise<unknown>, timeoutMs: number, clock: Clock): Promise<void> {
  const late = new AbortController()
  const timeout = clock.sleep(timeoutMs, late.signal).then(() => 'late')
  try {
    if ((await Promise.race([work, timeout])) === 'late')
      throw new Error('the brokers did not answer in time')
  } finally {
    late.abort()
  }
}
