import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

/** In CI, other expressions each time: what it finds is found again with the seed that it prints. */
const SEED = process.env.CI === undefined ? 20_250_601 : Date.now() % 1_000_000_000
const FOR_MS = process.env.CI === undefined ? 6000 : 30_000

test(
  `random expressions mean the same compiled (seed ${SEED})`,
  async () => {
    const { expressions, differences } = await fuzz({ seed: SEED, forMs: FOR_MS, maxDifferences: 3 })
    expect(differences.join('\n\n')).toBe('')
    expect(expressions).toBeGreaterThan(100)
  },
  FOR_MS + 60_000,
)
