import { defineConfig } from 'vitest/config'

/** Tests with a broker: one file after another, since they measure time, load and the counts of whole topics. */
const WITH_BROKER = ['test/integration/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: WITH_BROKER,
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
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
