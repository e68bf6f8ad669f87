import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import type { Location, Problem } from '../../src/model/problem.ts'
import { EXIT_CODES } from '../../src/report/exit-codes.ts'
import { reportProblemsAsText } from '../../src/report/problems-text.ts'

function locationOf(changes: Partial<Location> = {}): Location {
  return { file: 'a.yaml', line: 3, column: 5, length: 3, sourceLine: 'key: abc', ...changes }
}

function problemOf(changes: Partial<Problem> = {}): Problem {
  return {
    code: 'CONTRACT_BAD_VALUE',
    severity: 'error',
    message: 'is wrong',
    hint: 'Mend it.',
    at: locationOf(),
    ...changes,
  }
}

const CHECKED = { files: 5, rules: 12 }

/** The two lines under a problem's first one. */
function excerptOf(at: Partial<Location>): string[] {
  const { output } = reportProblemsAsText([problemOf({ at: locationOf(at) })], CHECKED)
  return output
    .split('\n')
    .slice(1, 3)
    .map((line) => line.slice(4))
}

describe('problems as text', () => {
  test('say where, what, why and what to do', () => {
    const lines = [
      'apiVersion: assay/v1',
      'id: ads',
      'version: 1.0.0',
      'topic: ads',
      'domain: ads',
      'owner: team',
      'rules:',
    ]
    const text = [...lines, '  - id: price_is_positive', '    severity: warn', '    assert: price > 0'].join(
      '\n',
    )
    const { problems } = parseContract('rules/ads/x.contract.yaml', text)
    expect(reportProblemsAsText(problems, { files: 1, rules: 1 })).toEqual({
      output: [
        'rules/ads/x.contract.yaml:9:15: rule "price_is_positive": `severity` must be one of `error`, `warning`, `info`; found "warn" [CONTRACT_UNKNOWN_VALUE]',
        '        severity: warn',
        '                  ^^^^',
        '  hint: Did you mean `warning`?',
        '',
        '1 problem (1 error) in 1 of 1 file',
        '',
      ].join('\n'),
      exitCode: EXIT_CODES.invalid,
    })
  })

  test('are sorted by file, line and column, those of no file first', () => {
    const places = [
      locationOf({ file: 'b.yaml', line: 1 }),
      locationOf({ line: 10 }),
      locationOf({ line: 9, column: 12, sourceLine: ' '.repeat(20) }),
      locationOf({ line: 9, column: 2 }),
    ]
    const problems = places.map((at) => problemOf({ at }))
    const { at: _, ...nowhere } = problemOf({ message: 'the flag is wrong' })
    const { output } = reportProblemsAsText([...problems, nowhere], CHECKED)
    const heads = output.split('\n').filter((line) => line.includes('[CONTRACT_BAD_VALUE]'))
    expect(heads.map((line) => line.split(' ')[0])).toEqual([
      'the',
      'a.yaml:9:2:',
      'a.yaml:9:12:',
      'a.yaml:10:5:',
      'b.yaml:1:5:',
    ])
  })

  test.each<[string, Problem[], number, string]>([
    ['nothing is wrong', [], EXIT_CODES.fine, '5 files, 12 rules: no problems'],
    [
      'there are only warnings',
      [problemOf({ severity: 'warning' })],
      EXIT_CODES.fine,
      '1 problem (1 warning) in 1 of 5 files',
    ],
    [
      'there are both',
      [problemOf(), problemOf(), problemOf({ severity: 'warning', at: locationOf({ file: 'b.yaml' }) })],
      EXIT_CODES.invalid,
      '3 problems (2 errors, 1 warning) in 2 of 5 files',
    ],
  ])('are summed up when %s', (_, problems, exitCode, summary) => {
    const report = reportProblemsAsText(problems, CHECKED)
    expect(report.exitCode).toBe(exitCode)
    expect(report.output.endsWith(`${summary}\n`)).toBe(true)
  })

  test('are counted in the singular, and without files if they stand in none', () => {
    expect(reportProblemsAsText([], { files: 1, rules: 1 }).output).toBe('1 file, 1 rule: no problems\n')
    const { at: _, ...nowhere } = problemOf()
    expect(reportProblemsAsText([nowhere], CHECKED).output).toContain('\n1 problem (1 error)\n')
  })

  test('name warnings as such', () => {
    const { output } = reportProblemsAsText([problemOf({ severity: 'warning' })], CHECKED)
    expect(output).toContain('a.yaml:3:5: warning: is wrong [CONTRACT_BAD_VALUE]')
  })
})

describe('the source line with its carets', () => {
  test('marks the whole word', () => {
    expect(excerptOf({ sourceLine: 'key: abc # why', column: 6, length: 3 })).toEqual([
      'key: abc # why',
      '     ^^^',
    ])
  })

  test('marks one place after the end of a line, and in an empty one', () => {
    expect(excerptOf({ sourceLine: 'key:', column: 5, length: 1 })).toEqual(['key:', '    ^'])
    expect(excerptOf({ sourceLine: '', column: 1, length: 1 })).toEqual(['', '^'])
  })

  test('shows tabs with a width that the carets know', () => {
    expect(excerptOf({ sourceLine: '\tkey:\tabc', column: 7, length: 3 })).toEqual([
      '    key:    abc',
      '            ^^^',
    ])
  })

  test('puts carets under wide characters and after them', () => {
    expect(excerptOf({ sourceLine: 'a: 検索 x', column: 4, length: 2 })).toEqual(['a: 検索 x', '   ^^^^'])
    expect(excerptOf({ sourceLine: 'a: 検索 x', column: 7, length: 1 })).toEqual(['a: 検索 x', '        ^'])
  })

  test('takes emoji and combining marks as the one character that is seen', () => {
    expect(excerptOf({ sourceLine: '👩‍👩‍👧 x', column: 10, length: 1 })).toEqual(['👩‍👩‍👧 x', '   ^'])
    expect(excerptOf({ sourceLine: 'e\u0301 x', column: 4, length: 1 })).toEqual(['e\u0301 x', '  ^'])
  })

  test('clips a long line at its end', () => {
    const [line = '', carets] = excerptOf({ sourceLine: `abc ${'x'.repeat(500)}`, column: 1, length: 3 })
    expect(line).toBe(`abc ${'x'.repeat(96)}…`)
    expect(carets).toBe('^^^')
  })

  test('clips a long line on both sides of the place', () => {
    const [line = '', carets = ''] = excerptOf({
      sourceLine: `${'x'.repeat(300)}HERE${'y'.repeat(300)}`,
      column: 301,
      length: 4,
    })
    expect(line).toBe(`…${'x'.repeat(40)}HERE${'y'.repeat(56)}…`)
    expect(carets.indexOf('^')).toBe(line.indexOf('HERE'))
    expect(carets.trim()).toBe('^^^^')
  })

  test('clips a line of a megabyte in no time', () => {
    const [line = ''] = excerptOf({ sourceLine: 'x'.repeat(1_000_000), column: 500_000, length: 1 })
    expect(line).toHaveLength(102)
  })

  test('marks no more than is shown', () => {
    const [, carets = ''] = excerptOf({ sourceLine: 'x'.repeat(500), column: 1, length: 500 })
    expect(carets).toBe('^'.repeat(100))
  })

  test('lets no file write to the terminal or turn the direction of text', () => {
    const { output } = reportProblemsAsText(
      [
        problemOf({
          message: 'found "\u001B[2J"',
          at: locationOf({
            file: 'a\nb.yaml',
            sourceLine: 'key: \u001B]0;x\u0007\u202Eabc',
            column: 1,
            length: 3,
          }),
        }),
      ],
      CHECKED,
    )
    for (const invisible of ['\u001B', '\u0007', '\u202E']) expect(output).not.toContain(invisible)
    expect(output).toContain('a·b.yaml:3:1: found "·[2J"')
    expect(output).toContain('key: ·]0;x··abc')
  })
})
