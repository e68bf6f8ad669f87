import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchForHint } from '../../src/adapters/files/watch.ts'
import { assigned } from '../engine/memory.ts'
import { FLUSH_MS } from '../engine/running.ts'
import { INTERVAL_MS, Reloading } from './reloading.ts'
import { Files } from './support.ts'

const WARM = 50
const RELOADS = 500
/** Code that the engine of Node makes better while it runs. One rule set is about 100 KB, so that 450 of them would be far above. */
const NOISE_BYTES = 3_000_000

let files: Files
let collect: () => void

beforeEach(() => {
  files = new Files()
  setFlagsFromString('--expose-gc')
  collect = runInNewContext('gc') as () => void
})

afterEach(() => files.remove())

/** Rules that no reload before had: ids, expressions with patterns and lambdas, conditions, and a schema that refers to another one. */
function writeRules(generation: number): void {
  files.write('rules/schemas/least.json', JSON.stringify({ minimum: -generation }))
  files.write(
    'rules/schemas/n.json',
    JSON.stringify({
      properties: { n: { $ref: 'least.json' }, id: { pattern: `^${generation}[a-z]+$` } },
    }),
  )
  files.writeContract('a', [
    { id: `bound_${generation}`, assert: `n > -${generation}` },
    { id: `pattern_${generation}`, when: `$exists(id)`, assert: `$match(id, /x${generation}y*/)` },
    { id: `many_${generation}`, engine: 'interpreter', assert: `$sum([1..3].($ * ${generation})) > 0` },
    { id: `form_${generation}`, schema: './schemas/n.json' },
    { id: `flows_${generation}`, freshness: { within: `${generation + 1}m` } },
  ])
}

function heapBytes(): number {
  // What only a finalizer lets go is gone after the second time.
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

test('500 reloads leave no more behind than 50', { timeout: 120_000 }, async () => {
  writeRules(0)
  files.writeContract('b', [{ id: 'stays', assert: 'n > 0' }], { id: 'b', topic: 'other.v1' })
  const reloading = await Reloading.start(
    files.at('rules'),
    {},
    { watch: () => watchForHint(files.at('rules')) },
  )
  const { running, reload, prometheus } = reloading
  running.source.handler.onAssigned([assigned(), assigned({ topic: 'other.v1' })], true)
  const over = reload.run()
  let changes = 0
  let warmBytes = 0
  let warmAlarms = 0
  for (let generation = 1; generation <= RELOADS; generation++) {
    writeRules(generation)
    await running.consume({ n: generation, id: 'a' }, { n: 'x' })
    await running.clock.pass(INTERVAL_MS + FLUSH_MS)
    running.sink.taken.length = 0
    running.source.commits.length = 0
    running.log.lines.length = 0
    changes += reloading.changes.splice(0).length
    if (generation === WARM) warmAlarms = running.clock.alarms
    if (generation === WARM) warmBytes = heapBytes()
  }
  const grownBytes = heapBytes() - warmBytes
  expect(changes).toBe(RELOADS)
  expect(running.clock.alarms).toBe(warmAlarms)
  await prometheus.scrape()
  const { body } = await prometheus.scrape()
  const rules = new Set(Array.from(body.matchAll(/rule="(\w+)"/g), ([, rule]) => rule))
  expect([...rules].filter((rule) => !rule?.endsWith(`_${RELOADS}`))).toEqual(['stays'])
  expect(grownBytes).toBeLessThan(NOISE_BYTES)
  reload.stop()
  await over
})
