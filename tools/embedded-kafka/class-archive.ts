import { join } from 'node:path'
import { fillOnce } from '../cache/fill-once.ts'
import { createBrokerProcess } from './broker-process.ts'
import type { KafkaParts } from './jars.ts'

/**
 * JVM flags that make Kafka start in about half the time: its classes come parsed and verified from an archive (AppCDS), which a first
 * broker writes when it ends. The JVM checks the archive against itself and the jars, and goes on without it if they don't match; a JVM
 * that doesn't know these flags ignores them.
 */
export async function classArchiveFlags(parts: KafkaParts): Promise<readonly string[]> {
  // Beside the jars, not among them: the archive holds the jars' final paths, so they must be in their place before it is made.
  const folder = await fillOnce(`${parts.key}-classes`, (partial) =>
    record(parts, join(partial, 'broker.jsa')),
  )
  return [
    '-XX:+IgnoreUnrecognizedVMOptions',
    '-Xshare:auto',
    `-XX:SharedArchiveFile=${join(folder, 'broker.jsa')}`,
  ]
}

async function record(parts: KafkaParts, archive: string): Promise<void> {
  const jvmFlags = ['-XX:+IgnoreUnrecognizedVMOptions', `-XX:ArchiveClassesAtExit=${archive}`]
  const broker = await createBrokerProcess({ parts, config: {}, advertisedPort: undefined, jvmFlags })
  try {
    await broker.startProcess()
    await broker.stopProcess('SIGTERM')
  } finally {
    await broker.dispose()
  }
}
