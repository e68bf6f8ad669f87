import { describe, expect, test } from 'vitest'
import { annotationLine } from '../../src/report/github-annotation.ts'

describe('an annotation', () => {
  test('stands at its place', () => {
    expect(
      annotationLine({
        level: 'error',
        title: 'CODE',
        message: 'is wrong',
        file: 'rules/a.yaml',
        line: 3,
        column: 5,
        endColumn: 9,
      }),
    ).toBe('::error file=rules/a.yaml,line=3,col=5,endColumn=9,title=CODE::is wrong')
  })

  test('may stand nowhere', () => {
    expect(annotationLine({ level: 'warning', title: 'T', message: 'm' })).toBe('::warning title=T::m')
  })

  test('is one line, and can’t give the runner another command', () => {
    const line = annotationLine({
      level: 'notice',
      title: 'a,b:c%\n::error::x',
      message: '100 %0A, a: b\r\n::set-output name=x::y',
      file: 'C:\\rules,1\n.yaml',
    })
    expect(line).toBe(
      '::notice file=C%3A\\rules%2C1%0A.yaml,title=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax::100 %250A, a: b%0D%0A::set-output name=x::y',
    )
  })
})
