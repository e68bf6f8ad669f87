import { describe, expect, test } from 'vitest'
import { CORPORA, problemsOf, problemsOfRule, readCorpus, textAt } from './corpus.ts'

describe.each(CORPORA)('rules about %s', (name) => {
  test('that are good are met with silence', () => {
    const contract = readCorpus(name, 'good')
    expect(problemsOf(contract)).toEqual([])
  })

  const wrong = readCorpus(name, 'wrong')
  const problems = problemsOf(wrong)

  test.each(wrong.rules.filter(({ description }) => description !== undefined))(
    'that are wrong are named: $id, $description',
    (rule) => {
      const [code, text = ''] = (rule.description ?? '').split(' at ')
      const found = problemsOfRule(rule, problems)
      expect(found.map((problem) => problem.code)).toEqual([code])
      expect(textAt(found[0] as (typeof found)[0])).toContain(text)
      expect(textAt(found[0] as (typeof found)[0]).startsWith(text)).toBe(true)
      expect(found[0]?.hint).toMatch(/\S.*[.?…]$/)
    },
  )
})

test('the corpora are large enough to mean something', () => {
  expect(rulesIn('good')).toBeGreaterThan(100)
  expect(rulesIn('wrong')).toBeGreaterThan(100)
})

/** Without the schema rule that each contract begins with. */
function rulesIn(kind: 'good' | 'wrong'): number {
  return CORPORA.reduce((sum, name) => sum + readCorpus(name, kind).rules.length - 1, 0)
}
