import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

/** The same each time, so that no change is held up by what another one did: `npm run fuzz` looks for more. */
const SEED = 20_250_601
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
