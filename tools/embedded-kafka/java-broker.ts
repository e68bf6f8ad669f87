import { createBrokerProcess, type BrokerPlan, type BrokerProcess } from './broker-process.ts'
import { classArchiveFlags } from './class-archive.ts'
import { kafkaParts } from './jars.ts'
import { assertJavaAndMaven } from './prerequisites.ts'
import type { Properties } from './properties.ts'

/** Another process may take a port between our finding it free and the broker's binding it. */
const START_ATTEMPTS = 3

/** Starts Apache Kafka from its jars and resolves when it answers. Rejects with what to install if that is why it can't. */
export async function startJavaBroker(
  config: Properties,
  advertisedPort: number | undefined,
): Promise<BrokerProcess> {
  try {
    const parts = await kafkaParts()
    const jvmFlags = await classArchiveFlags(parts)
    return await startOnFreePorts({ parts, config, advertisedPort, jvmFlags })
  } catch (error) {
    // Asked only now, since asking Maven for its version takes as long as half a start of the broker.
    await assertJavaAndMaven()
    throw error
  }
}

async function startOnFreePorts(plan: BrokerPlan): Promise<BrokerProcess> {
  for (let attempt = 1; ; attempt++) {
    const broker = await createBrokerProcess(plan)
    try {
      await broker.startProcess()
      return broker
    } catch (error) {
      await broker.dispose()
      if (attempt === START_ATTEMPTS || !isPortTaken(error)) throw error
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Address already in use')
}
