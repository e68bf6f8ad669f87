import type { TestProject } from 'vitest/node'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly brokers: string
    readonly topicPrefix: string
  }
}

/** One broker for all files of the project; each test has topics and groups of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafka = await startKafka()
  project.provide('brokers', kafka.brokers)
  project.provide('topicPrefix', kafka.topicPrefix)
  return () => kafka.stop()
}
