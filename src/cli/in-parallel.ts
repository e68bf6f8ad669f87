/** Does a task for each item, at most `limit` of them at a time, and begins with no more once it is told to stop. Resolves when all that were begun are done. */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<void>,
  isStopped: () => boolean,
): Promise<void> {
  const left = items.values()
  const work = async () => {
    for (const item of left) {
      if (isStopped()) return
      await task(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
}
