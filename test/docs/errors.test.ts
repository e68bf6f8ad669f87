import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import { RuleChecker } from '../../src/evaluate/check-rules.ts'
import { ERRORS } from '../../src/errors/register.ts'
import type { ErrorEntry } from '../../src/errors/entry.ts'

const SRC = join(import.meta.dirname, '../../src')

/** Where a code is given to a fault or a problem: `code: 'X'`, `new Fault('X'`. */
const USED_AS_CODE = /(?:\bcode: |\bnew Fault\(\s*)'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g

const sources = globSync('**/*.ts', { cwd: SRC })
  .filter((path) => !path.startsWith('errors/'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }))

const isUsed = (code: string) => sources.some(({ text }) => new RegExp(`\\b${code}\\b`).test(text))

const HEAD = ['apiVersion: assay/v1', 'id: a', 'version: 1.0.0', 'topic: a', 'domain: a', 'owner: a']
const RULES = ['rules:', '  - id: a', '    assert: a']

/** A contract that says what an example says, and otherwise as little as it may. */
function contractWith(example: string): string {
  const written = new Set(Array.from(example.matchAll(/^(\w+):/gm), ([, key]) => key))
  const head = HEAD.filter((line) => !written.has(line.split(':')[0] ?? ''))
  return [...head, example, ...(written.has('rules') ? [] : RULES), ''].join('\n')
}

function codesOf(example: string): string[] {
  const { contract, problems } = parseContract('a.contract.yaml', contractWith(example))
  const checked = new RuleChecker(() => ({ path: 'a.json', text: '{}' })).check(contract?.rules ?? [])
  return [...problems, ...checked].map(({ code }) => code)
}

const WITH_EXAMPLE = Object.entries<ErrorEntry>(ERRORS).filter(([, { example }]) => example !== undefined)

describe('the example of an error', () => {
  test('is there for the mistakes that are made most', () => {
    expect(WITH_EXAMPLE.length).toBeGreaterThan(10)
  })

  test.each(WITH_EXAMPLE)('%s has the mistake, and then has it no more', (code, { example }) => {
    expect(codesOf(example?.wrong ?? '')).toEqual([code])
    expect(codesOf(example?.right ?? '')).toEqual([])
  })
})

describe('the register of errors', () => {
  test('has no code that nothing uses', () => {
    const unused = Object.keys(ERRORS).filter((code) => !isUsed(code))
    expect(unused).toEqual([])
  })

  test('has every code that is used', () => {
    const used = sources.flatMap(({ path, text }) =>
      Array.from(text.matchAll(USED_AS_CODE), ([, code = '']) => ({ path, code })),
    )
    expect(used.length).toBeGreaterThan(20)
    expect(used.filter(({ code }) => !(code in ERRORS))).toEqual([])
  })

  test.each(Object.entries<ErrorEntry>(ERRORS))(
    '%s: says what, why and what to do',
    (_, { title, cause, mend }) => {
      expect(title).toMatch(/^\S.*[^.\s]$/)
      expect(cause).toMatch(/^\S[^]*\.$/)
      expect(mend).toMatch(/^\S[^]*\.$/)
    },
  )
})
