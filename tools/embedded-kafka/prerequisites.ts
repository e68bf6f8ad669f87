import { runToEnd } from '../child-process/run-to-end.ts'

const OLDEST_JAVA = 17

/** Rejects with what to install if this machine can't run the broker's jars. */
export async function assertJavaAndMaven(): Promise<void> {
  const [java, mavenIsThere] = await Promise.all([javaVersion(), starts('mvn', ['--version'])])
  const missing = [
    ...(java === undefined ? ['no `java` was found'] : []),
    ...(java !== undefined && java < OLDEST_JAVA ? [`\`java\` is version ${java}`] : []),
    ...(mavenIsThere ? [] : ['no `mvn` was found']),
  ]
  if (missing.length > 0) {
    throw new Error(
      `No Kafka can be had here: ASSAY_TEST_BROKERS is not set, no Docker engine answers, and ${missing.join(' and ')}. ` +
        `Set ASSAY_TEST_BROKERS=host:port, or start Docker, or install Java ${OLDEST_JAVA} (or later) and Maven.`,
    )
  }
}

async function javaVersion(): Promise<number | undefined> {
  try {
    const { stdout, stderr } = await runToEnd('java', ['-version'])
    const major = /version "(\d+)/.exec(stdout + stderr)?.[1]
    return major === undefined ? undefined : Number(major)
  } catch {
    return undefined
  }
}

async function starts(command: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await runToEnd(command, args)).exitCode === 0
  } catch {
    return false
  }
}
