import { describe, expect, test } from 'vitest'
import { assay, Files } from '../cli/support.ts'
import { NO_ERRORS, contractText, type Import, importText } from './support.ts'

/** A document with one property `status`, and these rules at it. */
function atProperty(
  rules: readonly string[],
  { version = 'v3.1.0', property = 'logicalType: string' } = {},
): string {
  return [
    `apiVersion: ${version}`,
    'kind: DataContract',
    'id: orders',
    'version: 1.0.0',
    'status: active',
    'domain: shop',
    'team: { name: team-shop }',
    'schema:',
    '  - name: Orders',
    '    physicalName: orders.v1',
    '    physicalType: topic',
    '    properties:',
    `      - name: status`,
    `        ${property}`,
    ...(rules.length > 0 ? ['        quality:'] : []),
    ...rules.map((rule) => `          - ${rule}`),
    '',
  ].join('\n')
}

/** The rule that came of the one quality rule of a document, as YAML without its id. */
function ruleOf(result: Import): string {
  const text = contractText(result)
  const rule = text.split(/^ {2}- id: /m)[2] ?? ''
  return rule.split('\n').slice(1).join('\n').replaceAll(/^ {4}/gm, '').trim()
}

describe('becomes an assertion', () => {
  test.each([
    ['{ metric: nullValues, mustBe: 0 }', 'status != null'],
    ['{ metric: nullValues, mustBeLessThan: 1 }', 'status != null'],
    ['{ metric: nullValues, mustBeLessOrEqualTo: 0, unit: percent }', 'status != null'],
    ['{ metric: nullValues, mustBeBetween: [0, 0.5], unit: rows }', 'status != null'],
    ['{ type: library, metric: missingValues, mustBe: 0 }', 'status != null'],
    [
      '{ metric: missingValues, mustBe: 0, arguments: { missingValues: [null, "", "n/a"] } }',
      'status != null and $not(status in ["", "n/a"])',
    ],
    [
      '{ metric: missingValues, mustBe: 0, arguments: { missingValues: ["n/a"] } }',
      '$not(status in ["n/a"])',
    ],
    [
      '{ metric: invalidValues, mustBe: 0, arguments: { validValues: ["", null, "n/a", 1, true] } }',
      'status in ["", null, "n/a", 1, true]',
    ],
    [
      '{ metric: invalidValues, mustBe: 0, arguments: { pattern: "^[A-Z/]{2}$" } }',
      String.raw`$contains(status, /^[A-Z\/]{2}$/)`,
    ],
    [
      '{ metric: invalidValues, mustBe: 0, arguments: { pattern: "a", validValues: ["ab"] } }',
      'status in ["ab"] and $contains(status, /a/)',
    ],
    ['{ type: text, metric: nullValues, mustBe: 0 }', 'status != null'],
    ['{ type: custom, engine: assay, implementation: "status = 1" }', 'status = 1'],
  ])('%s', async (rule, assertion) => {
    const result = await importText('odcs', atProperty([rule]))
    expect(result.problems).toEqual([])
    expect(result.exitCode).toBe(0)
    expect(ruleOf(result)).toContain(`assert: ${assertion}`)
    expect(result.validated).toMatch(NO_ERRORS)
  })

  test.each([
    ['{ rule: nullCheck }', 'assert: status != null'],
    ['{ rule: nullCheck, mustBe: 0 }', 'assert: status != null'],
    ['{ type: library, rule: validValues, validValues: [a, b], mustBe: 0 }', 'assert: status in ["a", "b"]'],
    [
      '{ rule: between, customProperties: [{ property: min, value: 0 }, { property: max, value: 500 }] }',
      'assert: status >= 0 and status <= 500',
    ],
    ['{ rule: minCheck, customProperties: [{ property: min, value: 100000 }] }', 'assert: status >= 100000'],
  ])('in 3.0: %s', async (rule, expected) => {
    const result = await importText('odcs', atProperty([rule], { version: 'v3.0.2' }))
    expect(result.problems).toEqual([])
    expect(ruleOf(result)).toContain(expected)
    expect(result.validated).toMatch(NO_ERRORS)
  })
})

describe('is listed with its reason', () => {
  test.each([
    ['{ type: sql, query: "SELECT 1", mustBe: 0 }', 'SQL'],
    ['{ type: text, description: It is good. }', 'prose'],
    ['{ type: custom, engine: soda, implementation: "x" }', '`soda`'],
    ['{ type: custom, engine: greatExpectations, implementation: { a: 1 } }', '`greatExpectations`'],
    ['{ metric: duplicateValues, mustBe: 0 }', '`unique`'],
    ['{ metric: duplicateValues, mustBeLessThan: 1, unit: percent }', '`unique`'],
    ['{ metric: rowCount, mustBeBetween: [10, 20] }', 'it counts rows, and stands at a property'],
    ['{ metric: nullValues, mustBeGreaterThan: 5, unit: percent }', 'mustBeGreaterThan 5 percent'],
    ['{ metric: nullValues, mustBeBetween: [1, 5], unit: percent }', 'no largest share'],
    ['{ metric: nullValues, mustBeLessThan: 0.0000001, unit: percent }', 'no largest share'],
    ['{ metric: nullValues, mustBeLessOrEqualTo: 10 }', '`tolerance`'],
    ['{ metric: nullValues, mustBeGreaterThan: 10 }', '`tolerance`'],
    ['{ metric: nullValues, mustNotBe: 0 }', '`tolerance`'],
    ['{ metric: nullValues, mustNotBeBetween: [1, 10] }', '`tolerance`'],
    ['{ metric: nullValues, mustBeGreaterOrEqualTo: 0 }', 'met by every stream'],
    ['{ metric: nullValues, mustNotBe: -1 }', 'met by every stream'],
    ['{ metric: nullValues, mustBe: 0, unit: furlongs }', 'furlongs'],
    ['{ metric: nullValues }', 'no threshold'],
    ['{ metric: invalidValues, mustBe: 0 }', 'neither `validValues` nor `pattern`'],
    ['{ metric: invalidValues, mustBe: 0, arguments: { pattern: "^(?=a)" } }', 'look-around'],
    ['{ metric: invalidValues, mustBe: 0, arguments: { validValues: [{ a: 1 }] } }', 'plain values'],
    ['{}', 'no metric'],
  ])('%s', async (rule, reason) => {
    const result = await importText('odcs', atProperty([rule]))
    expect(result.exitCode).toBe(0)
    expect(result.problems).toEqual([])
    expect(result.entries.filter(({ kind }) => kind === 'rule')).toMatchObject([
      { outcome: 'listed', line: 16, reason: expect.stringContaining(reason) },
    ])
  })
})

describe('is not valid, and named with its place', () => {
  test.each([
    ['{ metric: nullValues, mustBe: 0, mustBeLessThan: 4 }', 'exactly one operator', 62],
    ['{ metric: nullValues, mustBeBetween: [1] }', 'a list of two numbers', 35],
    ['{ metric: nullValues, mustBeBetween: [1, 2, 3] }', 'a list of two numbers', 35],
    ['{ metric: nullValues, mustBeBetween: [5, 1] }', '5 is above 1', 35],
    ['{ metric: nullValues, mustBe: none }', 'must be a number', 43],
    ['{ metric: freshness, mustBe: 0 }', 'no metric "freshness"', 23],
    ['{ mustBe: 0 }', 'needs a `metric`', 15],
    ['{ type: libary, mustBe: 0 }', 'library, text, sql or custom', 21],
    ['{ type: custom, engine: assay }', '`implementation` is missing', 15],
    [
      '{ type: custom, engine: assay, implementation: { assert: a, schema: b } }',
      'one of `assert`, `schema`, `freshness` and `volume`',
      44,
    ],
    ['nullValues', 'must be a mapping', 13],
  ])('%s', async (rule, message, column) => {
    const document = atProperty(['{ metric: nullValues, mustBe: 0 }', rule])
    const refused = await importText('odcs', document)
    expect(refused.exitCode).toBe(2)
    expect(refused.files).toEqual({})
    expect(refused.problems).toMatchObject([
      { code: 'IMPORT_INVALID', line: 17, column, message: expect.stringContaining(message) },
    ])
    const skipped = await importText('odcs', document, { flags: ['--skip-invalid'] })
    expect(skipped.exitCode).toBe(0)
    expect(skipped.entries.filter(({ kind }) => kind === 'rule').map(({ outcome }) => outcome)).toEqual([
      'imported',
      'listed',
    ])
  })
})

test('what departs from the standard but is clear is read with a warning', async () => {
  const rules = ['{ rule: nullCheck, mustBe: 0 }', '{ metric: invalidValues, pattern: "^a", mustBe: 0 }']
  const result = await importText('odcs', atProperty(rules))
  expect(result.exitCode).toBe(0)
  expect(result.problems).toMatchObject([
    { code: 'IMPORT_IRREGULAR', severity: 'warning', line: 16 },
    { code: 'IMPORT_IRREGULAR', severity: 'warning', line: 17 },
  ])
  expect(contractText(result)).toContain('assert: $contains(status, /^a/)')
})

test('words for severity are open in the standard', async () => {
  const words = ['error', 'warn', 'high', 'medium', 'info', 'low', 'purple']
  const rules = words.map((word) => `{ metric: nullValues, mustBe: 0, severity: ${word} }`)
  const result = await importText('odcs', atProperty(rules))
  const severities = contractText(result)
    .split(/^ {2}- id: /m)
    .slice(2)
    .map((rule) => /severity: (\w+)/.exec(rule)?.[1] ?? 'error')
  expect(severities).toEqual(['error', 'warning', 'error', 'warning', 'info', 'info', 'error'])
  expect(result.notes.join()).toContain('severity "purple" is unknown here')
})

test('names of rules become ids that are unlike', async () => {
  const rules = [
    '{ id: Not-Null, metric: nullValues, mustBe: 0 }',
    '{ name: notNull, metric: nullValues, mustBe: 0 }',
  ]
  const result = await importText(
    'odcs',
    atProperty([...rules, '{ name: "1. Größe", metric: nullValues, mustBe: 0 }']),
  )
  expect([...contractText(result).matchAll(/- id: (\w+)/g)].map(([, id]) => id)).toEqual([
    'shape',
    'not_null',
    'not_null_2',
    'rule_1_gro_e',
  ])
})

test('rules on items of lists judge each of them', async () => {
  const property = [
    'logicalType: array',
    '        items:',
    '          logicalType: object',
    '          properties:',
    '            - name: sku',
    '              logicalType: string',
    '              quality:',
    '                - { metric: nullValues, mustBe: 0 }',
    '                - { metric: invalidValues, mustBe: 0, arguments: { validValues: [a, b] } }',
    '            - { name: tags, logicalType: array, items: { logicalType: string, quality: [{ metric: invalidValues, mustBe: 0, arguments: { validValues: [x] } }] } }',
  ].join('\n')
  const files = new Files()
  try {
    const source = files.write('o.yaml', atProperty([], { property }))
    await assay(['import', 'odcs', source, '--out', files.at('rules')])
    const events = [
      '{"status":[{"sku":"a","tags":["x","x"]},{"sku":"b"}]}',
      '{"status":[{"sku":"a"},{"sku":null}]}',
      '{"status":[{"sku":"a"},{}]}',
      '{"status":[{"sku":"a"},{"sku":"c"}]}',
      '{"status":[{"sku":"a","tags":["x","y"]}]}',
      '{"status":[]}',
      '{}',
    ]
    const path = files.write('e.ndjson', events.join('\n'))
    const { out } = await assay(['check', path, '--rules', files.at('rules'), '--output', 'json'])
    const failed = JSON.parse(out).violations.map(
      ({ rule, line }: { rule: string; line: number }) => `${rule} ${line}`,
    )
    expect(failed).toEqual([
      'status_sku_null_values 2',
      'status_sku_null_values 3',
      'status_sku_invalid_values 4',
      'status_tags_invalid_values 5',
    ])
  } finally {
    files.remove()
  }
})

test('assertions judge events as the standard counts them', async () => {
  const files = new Files()
  try {
    const rules = [
      '{ id: not_null, metric: nullValues, mustBe: 0 }',
      '{ id: not_missing, metric: missingValues, mustBe: 0, arguments: { missingValues: [null, "n/a"] } }',
      '{ id: valid, metric: invalidValues, mustBe: 0, arguments: { validValues: ["new", ""] } }',
      '{ id: formed, metric: invalidValues, mustBe: 0, arguments: { pattern: "^[a-z/]*$" } }',
    ]
    const source = files.write('o.yaml', atProperty(rules, { property: 'logicalType: string' }))
    await assay(['import', 'odcs', source, '--out', files.at('rules')])
    const events = [
      '{"status":"new"}',
      '{"status":null}',
      '{}',
      '{"status":"n/a"}',
      '{"status":""}',
      '{"status":"A"}',
    ]
    const path = files.write('e.ndjson', events.join('\n'))
    const { out } = await assay(['check', path, '--rules', files.at('rules'), '--output', 'json'])
    const failed = JSON.parse(out).violations.map(
      ({ rule, line }: { rule: string; line: number }) => `${rule} ${line}`,
    )
    expect(failed).toEqual([
      'not_null 2',
      'not_missing 2',
      'not_null 3',
      'not_missing 3',
      'not_missing 4',
      'valid 4',
      'valid 6',
      'formed 6',
    ])
  } finally {
    files.remove()
  }
})
