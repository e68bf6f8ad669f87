import { describe, expect, test } from 'vitest'
import { ERRORS } from '../../src/errors/register.ts'
import type { ErrorEntry } from '../../src/errors/entry.ts'
import { assay } from './support.ts'

const explain = (code: string) => assay(['validate', '--explain', code])

describe('validate --explain', () => {
  test.each(Object.entries<ErrorEntry>(ERRORS))(
    'prints the page of %s',
    async (code, { title, cause, mend }) => {
      const { exitCode, out, err } = await explain(code)
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
      for (const part of [code, title, cause, mend]) expect(out).toContain(part)
    },
  )

  test('takes a code as it is copied', async () => {
    expect(await explain('[contract_unknown_key]')).toEqual(await explain('CONTRACT_UNKNOWN_KEY'))
  })

  test('shows lines with the mistake, and without', async () => {
    const { out } = await explain('RULE_WITH_SEVERAL_CHECKS')
    expect(out).toMatch(/^wrong:\n {4}/m)
    expect(out).toMatch(/^right:\n {4}/m)
  })

  test.each([
    ['CONTRACT_UNKNWON_KEY', 'Did you mean CONTRACT_UNKNOWN_KEY?'],
    ['waiver', 'Did you mean WAIVER_EXPIRED?'],
    ['S0207', 'a code of JSONata'],
    ['constructor', 'A code stands in square brackets'],
    ['', 'A code stands in square brackets'],
    ['\u001B[31m', 'A code stands'],
  ])('does not know %j', async (code, hint) => {
    const { exitCode, out, err } = await explain(code)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(hint)
    expect(err).not.toContain('\u001B')
  })
})

test('validate without paths is a mistake', async () => {
  expect(await assay(['validate'])).toMatchObject({ exitCode: 2, out: '' })
})

test.each(['tomorrow', '2027-13-01', '27-01-01'])('validate --today %s is a mistake', async (day) => {
  const { exitCode, err } = await assay(['validate', '--today', day, 'rules'])
  expect(exitCode).toBe(2)
  expect(err).toContain('A date such as 2027-03-31 is expected.')
})
