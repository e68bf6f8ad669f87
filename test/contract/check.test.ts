import { describe, expect, test } from 'vitest'
import { checkContracts } from '../../src/contract/check.ts'
import { parseContract } from '../../src/contract/parse.ts'
import type { Contract } from '../../src/model/contract.ts'

interface Written {
  readonly file: string
  readonly id: string
  readonly topic?: string
  readonly format?: string
  readonly keyFormat?: string
  readonly numbers?: string
}

function contractOf({ file, id, topic = 'ads.v1', ...encoding }: Written): Contract {
  const lines = [
    'apiVersion: assay/v1',
    `id: ${id}`,
    'version: 1.0.0',
    `topic: ${topic}`,
    'domain: ads',
    'owner: a',
  ]
  const text = [
    ...lines,
    ...Object.entries(encoding).map(([key, value]) => `${key}: ${value}`),
    'rules: [{ id: a, assert: a }]',
  ].join('\n')
  const { contract, problems } = parseContract(file, text)
  expect(problems).toEqual([])
  if (!contract) throw new Error('no contract')
  return contract
}

function problemsOf(...written: Written[]) {
  return checkContracts(written.map(contractOf)).map(({ code, severity, message, at }) => ({
    code,
    severity,
    message,
    at: `${at?.file}:${at?.line}:${at?.column}`,
  }))
}

describe('contracts of several files', () => {
  test('may watch one topic', () => {
    expect(problemsOf({ file: 'a', id: 'one' }, { file: 'b', id: 'two' })).toEqual([])
    expect(
      problemsOf({ file: 'a', id: 'one', format: 'json' }, { file: 'b', id: 'two', format: 'json' }),
    ).toEqual([])
  })

  test('may disagree on the formats of different topics', () => {
    expect(
      problemsOf(
        { file: 'a', id: 'one', format: 'json' },
        { file: 'b', id: 'two', topic: 't', format: 'string' },
      ),
    ).toEqual([])
  })

  test('must not have one id', () => {
    const problems = problemsOf({ file: 'a', id: 'one' }, { file: 'b', id: 'two' }, { file: 'c', id: 'one' })
    expect(problems).toMatchObject([{ code: 'CONTRACT_DUPLICATE_ID', at: 'c:2:5', severity: 'error' }])
    expect(problems[0]?.message).toContain('already used at a:2:5')
  })

  test('must not have ids that become one metric tag', () => {
    const problems = problemsOf({ file: 'a', id: 'Ads.one' }, { file: 'b', id: 'ads.one_' })
    expect(problems).toMatchObject([{ code: 'TAG_COLLISION', at: 'b:2:5', severity: 'error' }])
    expect(problems[0]?.message).toContain('"Ads.one" at a:2:5')
  })

  test('must agree on the format of a topic', () => {
    const problems = problemsOf(
      { file: 'a', id: 'one', format: 'json' },
      { file: 'b', id: 'two', format: 'string' },
    )
    expect(problems).toMatchObject([{ code: 'CONTRACT_FORMAT_CONFLICT', at: 'b:7:9', severity: 'error' }])
    expect(problems[0]?.message).toContain('`string` here, but `json` at a:7:9')
  })

  test('disagree on the format if only one of them names it, and the place is then that of the topic', () => {
    const problems = problemsOf({ file: 'a', id: 'one', format: 'json' }, { file: 'b', id: 'two' })
    expect(problems).toMatchObject([{ code: 'CONTRACT_FORMAT_CONFLICT', at: 'b:4:8' }])
    expect(problems[0]?.message).toContain('`auto` here, but `json` at a:7:9')
  })

  test.each([
    ['keyFormat', 'avro', 'string'],
    ['numbers', 'exact', 'safe'],
  ])('must agree on %s too', (key, written, instead) => {
    const problems = problemsOf({ file: 'a', id: 'one', [key]: written }, { file: 'b', id: 'two' })
    expect(problems).toMatchObject([{ code: 'CONTRACT_FORMAT_CONFLICT', at: 'b:4:8' }])
    expect(problems[0]?.message).toContain(
      `the ${key} of topic "ads.v1" is \`${instead}\` here, but \`${written}\` at a:`,
    )
  })

  test('are warned if their topics become one metric tag', () => {
    const problems = problemsOf(
      { file: 'a', id: 'one', topic: 'Ads' },
      { file: 'b', id: 'two', topic: 'ads' },
    )
    expect(problems).toMatchObject([{ code: 'TAG_COLLISION', severity: 'warning', at: 'b:4:8' }])
  })

  test('are each compared with the first, so that one dissenter is one problem', () => {
    const written = ['json', 'string', 'json', 'string'].map((format, index) => ({
      file: `f${index}`,
      id: `i${index}`,
      format,
    }))
    expect(problemsOf(...written).map(({ at }) => at)).toEqual(['f1:7:9', 'f3:7:9'])
  })

  test('none at all have no problems', () => {
    expect(checkContracts([])).toEqual([])
  })
})
