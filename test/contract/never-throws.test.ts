import { readFileSync } from 'node:fs'
import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'

const GOOD = readFileSync(new URL('../fixtures/contracts/everything.good.yaml', import.meta.url), 'utf8')
const LINES = GOOD.split('\n')

const INDICATORS = [
  '- ',
  ': ',
  ':',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*a',
  '!t ',
  '|',
  '>-',
  '"',
  "'",
  '#',
  '<<',
  '@',
]
const SPACES = [
  '\n',
  '\r\n',
  '\r',
  '  ',
  '\t',
  '\\',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
]
const WORDS = ['rules', 'id', '0x1', '.nan', '~', '`', 'assert: a']
const YAML_BITS = fc.constantFrom(...INDICATORS, ...SPACES, ...WORDS)

/** Whatever the text: an answer, with places that are in it. */
function expectSaneAnswer(text: string): void {
  const { contract, problems } = parseContract('any.yaml', text)
  expect(contract !== undefined || problems.length > 0).toBe(true)
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const { at, message, hint } of problems) {
    expect(message.length * hint.length).toBeGreaterThan(0)
    expect(lines[(at?.line ?? 0) - 1]).toBe(at?.sourceLine)
    expect(at?.column).toBeGreaterThan(0)
    expect(at?.column).toBeLessThanOrEqual((at?.sourceLine.length ?? 0) + 2)
  }
  for (const rule of contract?.rules ?? []) {
    const located = rule.check.kind === 'assert' ? rule.check.expression : rule.check.path
    for (let offset = -1; offset <= located.text.length + 1; offset += 1) {
      expect(located.locate(offset).line).toBeLessThanOrEqual(lines.length)
    }
  }
}

describe('parseContract answers', () => {
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), expectSaneAnswer), { numRuns: 500 })
  })

  test('any text made of what YAML gives a meaning to', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(YAML_BITS, fc.string({ maxLength: 5 })), { maxLength: 60 }), (bits) =>
        expectSaneAnswer(bits.join('')),
      ),
      { numRuns: 2000 },
    )
  })

  test('a good file with something inserted, replaced or cut out', () => {
    const anywhere = fc.integer({ min: 0, max: GOOD.length })
    fc.assert(
      fc.property(
        anywhere,
        fc.integer({ min: 0, max: 20 }),
        fc.oneof(YAML_BITS, fc.string()),
        (at, cut, bit) => expectSaneAnswer(GOOD.slice(0, at) + bit + GOOD.slice(at + cut)),
      ),
      { numRuns: 1000 },
    )
  })

  test('a good file with lines in another order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LINES), (lines) => expectSaneAnswer(lines.join('\n'))),
      { numRuns: 500 },
    )
  })
})
