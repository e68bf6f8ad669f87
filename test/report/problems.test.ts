import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/model/problem.ts'
import { PROBLEM_FORMATS, reportProblems } from '../../src/report/problems.ts'
import { parseXml } from './xml.ts'

const CHECKED = { files: 2, rules: 3, paths: ['rules/a.yaml', 'rules/b.yaml'] }

const ERROR: Problem = {
  code: 'CONTRACT_BAD_VALUE',
  severity: 'error',
  message: 'is <wrong>\u001B[31m',
  hint: 'Mend it, 100 %.',
  at: { file: 'rules/a.yaml', line: 3, column: 5, length: 4, sourceLine: 'key: abcd' },
}
const WARNING: Problem = { ...ERROR, code: 'TAG_COLLISION', severity: 'warning' }
const NOTE: Problem = { ...ERROR, code: 'TAG_COLLISION', severity: 'info' }

describe('problems', () => {
  test.each(PROBLEM_FORMATS)('as %s end as their worst says', (format) => {
    expect(reportProblems(format, [WARNING, ERROR, NOTE], CHECKED).exitCode).toBe(2)
    expect(reportProblems(format, [WARNING, NOTE], CHECKED).exitCode).toBe(0)
    expect(reportProblems(format, [], CHECKED).exitCode).toBe(0)
  })

  test.each(PROBLEM_FORMATS)('as %s hold no escape sequence for a terminal', (format) => {
    expect(reportProblems(format, [ERROR], CHECKED).output).not.toContain('\u001B')
  })

  test('for GitHub are annotations of each level, and a last line that sums up', () => {
    const { output } = reportProblems('github', [ERROR, WARNING, NOTE], CHECKED)
    const lines = output.split('\n')
    expect(lines[0]).toBe(
      '::error file=rules/a.yaml,line=3,col=5,endColumn=9,title=CONTRACT_BAD_VALUE::is <wrong>·[31m%0Ahint: Mend it, 100 %25.',
    )
    expect(lines.slice(1, 3).map((line) => line.split(' ')[0])).toEqual(['::warning', '::notice'])
    expect(lines[3]).toBe('3 problems (1 error, 1 warning, 1 note) in 1 of 2 files')
  })

  test('as JUnit fail a test for each error, and pass one for each file without any problem', () => {
    const suite = parseXml(reportProblems('junit', [ERROR, WARNING], CHECKED).output).children[0]
    expect(suite?.attributes).toMatchObject({ tests: '3', failures: '1' })
    expect(suite?.children.map(({ attributes, children }) => [attributes.name, children.length])).toEqual([
      ['CONTRACT_BAD_VALUE rules/a.yaml:3:5', 1],
      ['warning: rules/a.yaml:3:5: is <wrong>\u{FFFD}[31m [TAG_COLLISION]', 0],
      ['rules/b.yaml', 0],
    ])
    expect(suite?.children[0]?.children[0]?.text).toBe(
      'rules/a.yaml:3:5: is <wrong>\u{FFFD}[31m [CONTRACT_BAD_VALUE]\nhint: Mend it, 100 %.',
    )
  })

  test('as JUnit have a test also where they stand in no file', () => {
    const { at: _, ...nowhere } = ERROR
    const suite = parseXml(reportProblems('junit', [nowhere], { ...CHECKED, paths: [] }).output).children[0]
    expect(suite?.children[0]?.attributes).toEqual({ name: 'CONTRACT_BAD_VALUE', classname: 'assay' })
  })
})
