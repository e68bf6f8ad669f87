import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const EVENT =
  '{"id":"a-1","occurred_at":"2026-03-02T08:00:00Z","price":5,"user":{"email":"jean@dupont.example"}}'

let files: Files
let dir: string

beforeEach(() => {
  files = new Files()
  dir = files.at('rules')
})

afterEach(() => files.remove())

const init = (...more: readonly string[]) => assay(['init', dir, '--topic', 'ads.ad-published.v1', ...more])
const initFrom = (sample: string | Uint8Array, ...more: readonly string[]) =>
  init('--from', files.write('sample.ndjson', sample), ...more)

/** What was made has no problems, and its test passes and leaves nothing untested. */
async function expectToBeSound(): Promise<void> {
  expect(await assay(['validate', dir])).toMatchObject({ exitCode: 0 })
  expect(await assay(['test', dir, '--min-coverage', '100', '--strict-probes'])).toMatchObject({
    exitCode: 0,
  })
}

const read = (path: string) => readFileSync(files.at(path), 'utf8')

describe('from a sample', () => {
  test('makes a contract that has no problems and that the sample passes', async () => {
    const { exitCode, out, err } = await initFrom(`${EVENT}\n`.repeat(3))
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(readdirSync(`${dir}/ads`).sort()).toEqual([
      'ad-published.contract.test.yaml',
      'ad-published.contract.yaml',
      'schemas',
    ])
    const validated = await assay(['validate', dir])
    expect(validated).toMatchObject({
      exitCode: 0,
      out: '1 file, 3 rules: no problems\nAt most 91 time series\n',
    })
    const tested = await assay(['test', dir, '--min-coverage', '100', '--strict-probes'])
    expect(tested).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('4 cases passed; coverage 100 %'),
    })
    const checked = await assay(['check', '--rules', dir, files.at('sample.ndjson')])
    expect(checked.out).toContain('3 pass, 0 warn, 0 fail, 0 error, 0 undecodable')
    expect(out).toContain(`assay check --rules ${dir} ${files.at('sample.ndjson')}`)
  })

  test('tells what it made, what it guessed, and how to go on', async () => {
    const { out } = await initFrom(`${EVENT}\n`.repeat(3))
    expect(out.replaceAll(dir, 'rules').replaceAll(files.at('sample.ndjson'), 'sample.ndjson')).toBe(`Made
  rules/ads/ad-published.contract.yaml        3 rules: ad_published_shape, price_is_positive, occurred_at_is_not_in_the_future
  rules/ads/schemas/ad-published.schema.json  5 fields, 5 of them required
  rules/ads/ad-published.contract.test.yaml   4 cases: one that passes, and one that fails for each rule

Note: Personal data, to judge from the names: user.email (high).
Note: 3 events can’t show what may be missing: compare \`required\` in the schema with what you know.

Next
  assay validate rules
  assay test rules
  assay check --rules rules sample.ndjson
`)
  })

  test('takes the names that it is given', async () => {
    await initFrom(EVENT, '--domain', 'search', '--owner', 'team-search', '--name', 'first')
    const text = read('rules/search/first.contract.yaml')
    expect(text).toContain('id: search.first ')
    expect(text).toContain('owner: team-search ')
  })

  test.each<[string, string, string]>([
    ['ads.ad-published.v1', 'ads', 'ad-published'],
    ['ads-ad_published-v12', 'ads', 'ad_published'],
    ['orders', 'orders', 'orders'],
    ['Shop.Orders.V2', 'shop', 'Orders'],
    ['a.b.c', 'a', 'b.c'],
  ])('%s is about %s, %s', async (topic, domain, name) => {
    expect((await assay(['init', dir, '--topic', topic])).exitCode).toBe(0)
    expect(read(`rules/${domain}/${name}.contract.yaml`)).toContain(`id: ${domain}.${name} `)
    expect((await assay(['validate', dir])).exitCode).toBe(0)
  })

  test('keeps to the format of other contracts on the topic', async () => {
    files.writeContract('other', [{ id: 'one', assert: 'n > 0' }], { id: 'other', format: 'auto' })
    expect((await initFrom(EVENT)).exitCode).toBe(0)
    expect((await assay(['validate', dir])).out).toContain('2 files, 4 rules: no problems')
  })

  test.each<[string, string | Uint8Array, string]>([
    ['one event on many lines', JSON.stringify(JSON.parse(EVENT), undefined, 2), '1 event can’t show'],
    ['one event without a line break', EVENT, '1 event can’t show'],
    ['Windows line breaks and blank lines', `${EVENT}\r\n\r\n${EVENT}\r\n`, '2 events can’t show'],
    [
      'a line that was cut off',
      `${EVENT}\n${EVENT}\n{"id":`,
      '1 line left out that could not be read, first line 3: not_json',
    ],
    ['a NUL in a line', `${EVENT}\n${EVENT}\n{"id":"\u0000"}\n`, '1 line left out'],
    [
      'an event that is too large',
      `${EVENT}\n${EVENT}\n"${'x'.repeat(1_100_000)}"\n`,
      'first line 3: oversized',
    ],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`${EVENT}\n${EVENT}\n`), Buffer.from([0x22, 0xff, 0x22])]),
      'bad_encoding',
    ],
  ])('of %s', async (_, sample, note) => {
    const { exitCode, out } = await initFrom(sample)
    expect(exitCode).toBe(0)
    expect(out).toContain(note)
    await expectToBeSound()
  })

  test('of many events looks at the first ten thousand', async () => {
    const { out } = await initFrom('{"n":1}\n'.repeat(10_050))
    expect(out).toContain('Only the first 10000 events were looked at')
    expect(out).not.toContain('can’t show')
  })

  test.each<[string, string | Uint8Array, string, string]>([
    ['an empty file', '', 'holds no event', 'leave out --from'],
    ['blank lines', '\n\n  \n', 'lines are no JSON events', 'one JSON event a line'],
    [
      'no JSON',
      'id,price\n1,5\n2,6\n',
      '3 of 3 lines are no JSON events; line 1: not_json',
      'one JSON event a line',
    ],
    ['one array', `[${EVENT},${EVENT}]`, 'is one JSON array', "jq -c '.[]'"],
    ['one array on many lines', `[\n${EVENT},\n${EVENT}\n]\n`, 'is one JSON array', "jq -c '.[]'"],
    ['framed values', Buffer.from([0, 0, 0, 0, 1, 2, 3]), 'schema_unknown', 'one JSON event a line'],
    [
      'every type there is',
      '{}\n[]\n"a"\n1\ntrue\nnull\n',
      'no schema could refuse any',
      'something in common',
    ],
  ])('is refused for %s', async (_, sample, message, hint) => {
    const { exitCode, out, err } = await initFrom(sample)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain(hint)
    expect(err).toContain('[SAMPLE_UNUSABLE]')
    expect(existsSync(dir)).toBe(false)
  })

  test('is refused for a file that is not there', async () => {
    const { exitCode, err } = await init('--from', files.at('gone.ndjson'))
    expect(exitCode).toBe(2)
    expect(err).toContain('[INPUT_UNREADABLE]')
  })
})

test.each<[string, string]>([
  [
    'texts that YAML would read as something else',
    '{"a":"yes","b":"1.0","c":"~","d":"# no","e":"null","status":"x: y"}',
  ],
  [
    'names with quotes, blanks and line breaks',
    '{"unit price":5,"\\"amount\\"":2,"a.b":{"price":1},"total\\namount":3,"and":{"fee":1}}',
  ],
  ['names in another script', '{"Größe":1,"価格":{"amount":3}}'],
  ['lists of lists, and empty ones', '{"items":[[],[{"price":1}]],"none":[]}'],
  ['large and small numbers', '{"price":1e300,"cost":5e-324,"total":9007199254740993}'],
  ['ids for names', '{"by_user":{"u-1001":{"n":1},"u-1002":{"n":2}}}'],
  ['nothing in it', '{}'],
  ['a list', '[1,2]'],
  ['a text', '"text"'],
  ['null', 'null'],
])('an event with %s makes a contract that is sound', async (_, event) => {
  expect((await initFrom(event)).exitCode).toBe(0)
  await expectToBeSound()
})

describe('without a sample', () => {
  test('makes a template that has no problems', async () => {
    const { exitCode, out } = await init()
    expect(exitCode).toBe(0)
    expect(out).toContain('Nothing is known of the events')
    await expectToBeSound()
  })
})

describe('never changes what is there', () => {
  test.each([
    'ads/ad-published.contract.yaml',
    'ads/ad-published.contract.test.yaml',
    'ads/schemas/ad-published.schema.json',
  ])('%s', async (path) => {
    files.write(`rules/${path}`, 'mine')
    const { exitCode, err } = await init()
    expect(exitCode).toBe(2)
    expect(err).toContain(`${path} is there already`)
    expect(err).toContain('[FILE_EXISTS]')
    expect(read(`rules/${path}`)).toBe('mine')
    expect(readdirSync(`${dir}/ads`)).toHaveLength(1)
  })

  test('nor makes a second contract with the same id', async () => {
    files.writeContract('other', [{ id: 'one', assert: 'true' }], { id: 'ads.Ad-Published' })
    const { exitCode, err } = await init()
    expect(exitCode).toBe(2)
    expect(err).toContain('other.contract.yaml has the contract id ads.ad-published already [FILE_EXISTS]')
    expect(existsSync(`${dir}/ads`)).toBe(false)
  })

  test('also the second time', async () => {
    expect((await init()).exitCode).toBe(0)
    const written = statSync(`${dir}/ads/ad-published.contract.yaml`).mtimeMs
    expect((await init()).exitCode).toBe(2)
    expect(statSync(`${dir}/ads/ad-published.contract.yaml`).mtimeMs).toBe(written)
  })
})

describe('is refused', () => {
  test.each<[string, readonly string[], string]>([
    ['without a topic', [], "required option '--topic <topic>' not specified"],
    [
      'a topic that Kafka does not admit',
      ['--topic', 'ads/../x'],
      '--topic: "ads/../x" must be a name that Kafka admits',
    ],
    [
      'a domain in capitals',
      ['--topic', 'a.b', '--domain', 'Ads'],
      '--domain: "Ads" must be made of lower-case letters',
    ],
    ['a topic that tells no domain', ['--topic', '1.orders'], '--domain: "1" (taken from the topic) must be'],
    ['an owner on two lines', ['--topic', 'a.b', '--owner', 'a\nb'], '--owner: '],
    ['a name that leads elsewhere', ['--topic', 'a.b', '--name', '../../x'], '--name: "../../x" must be'],
    [
      'a name that is too long',
      ['--topic', 'a.b', '--name', 'x'.repeat(99)],
      'must be at most 98 characters long',
    ],
  ])('%s', async (_, flags, message) => {
    const { exitCode, out, err } = await assay(['init', dir, ...flags])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(message)
    expect(existsSync(dir)).toBe(false)
  })

  test('all wrong names at once', async () => {
    const { err } = await assay(['init', dir, '--topic', 'a b', '--domain', 'X', '--owner', '!'])
    expect(err).toContain('3 problems')
  })

  test('a folder that is a file, and nothing is left behind', async () => {
    const { exitCode, err } = await assay(['init', files.write('file', ''), '--topic', 'a.b'])
    expect(exitCode).toBe(2)
    expect(err).toMatch(/\[OUTPUT_UNWRITABLE\]/)
  })
})
