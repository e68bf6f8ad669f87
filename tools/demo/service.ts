import { startAssay, type AssayProcess } from '../assay-process/start-assay.ts'
import type { Stage } from './stage.ts'

/** Starts `assay run` as it is in production, but for shorter intervals. */
export function startService({ kafka, rulesFolder, group, receiver }: Stage): AssayProcess {
  const flags = {
    rules: rulesFolder,
    brokers: kafka.brokers,
    group,
    from: 'earliest',
    statsd: `127.0.0.1:${receiver.port}`,
    'flush-interval': '500ms',
  }
  return startAssay(Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]))
}

/** Rejects when the service ends, with the end of its log: while the demo runs, it has no reason to. */
export async function whenServiceFails(service: AssayProcess): Promise<never> {
  const code = await service.ended
  const log = service.log.slice(-5).map((line) => JSON.stringify(line))
  throw new Error(`assay run ended by itself with ${code ?? 'a signal'}. Its log ends:\n${log.join('\n')}`)
}
