import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '../../src/errors/register.ts'
import type { ErrorEntry } from '../../src/errors/entry.ts'

const SRC = join(import.meta.dirname, '../../src')

/** Where a code is given to a fault or a problem: `code: 'X'`, `new Fault('X'`. */
const USED_AS_CODE = /(?:\bcode: |\bnew Fault\(\s*)'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g

const sources = globSync('**/*.ts', { cwd: SRC })
  .filter((path) => !path.startsWith('errors/'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }))

const isUsed = (code: string) => sources.some(({ text }) => new RegExp(`\\b${code}\\b`).test(text))

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
