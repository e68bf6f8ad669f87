import { readFileSync } from 'node:fs'
import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { parseContractTest } from '../../src/contract-test/parse.ts'
import { prepareTest } from '../../src/contract-test/prepare.ts'
import { runTests } from '../../src/contract-test/run.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import type { CompiledContract } from '../../src/evaluate/compiled.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, ROOT), 'utf8')

const BITS = fc.constantFrom(
  '- ',
  ': ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '|',
  '"',
  "'",
  '\n',
  '  ',
  '\t',
  '~',
  '0x1',
  'steps:',
  'now: ',
  'raw: ',
  'silence: true',
  'status: ',
  '1d',
)

function compile(name: string): CompiledContract {
  const { contract } = parseContract(name, read(name))
  const [topic] = compileContracts(contract ? [contract] : [], () => ({
    path: 'seller.schema.json',
    text: read('rules/ads/schemas/seller.schema.json'),
  })).topics
  const [compiled] = topic?.contracts ?? []
  if (!compiled) throw new Error('the example contract is not sound')
  return compiled
}

/** Whatever the text: an answer, with places that are in it; and what has no mistake can be run. */
function expectSaneAnswer(compiled: CompiledContract, text: string): void {
  const { test: parsedTest, problems } = parseContractTest('any.yaml', text)
  expect(parsedTest !== undefined || problems.length > 0).toBe(true)
  const prepared =
    parsedTest && prepareTest(parsedTest, compiled, (_, path) => ({ path, missing: 'gone' }), true)
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const { at, message, hint } of [...problems, ...(prepared?.problems ?? [])]) {
    expect(message.length * hint.length).toBeGreaterThan(0)
    expect(lines[(at?.line ?? 0) - 1]).toBe(at?.sourceLine)
  }
  if (!prepared || problems.length + prepared.problems.length > 0) return
  const options = { rules: new Set<string>(), cases: new Set<string>(), minCoverage: 100, isStrict: true }
  expect(runTests([prepared.ready], [compiled], options).files[0]?.cases.length).toBeGreaterThan(0)
}

describe.each([
  ['about events', 'rules/ads/crm-ad-published.contract.yaml', 150],
  ['about statuses', 'examples/streams/meters/reading.contract.yaml', 60],
])('a test file %s is answered', (_, contract, numRuns) => {
  const compiled = compile(contract)
  const good = read(contract.replace('.yaml', '.test.yaml'))
  const goodLines = good.split('\n')

  test('if it is any text', () => {
    const anything = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(anything, (text) => expectSaneAnswer(compiled, text)),
      { numRuns: 2 * numRuns },
    )
  })

  test('if it is a good one with something put in or cut out', () => {
    const change = fc.tuple(fc.nat(good.length), fc.nat(12), fc.array(BITS, { maxLength: 3 }))
    fc.assert(
      fc.property(change, ([start, length, bits]) =>
        expectSaneAnswer(compiled, good.slice(0, start) + bits.join('') + good.slice(start + length)),
      ),
      { numRuns },
    )
  })

  test('if it is a good one with lines in another order', () => {
    const swap = fc.tuple(fc.nat(goodLines.length - 1), fc.nat(goodLines.length - 1))
    fc.assert(
      fc.property(swap, ([from, to]) => {
        const lines = [...goodLines]
        lines.splice(to, 0, ...lines.splice(from, 1))
        expectSaneAnswer(compiled, lines.join('\n'))
      }),
      { numRuns },
    )
  })
})
