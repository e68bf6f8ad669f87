import { expect, test } from 'vitest'
import { syntaxTree } from '../../src/expression/index.ts'
import { inspectContracts } from '../../src/inspect/inspect.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { readReferencedFile } from '../../src/adapters/files/text-file.ts'

const FILE = 'test/inspect/corpus/bounds.contract.yaml'

/** Codes of what is said of one rule about listings. */
function codesOf(assertion: string): string[] {
  const { contract } = parseContract(
    FILE,
    JSON.stringify({
      apiVersion: 'assay/v1',
      id: 'bounds',
      version: '1.0.0',
      topic: 'listings.v1',
      domain: 'corpus',
      owner: 'team-corpus',
      rules: [
        { id: 'shape', schema: './schemas/listing.schema.json' },
        { id: 'bounded', assert: assertion },
      ],
    }),
  )
  if (contract === undefined) throw new Error('no contract')
  return inspectContracts([contract], readReferencedFile, syntaxTree).map(({ code }) => code)
}

const many = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index))

test.each([
  ['300 conditions', many(300, (index) => `listing.price.amount > ${index}`).join(' and ')],
  [
    '300 optional fields',
    many(300, (index) => `$exists(seller.rating) and seller.rating > ${index / 100}`).join(' or '),
  ],
  ['300 nested negations', `${'$not('.repeat(300)}seller.verified${')'.repeat(300)}`],
  ['300 choices', `${many(300, (index) => `listing.price.amount = ${index} ? true : `).join('')}false`],
  ['40 nested predicates', `$exists(extra${'[b = c'.repeat(40)}${']'.repeat(40)})`],
  ['5,000 values', `listing.title in [${many(5000, (index) => `"${index}"`).join(', ')}]`],
  [
    'a function that calls itself twice',
    '($f := function($n) { $n > 0 ? $f($n - 1) + $f($n - 2) : 1 }; $f(30) > 1)',
  ],
  ['a function that is given itself', '($f := function($g) { $g($g) }; $f($f) = 1)'],
  [
    'functions that call one another',
    '($a := function($n) { $b($n) }; $b := function($n) { $a($n) }; $a(1) = 1)',
  ],
  ['too many conditions for the stack', many(20_000, () => 'seller.verified').join(' and ')],
  ['too many brackets for the stack', `${'('.repeat(20_000)}seller.verified${')'.repeat(20_000)}`],
])('%s end soon, and say nothing wrong', (_, assertion) => {
  const startedMs = performance.now()
  expect(codesOf(assertion)).toEqual([])
  expect(performance.now() - startedMs).toBeLessThan(5000)
})
