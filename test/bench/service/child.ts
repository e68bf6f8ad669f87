/** What a benchmarked script is told by its parent, through the environment. */
export interface ChildSetting {
  readonly brokers: string[]
  readonly group: string
  /** How many events lie in the topic. */
  readonly events: number
  readonly statsdPort: number
}

/** What a benchmarked script tells its parent. */
export type Milestone = 'assigned' | 'judged'

export function toEnvironment({ brokers, group, events, statsdPort }: ChildSetting): NodeJS.ProcessEnv {
  return {
    BENCH_BROKERS: brokers.join(','),
    BENCH_GROUP: group,
    BENCH_EVENTS: String(events),
    BENCH_STATSD_PORT: String(statsdPort),
  }
}

export function fromEnvironment(env: NodeJS.ProcessEnv = process.env): ChildSetting {
  return {
    brokers: (env['BENCH_BROKERS'] ?? '').split(','),
    group: env['BENCH_GROUP'] ?? '',
    events: Number(env['BENCH_EVENTS']),
    statsdPort: Number(env['BENCH_STATSD_PORT']),
  }
}

export function tellParent(milestone: Milestone): void {
  process.send?.(milestone)
}

/** Ends this script in order when the parent says so, and at once when there is no parent any more. */
export function onStop(stop: () => Promise<void>): void {
  process.once('disconnect', () => process.exit(1))
  process.once('message', () => void stop().then(() => process.exit(0)))
}
