import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import { EXIT_CODES } from '../../src/report/exit-codes.ts'
import { reportProblemsAsJson } from '../../src/report/problems-json.ts'

describe('problems as JSON', () => {
  test('have the place, the code, the severity, the message and the hint', () => {
    const { output, exitCode } = reportProblemsAsJson(parseContract('a.yaml', '').problems)
    expect(exitCode).toBe(EXIT_CODES.invalid)
    expect(JSON.parse(output)).toEqual({
      problems: [
        {
          file: 'a.yaml',
          line: 1,
          column: 1,
          code: 'CONTRACT_EMPTY',
          severity: 'error',
          message: 'the file holds nothing but white space and comments',
          hint: 'Begin with `apiVersion: assay/v1`, or remove the file.',
        },
      ],
    })
  })

  test('have null for the place of what stands in no file', () => {
    const { output, exitCode } = reportProblemsAsJson([
      { code: 'CONTRACT_EMPTY', severity: 'warning', message: 'm', hint: 'h' },
    ])
    expect(exitCode).toBe(EXIT_CODES.fine)
    expect(JSON.parse(output).problems).toMatchObject([{ file: null, line: null, column: null }])
  })

  test('are sorted as in text', () => {
    const problems = ['b.yaml', 'a.yaml'].flatMap((file) => parseContract(file, '').problems)
    const { output } = reportProblemsAsJson(problems)
    expect(output.indexOf('a.yaml')).toBeLessThan(output.indexOf('b.yaml'))
  })

  test('are an empty list if there are none', () => {
    expect(reportProblemsAsJson([])).toEqual({
      output: '{\n  "problems": []\n}\n',
      exitCode: EXIT_CODES.fine,
    })
  })
})
