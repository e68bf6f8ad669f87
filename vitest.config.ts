import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Tests with a broker: one file after another, since they measure time, load and the counts of whole topics. */
const WITH_BROKER = ['test/integration/**/*.test.ts']

/** What is awaited may take its time on a busy machine: it costs nothing where it comes at once. Vitest gives up after one second. */
const expectSettings = { poll: { timeout: 20_000 } }

/** A short command spends half of its time on compiling its own files. Of all that tests start, only the first one has to. */
const compiled = mkdtempSync(join(tmpdir(), 'assay-compiled-'))
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }))

export default defineConfig({
  test: {
    env: { NODE_COMPILE_CACHE: compiled },
    projects: [
      {
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: WITH_BROKER,
          // Unless told otherwise Vitest leaves one processor to others: half of a machine that has two.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          expect: expectSettings,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'service',
          include: WITH_BROKER,
          globalSetup: ['test/integration/kafka.setup.ts'],
          fileParallelism: false,
          expect: expectSettings,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
