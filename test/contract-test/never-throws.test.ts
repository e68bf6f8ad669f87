import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseContractTest } from '../../src/contract-test/parse.ts'
import { prepareTest } from '../../src/contract-test/prepare.ts'
import { runTests } from '../../src/contract-test/run.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'

const RULES = new URL('../../rules/ads/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, RULES), 'utf8')

const GOOD = read('crm-ad-published.contract.test.yaml')
const LINES = GOOD.split('\n')
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
)

const parsed = parseContract(
  'rules/ads/crm-ad-published.contract.yaml',
  read('crm-ad-published.contract.yaml'),
)
const [topic] = compileContracts(parsed.contract ? [parsed.contract] : [], () => ({
  path: 'seller.schema.json',
  text: read('schemas/seller.schema.json'),
})).topics

/** Whatever the text: an answer, with places that are in it; and what has no mistake can be run. */
function expectSaneAnswer(text: string): void {
  const [compiled] = topic?.contracts ?? []
  if (!compiled) throw new Error('the example contract is not sound')
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

describe('a test file is answered', () => {
  test('if it is any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), expectSaneAnswer), { numRuns: 300 })
  })

  test('if it is a good one with something put in or cut out', () => {
    const change = fc.tuple(fc.nat(GOOD.length), fc.nat(12), fc.array(BITS, { maxLength: 3 }))
    fc.assert(
      fc.property(change, ([start, length, bits]) =>
        expectSaneAnswer(GOOD.slice(0, start) + bits.join('') + GOOD.slice(start + length)),
      ),
      { numRuns: 150 },
    )
  })

  test('if it is a good one with lines in another order', () => {
    const swap = fc.tuple(fc.nat(LINES.length - 1), fc.nat(LINES.length - 1))
    fc.assert(
      fc.property(swap, ([from, to]) => {
        const lines = [...LINES]
        lines.splice(to, 0, ...lines.splice(from, 1))
        expectSaneAnswer(lines.join('\n'))
      }),
      { numRuns: 100 },
    )
  })
})
