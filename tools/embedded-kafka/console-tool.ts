import { runToEnd, type Finished } from '../child-process/run-to-end.ts'
import { classArchiveFlags } from './class-archive.ts'
import { kafkaParts } from './jars.ts'

const TOOL_TIMEOUT_MS = 60_000
const TOOL_JVM_FLAGS = [
  '-Xmx128m',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  // The tools log their whole configuration at INFO.
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
]

/** Runs one of Kafka's own tools (`org.apache.kafka.tools.ConsoleProducer`, `kafka.admin.ConfigCommand` …) from the broker's jars. */
export async function runConsoleTool(
  className: string,
  args: readonly string[],
  stdin: string | Uint8Array = '',
): Promise<Finished> {
  const parts = await kafkaParts()
  const jvmArgs = [...TOOL_JVM_FLAGS, ...(await classArchiveFlags(parts)), '-cp', parts.classPath]
  return runToEnd('java', [...jvmArgs, className, ...args], { stdin, timeoutMs: TOOL_TIMEOUT_MS })
}
