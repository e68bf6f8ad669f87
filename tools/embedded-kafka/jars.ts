import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fillOnce } from '../cache/fill-once.ts'
import { runOrThrow } from '../child-process/run-to-end.ts'

const POM = join(import.meta.dirname, 'pom.xml')
const RESOLVE_TIMEOUT_MS = 300_000
/** Any id will do: brokers of tests never meet one another. */
const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qk'

/** What a broker is started from. */
export interface KafkaParts {
  /** For `java -cp`. */
  readonly classPath: string
  /** An empty formatted log folder, to be copied. */
  readonly formattedFolder: string
  /** Changes whenever the jars do. */
  readonly key: string
}

/** Resolves the jars of `pom.xml` and formats an empty log folder, once for each content of the pom. Rejects without Java or Maven. */
export async function kafkaParts(): Promise<KafkaParts> {
  const hash = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12)
  const key = `kafka-4.1.0-${hash}`
  const folder = await fillOnce(key, fill)
  return { classPath: join(folder, 'libs', '*'), formattedFolder: join(folder, 'formatted'), key }
}

async function fill(folder: string): Promise<void> {
  const libs = join(folder, 'libs')
  const resolve = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${libs}`]
  await runOrThrow('mvn', resolve, { timeoutMs: RESOLVE_TIMEOUT_MS })
  await format(libs, folder)
}

/** Formatting takes a JVM of its own and more than a second; two copied files do the same. */
async function format(libs: string, folder: string): Promise<void> {
  const formatted = join(folder, 'formatted')
  const properties = join(folder, 'format.properties')
  await mkdir(formatted)
  await writeFile(
    properties,
    [
      'process.roles=broker,controller',
      'node.id=1',
      'controller.quorum.voters=1@127.0.0.1:1',
      'listeners=CLIENT://127.0.0.1:2,CONTROLLER://127.0.0.1:1',
      'listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'controller.listener.names=CONTROLLER',
      'inter.broker.listener.name=CLIENT',
      `log.dirs=${formatted}`,
    ].join('\n'),
  )
  const args = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', properties]
  await runOrThrow('java', ['-cp', join(libs, '*'), ...args], { timeoutMs: RESOLVE_TIMEOUT_MS })
}
