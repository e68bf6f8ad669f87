import { withAdmin } from './admin.ts'

/** Removes the topics that a test run made on brokers which are not ours: those with its own random prefix, and no others. */
export async function deletePrefixedTopics(brokers: string, topicPrefix: string): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(topicPrefix))
    if (topics.length > 0) await admin.deleteTopics({ topics })
  })
}
