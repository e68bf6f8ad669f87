import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import type { Problem } from '../../src/model/problem.ts'

const FIXTURES = new URL('../fixtures/contracts/', import.meta.url)
const FILES = readdirSync(FIXTURES)

function parseFixture(file: string) {
  return parseContract(file, readFileSync(new URL(file, FIXTURES), 'utf8'))
}

function placeAndCode({ at, code }: Problem): string {
  return `${at?.line}:${at?.column} [${code}]`
}

describe('a contract with a mistake', () => {
  test('is not refused whole for a wrong rule: the other rules can still be checked', () => {
    const { contract } = parseFixture('design-example-planned.bad.yaml')
    expect(contract?.rules.map(({ id }) => id)).toEqual(['ad_shape', 'price_is_positive'])
  })

  test('is refused whole for a wrong key outside of the rules', () => {
    expect(parseFixture('unknown_format.bad.yaml').contract).toBeUndefined()
    expect(parseFixture('missing_key.bad.yaml').contract).toBeUndefined()
  })
})

describe('a contract without a mistake', () => {
  test.each(FILES.filter((file) => file.endsWith('.good.yaml')))('%s stays silent', (file) => {
    const { contract, problems } = parseFixture(file)
    expect(problems).toEqual([])
    expect(contract?.rules.length).toBeGreaterThan(0)
  })

  test('becomes a contract of the model, with the defaults of what is not written', () => {
    const { contract } = parseFixture('minimal.good.yaml')
    expect(contract).toMatchObject({
      apiVersion: 'assay/v1',
      id: 'ads.ad-published',
      version: '1.2.0',
      producer: { team: undefined, service: undefined },
      consumers: [],
      links: {},
      tags: {},
      format: 'auto',
      tombstones: 'ignore',
      fields: {},
      promises: { validity: undefined, freshness: undefined },
      file: 'minimal.good.yaml',
      at: { id: { line: 2, column: 5 }, topic: { line: 4, column: 8 }, format: { line: 4, column: 8 } },
    })
    expect(contract?.rules).toMatchObject([
      {
        id: 'price_is_positive',
        severity: 'error',
        dimension: 'accuracy',
        missing: 'fail',
        when: undefined,
        check: { kind: 'assert', expression: { text: 'ad.price.amount > 0' } },
        at: { line: 8, column: 9, length: 17, sourceLine: '  - id: price_is_positive' },
      },
    ])
  })

  test('keeps all that is written', () => {
    const { contract } = parseFixture('everything.good.yaml')
    expect(contract).toMatchObject({
      owner: 'team-search',
      producer: { team: 'team-ads', service: 'ad-publisher' },
      consumers: ['search-indexer', 'crm-mailer'],
      links: { runbook: 'https://wiki.example.org/ads' },
      fields: { 'user.email': { pii: 'high' } },
      promises: { validity: { objective: 99.9, window: '30d' } },
      at: { format: { line: 12, column: 9 } },
    })
    expect(contract?.rules).toMatchObject([
      {
        id: 'ad_shape',
        dimension: 'conformity',
        check: { kind: 'schema', path: { text: './schemas/ad-published.schema.json' } },
      },
      {
        id: 'price_is_positive',
        missing: 'skip',
        engine: 'interpreter',
        when: { text: 'ad.status = "active"' },
      },
      { id: 'tried_out', severity: 'info', dimension: 'completeness', engine: 'auto' },
    ])
  })

  test('reads words as text that YAML 1.1 took for booleans', () => {
    expect(parseFixture('no_is_text.good.yaml').contract).toMatchObject({
      owner: 'no',
      consumers: ['yes', 'on', '1.2.3'],
    })
  })

  test('may say a thing once and repeat it with an alias', () => {
    const { contract } = parseFixture('anchors.good.yaml')
    expect(contract?.producer.team).toBe('team-search')
    expect(contract?.rules[2]?.when?.text).toBe('ad.status = "active"')
    expect(contract?.rules[2]?.when?.locate()).toMatchObject({ line: 12, column: 19 })
  })

  test('has the same places with a byte order mark and with Windows line breaks', () => {
    const plain = parseFixture('minimal.good.yaml').contract?.rules[0]?.at
    for (const file of ['byte_order_mark.good.yaml', 'windows_line_breaks.good.yaml']) {
      expect(parseFixture(file).contract?.rules[0]?.at).toEqual({ ...plain, file })
    }
  })
})

describe('a hostile file', () => {
  const head = 'apiVersion: assay/v1\nid: a\nversion: 1.0.0\ntopic: a\ndomain: a\nowner: a\n'

  test('of more than 1 MiB is not read', () => {
    const { contract, problems } = parseContract('big', `# ${'x'.repeat(1024 * 1024)}\n${head}`)
    expect(contract).toBeUndefined()
    expect(problems.map(placeAndCode)).toEqual(['1:1 [CONTRACT_TOO_LARGE]'])
  })

  test('with an alias bomb is read in no time', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`,
    )
    const { problems } = parseContract('bomb', ['l0: &l0 [x]', ...levels, `consumers: *l30`, ''].join('\n'))
    expect(problems.map(({ code }) => code)).toContain('CONTRACT_WRONG_TYPE')
  })

  test('with an alias to what it stands in does not loop', () => {
    const { problems } = parseContract('loop', `${head}rules: &r\n  - id: a\n    assert: a\n  - *r\n`)
    expect(problems.map(placeAndCode)).toEqual(['8:3 [CONTRACT_WRONG_TYPE]'])
  })

  test.each([
    ['keys', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['repeated keys', 'a: 1\n'.repeat(75_000)],
    ['items', `consumers:\n${'- a\n'.repeat(100_000)}`],
    ['documents', '---\n'.repeat(100_000)],
    ['white space in an expression', `${head}rules:\n  - id: a\n    assert: "a${' '.repeat(900_000)}b"\n`],
    ['brackets', '['.repeat(200_000)],
    ['mappings within mappings', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(100_000)],
  ])('with very many %s is read in reasonable time', (_, text) => {
    const started = performance.now()
    parseContract('many', text)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('can not reach what every object has', () => {
    const text = `${head}links: { __proto__: "https://example.org" }\nrules:\n  - id: a\n    assert: a\n    toString: b\n`
    const { contract, problems } = parseContract('proto', text)
    expect(problems.map(({ code }) => code)).toEqual(['CONTRACT_BAD_VALUE', 'CONTRACT_UNKNOWN_KEY'])
    expect(Object.getPrototypeOf(contract?.links)).toBe(Object.prototype)
  })
})
