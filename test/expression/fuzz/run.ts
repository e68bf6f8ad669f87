/**
 * Looks for differences between compiled expressions, the synchronous interpreter and upstream's own, for as long as one wants. Run:
 * `npm run fuzz -- --minutes 10 [--seed 1]`. Ends with exit code 1 if it finds one; the same seed finds it again.
 */
import { parseArgs } from 'node:util'
import { type FuzzTotals, fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const seed = Number(values.seed)
const minutes = Number(values.minutes)
if (!Number.isFinite(seed) || !(minutes > 0)) {
  process.stderr.write('usage: npm run fuzz -- --minutes N [--seed S]\n')
  process.exit(2)
}

const show = ({ expressions, sets, races, differences }: FuzzTotals) =>
  process.stdout.write(
    `${expressions} expressions, ${sets} sets: ${differences.length} differences (${races} races of upstream with itself)\n`,
  )

process.stdout.write(`seed ${seed}\n`)
const totals = await fuzz({ seed, forMs: minutes * 60_000, maxDifferences: 10, onProgress: show })
for (const difference of totals.differences) process.stdout.write(`\n${difference}\n`)
show(totals)
process.exitCode = totals.differences.length > 0 ? 1 : 0
