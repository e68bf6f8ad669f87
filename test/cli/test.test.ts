import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseXml } from '../report/xml.ts'
import { assay, Files } from './support.ts'

const POSITIVE = { id: 'positive', assert: 'n > 0' }
const SMALL = { id: 'small', when: 'n > 0', assert: 'n < 10' }

/** What covers both rules. */
const COVERING = `cases:
  - { name: one, event: { n: 1 }, expect: { positive: pass, small: pass } }
  - { name: none, event: { n: 0 }, expect: { positive: fail, small: skip } }
  - { name: many, event: { n: 10 }, expect: { small: fail } }
`

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

const writeTest = (name: string, text: string) => files.write(`rules/${name}.contract.test.yaml`, text)
const run = (...args: readonly string[]) => assay(['test', files.at('rules'), ...args])
const withoutFolder = (text: string) => text.replaceAll(`${files.at('rules')}/`, '')

function writeBoth(name: string, rules: readonly object[], text: string, head: object = {}): void {
  files.writeContract(name, rules, head)
  writeTest(name, text)
}

test('the rules of the example domain are tested, each with an event that it passes and one that it fails', async () => {
  const rules = join(import.meta.dirname, '../../rules')
  const { exitCode, out, err } = await assay(['test', rules, '--min-coverage', '100', '--strict-probes'])
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(out).toMatch(
    /\n\n\d+ cases passed; coverage 100 % \(24 of 24 rules with a passing and a failing case\)\n$/,
  )
})

describe('the text', () => {
  test('of tests that pass is a line for each file and one that sums up', async () => {
    writeBoth('b', [POSITIVE, SMALL], COVERING, { id: 'b' })
    writeBoth('a', [POSITIVE, SMALL], COVERING)
    const { exitCode, out } = await run()
    expect(exitCode).toBe(0)
    expect(withoutFolder(out)).toBe(
      `a.contract.test.yaml: 3 cases passed
b.contract.test.yaml: 3 cases passed

6 cases passed; coverage 100 % (4 of 4 rules with a passing and a failing case)
`,
    )
  })

  test('shows what was seen of each rule if it is asked to', async () => {
    writeBoth('a', [POSITIVE, SMALL], COVERING)
    const { out } = await run('--coverage')
    expect(out).toMatch(/\nads\.ad-published {2}small {8}1 {5}1 {6}0 {5}1\n/)
  })

  test('bounds what it shows: values, and failures', async () => {
    const cases = Array.from(
      { length: 300 },
      (_, index) => `  - { name: c${index}, event: { n: "${'x'.repeat(5000)}" } }\n`,
    )
    writeBoth('a', [POSITIVE], `cases:\n${cases.join('')}`)
    const { exitCode, out } = await run()
    expect(exitCode).toBe(1)
    expect(out).toContain('… and 200 more')
    expect(out.length).toBeLessThan(60_000)
  })

  test('holds no escape sequence, whatever the event and the names hold', async () => {
    const text = JSON.stringify({
      cases: [{ name: 'a \u001B[31m', event: { n: '\u001B[2J\n' }, expect: {} }],
    })
    writeBoth('a', [POSITIVE], text)
    for (const format of ['text', 'github']) {
      const { exitCode, out } = await run('--output', format)
      expect({ exitCode, hasEscape: out.includes('\u001B') }).toEqual({ exitCode: 1, hasEscape: false })
    }
  })
})

describe('coverage', () => {
  const HALF = 'cases:\n  - { name: one, event: { n: 1 } }\n'

  test('too low fails, and says what is missing', async () => {
    writeBoth('a', [POSITIVE, SMALL], HALF)
    const { exitCode, out } = await run('--min-coverage', '100')
    expect(exitCode).toBe(1)
    expect(out).toMatch(/Not covered:\n.*\n.*positive .*a failing case\n.*small .*a failing case\n/)
    expect(out).toMatch(/1 case passed; coverage 0 % .*, below the 100 % that are demanded\n$/)
  })

  test('is told and no failure if none is demanded', async () => {
    writeBoth('a', [POSITIVE], HALF)
    const { exitCode, out } = await run()
    expect(exitCode).toBe(0)
    expect(out).toContain('a failing case')
  })

  test('counts contracts without a test', async () => {
    writeBoth('a', [POSITIVE, SMALL], COVERING)
    files.writeContract('b', [POSITIVE], { id: 'b' })
    const { exitCode, out } = await run('--min-coverage', '66.7')
    expect(exitCode).toBe(1)
    expect(out).toMatch(/\nb {9}positive .*a passing case and a failing case/)
    expect(out).toContain('coverage 66.6 % (2 of 3 rules')
    expect((await run('--min-coverage', '66')).exitCode).toBe(0)
  })

  test('of nothing at all fails where some is demanded', async () => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, out } = await run('--min-coverage', '1')
    expect(exitCode).toBe(1)
    expect(out).toContain('0 of 1 rule')
  })

  test('takes no unexpected verdict for one that was tested', async () => {
    writeBoth('a', [POSITIVE], 'cases:\n  - { name: a, event: { n: 0 } }\n  - { name: b, event: { n: 1 } }\n')
    const { out } = await run()
    expect(out).toMatch(/positive {5}1 {5}0/)
  })

  test.each(['101', '-1', 'all', '', '1e3'])('of %j can not be demanded', async (percent) => {
    writeBoth('a', [POSITIVE], HALF)
    expect(await run(`--min-coverage=${percent}`)).toMatchObject({ exitCode: 2, out: '' })
  })
})

describe('one may choose', () => {
  beforeEach(() => {
    writeBoth('a', [POSITIVE, SMALL], COVERING.replace('small: fail', 'small: pass'))
    writeBoth('b', [POSITIVE], 'cases:\n  - { name: none, event: { n: 0 } }\n', { id: 'b' })
  })

  test('rules: others may be as they are', async () => {
    const { exitCode, out } = await run('--rule', 'small')
    expect(exitCode).toBe(1)
    expect(withoutFolder(out)).toMatch(/^a\.contract\.test\.yaml: 1 of 3 cases failed\n\n/)
    expect(out).not.toContain('positive')
    expect((await run('--rule', 'positive', '--case', 'one')).exitCode).toBe(0)
  })

  test('cases', async () => {
    const { out } = await run('--case', 'none', '--case', 'one')
    expect(withoutFolder(out)).toMatch(
      /^a\.contract\.test\.yaml: 2 cases passed\nb\.contract\.test\.yaml: 1 of 1 case failed\n/,
    )
  })

  test.each([
    [
      ['--rule', 'positiv'],
      'no contract has a rule with this id [TEST_UNKNOWN_RULE]\n  hint: Did you mean "positive"?',
    ],
    [['--rule', 'colour'], 'hint: There are the rules "positive", "small".'],
    [['--case', 'nonne'], '[TEST_UNKNOWN_CASE]\n  hint: Did you mean "none"?'],
    [['--case', 'on'], 'hint: There are the cases "one", "none", "many".'],
  ])('nothing that is not there: %j', async (args, expected) => {
    const { exitCode, out, err } = await run(...args)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(expected)
  })

  test.each(['a.contract.yaml', 'a.contract.test.yaml'])('a file: %s', async (name) => {
    const { out } = await assay(['test', files.at(`rules/${name}`)])
    expect(out).toMatch(/a\.contract\.test\.yaml: 1 of 3 cases failed\n/)
    expect(out).not.toContain('b.contract')
  })

  test('the same file in several ways: it is tested once', async () => {
    const paths = [
      files.at('rules/a.contract.test.yaml'),
      files.at('rules'),
      files.at('rules/../rules/a.contract.yaml'),
    ]
    const { out } = await assay(['test', ...paths])
    expect(out).toMatch(/2 of 4 cases failed; coverage .* of 3 rules/)
  })
})

describe('is refused', () => {
  test.each([
    ['a folder that is not there', ['gone'], 'RULES_NOT_FOUND'],
    ['a contract that is not there', ['gone.contract.yaml'], 'RULES_NOT_FOUND'],
    ['a test that is not there', ['gone.contract.test.yaml'], 'TEST_FILE_UNREADABLE'],
  ])('%s', async (_, paths, code) => {
    const { exitCode, out, err } = await assay(['test', ...paths.map((path) => files.at(path))])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(`[${code}]`)
  })

  test('a run without any test', async () => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, err } = await run()
    expect({ exitCode, isTold: err.includes('[NOTHING_TESTED]') }).toEqual({ exitCode: 2, isTold: true })
  })

  test.each([
    ['a rule of a policy', { id: 'broken', assert: 'n >' }, 'EXPRESSION_INVALID'],
    ['the schema of a rule', { id: 'broken', schema: './broken.json' }, 'SCHEMA_'],
  ])('%s that is wrong, although it stands in another file', async (_, rule, code) => {
    files.write('rules/broken.json', '{ "type": 3 }')
    const policy = { apiVersion: 'assay/v1', defaults: { rules: [rule] } }
    files.write('rules/assay.policy.yaml', JSON.stringify(policy))
    writeBoth(
      'a',
      [POSITIVE, SMALL, { id: 'shape', schema: './broken.json' }],
      COVERING.replace('small', 'smal'),
    )
    const { exitCode, out, err } = await run()
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(`[${code}`)
  })

  test('one wrong file, and all others with it, for half a result would look like a whole one', async () => {
    writeBoth('a', [POSITIVE, SMALL], COVERING)
    writeBoth('b', [{ id: 'broken', assert: 'n >' }], 'cases: 3\n', { id: 'b' })
    writeTest('c', 'cases: []\n')
    const { exitCode, out, err } = await run()
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    for (const code of [
      'EXPRESSION_INVALID',
      'CONTRACT_WRONG_TYPE',
      'CONTRACT_EMPTY_LIST',
      'TEST_WITHOUT_CONTRACT',
    ])
      expect(err).toContain(`[${code}]`)
  })
})

describe('records', () => {
  test('have the coordinates that the test gives them, and otherwise plain ones', async () => {
    const rules = [
      { id: 'key', assert: '$key = "ad-1"' },
      { id: 'header', assert: '$headers.source = "import" and $count($headers.hop) = 2' },
      {
        id: 'time',
        assert: '$timestamp = $toMillis("2026-03-02T11:59:00Z") and $millis() - $timestamp = 60000',
      },
      { id: 'place', assert: '$topic = "ads.ad-published.v1" and $partition = 0 and $offset = 0' },
      { id: 'no_key', when: '$not($exists($key))', assert: '$millis() = $timestamp' },
    ]
    writeBoth(
      'a',
      rules,
      `now: 2026-03-02T12:00:00Z
cases:
  - name: all
    event: {}
    key: ad-1
    headers: { source: import, hop: [a, b] }
    timestamp: 2026-03-02T11:59:00Z
    expect: { key: pass, header: pass, time: pass, place: pass, no_key: skip }
  - name: none
    tombstone: true
  - name: plain
    event: {}
    expect: { key: fail, header: fail, time: fail, no_key: pass }
`,
    )
    expect((await run()).out).toContain('3 cases passed')
  })

  test('come on a clock that the steps move', async () => {
    writeBoth(
      'a',
      [
        { id: 'recent', assert: '$millis() - $toMillis(at) <= 60000' },
        { id: 'order', assert: '$offset = n' },
      ],
      `now: 2026-03-02T12:00:00Z
cases:
  - name: older and older
    steps:
      - { event: &first { at: "2026-03-02T12:00:00Z", n: 0 } }
      - { after: 60s, event: { at: "2026-03-02T12:00:00Z", n: 1 } }
      - { after: 1ms, event: { at: "2026-03-02T12:00:00Z", n: 2 }, expect: { recent: fail } }
      - { at: 1h, event: { at: "2026-03-02T13:00:00Z", n: 3 } }
`,
    )
    expect((await run()).out).toContain('1 case passed')
  })

  test('are decoded as the service decodes them', async () => {
    files.write('rules/event.json', '{ "n": 9007199254740993 }\n')
    writeBoth(
      'a',
      [{ id: 'rounded', assert: 'n = 9007199254740992' }],
      `bases:
  file: { eventFile: ./event.json }
cases:
  - { name: inline, event: { n: 9007199254740993 } }
  - { name: file, eventFile: ./event.json }
  - { name: base, base: file }
  - { name: patched, base: file, with: { m: 1 } }
  - { name: prototype, event: { __proto__: 1 }, result: { undecodable: unsafe_keys } }
  - { name: twice, raw: '{"a":1,"a":2}', result: { undecodable: unsafe_keys } }
  - { name: latin, rawBase64: 4A==, result: { undecodable: bad_encoding } }
  - { name: frame, rawBase64: AAAAAAEK, result: { undecodable: schema_unknown } }
  - { name: large number, event: { n: 1e400 }, expect: { rounded: { fail: false } } }
`,
    )
    expect((await run()).out).toContain('9 cases passed')
  })

  test('of a topic of texts are texts', async () => {
    writeBoth(
      'a',
      [{ id: 'greets', assert: '$contains($, "hello")' }],
      `bases: { greeting: { event: hello there } }
cases:
  - { name: text, event: hello }
  - { name: base, base: greeting }
  - { name: other, event: "12", expect: { greets: { fail: false } } }
`,
      { format: 'string' },
    )
    expect((await run()).out).toContain('3 cases passed')
  })
})

describe('numbers of items', () => {
  const PRICES = { id: 'prices', assert: 'items.price > 0' }
  const ONE = 'cases:\n  - { name: one, event: { items: [{ price: 1 }] } }\n'

  test('that change what kind of verdict a rule has are told, and fail a strict run', async () => {
    writeBoth('a', [PRICES], ONE)
    const { exitCode, out } = await run()
    expect(exitCode).toBe(0)
    expect(out).toContain(
      'warning: rule "prices": its verdict depends on how many items `items` has: fail (no_value) with 0 items, pass with 1 item, fail (type) with 2 items',
    )
    expect(out).toContain('1 case passed, 1 warning;')
    expect((await run('--strict-probes')).exitCode).toBe(1)
  })

  test('that a case names are meant', async () => {
    const none = '  - { name: none, event: { items: [] }, expect: { prices: { fail: no_value } } }\n'
    const two =
      '  - { name: two, event: { items: [{ price: 1 }, { price: 2 }] }, expect: { prices: fail } }\n'
    writeBoth('a', [PRICES], ONE + none)
    expect((await run()).out).toContain('write a case with 2 items that names the rule')
    writeTest('a', ONE + none + two)
    expect((await run('--strict-probes')).exitCode).toBe(0)
  })

  test.each([
    ['counts', '$count(items) > 0'],
    ['tests each', '$count(items[$not(price > 0)]) = 0'],
    ['chooses one that may be missing', '$exists(items[0]) ? items[0].price > 0 : true'],
    ['looks at no list', 'n = 1'],
  ])('do not matter to a rule that %s', async (_, assert) => {
    writeBoth('a', [{ id: 'sound', assert }], ONE.replace('{ items', '{ n: 1, items'))
    expect((await run('--strict-probes')).out).toMatch(/^.*\n\n(?:Not covered[^]*\n\n)?1 case passed; /)
  })

  test.each([
    ['a condition', { ...POSITIVE, when: 'items.price > 0' }],
    ['a list inside of items', { id: 'inner', assert: 'items.sizes + 1 > 0' }],
    ['a sum', { id: 'sum', assert: '$sum(items.price) < 100' }],
    ['a missing value', { id: 'largest', assert: '$max(items.price) < 100' }],
  ])('are found in %s', async (_, rule) => {
    const event = '{ n: 1, items: [{ price: 1, sizes: [3] }] }'
    writeBoth('a', [rule], `cases:\n  - { name: one, event: ${event} }\n`)
    expect((await run('--strict-probes')).exitCode).toBe(1)
  })

  test('that may be missing are no surprise', async () => {
    writeBoth('a', [{ id: 'largest', missing: 'skip', assert: '$max(items.price) < 100' }], ONE)
    expect((await run('--strict-probes')).exitCode).toBe(0)
  })
})

describe('for machines', () => {
  beforeEach(() => {
    writeBoth('a', [POSITIVE, SMALL], COVERING.replace('small: fail', 'small: pass'))
  })

  test('JSON tells the same', async () => {
    const { exitCode, out } = await run('--output', 'json', '--min-coverage', '100')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      files: [
        {
          contract: 'ads.ad-published',
          cases: [
            { name: 'one', passed: true, line: 2 },
            { name: 'none', passed: true, mismatches: [] },
            {
              name: 'many',
              passed: false,
              mismatches: [
                {
                  rule: 'small',
                  expected: 'pass',
                  actual: 'fail (false): `n < 10` is false',
                  why: [
                    '`when`:',
                    '  n > 0  true',
                    '    n    10',
                    '`assert`:',
                    '  n < 10  false',
                    '    n     10',
                  ],
                  line: 4,
                  column: 54,
                },
              ],
            },
          ],
        },
      ],
      coverage: {
        percent: 50,
        minimum: 100,
        rules: [
          { rule: 'positive', covered: true },
          { rule: 'small', covered: false },
        ],
      },
      warnings: [],
    })
  })

  test('JUnit has a test for each case, and for each rule if a coverage is demanded', async () => {
    const { exitCode, out } = await run('--output', 'junit', '--min-coverage', '100')
    expect(exitCode).toBe(1)
    const root = parseXml(out)
    expect(root.attributes).toMatchObject({ name: 'assay test', tests: '5', failures: '2' })
    const [cases, coverage] = root.children
    expect(cases?.children.map(({ attributes }) => attributes['name'])).toEqual(['one', 'none', 'many'])
    expect(cases?.children[2]?.children[0]?.attributes['message']).toContain(
      'expected pass, but it is fail (false)',
    )
    expect(coverage?.children[1]?.children[0]?.attributes['message']).toBe('rule "small" has no failing case')
  })

  test('GitHub gets annotations in the files that are to be mended', async () => {
    const { exitCode, out } = await run('--output', 'github', '--min-coverage', '100')
    expect(exitCode).toBe(1)
    const lines = withoutFolder(out).trimEnd().split('\n')
    expect(lines).toEqual([
      expect.stringMatching(
        /^::error file=a\.contract\.test\.yaml,line=4,col=54,endColumn=58,title=case many::case "many": rule "small": expected pass/,
      ),
      expect.stringMatching(
        /^::error file=a\.contract\.yaml,line=1,.*title=coverage::rule "small" has no failing case$/,
      ),
      expect.stringMatching(/^1 of 3 cases failed; coverage 50 %/),
    ])
  })

  test.each(['json', 'junit', 'github'])('problems come as %s too', async (format) => {
    writeTest('a', 'cases: []\n')
    const { exitCode, out, err } = await run('--output', format)
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
    expect(out).toContain('CONTRACT_EMPTY_LIST')
    expect(out).not.toContain('assay validate')
  })

  test('an unknown format is refused', async () => {
    expect(await run('--output', 'tap')).toMatchObject({ exitCode: 2, out: '' })
  })
})
