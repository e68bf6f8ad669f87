import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const POSITIVE = { id: 'price_is_positive', description: 'A price is above zero.', assert: 'price > 0' }
const FREE = { ...POSITIVE, assert: 'price >= 0' }

const HEAD = {
  apiVersion: 'assay/v1',
  id: 'ads.ad-published',
  version: '1.0.0',
  topic: 'ads.ad-published.v1',
  domain: 'ads',
  owner: 'team-search',
}

let files: Files
let cwd: string

beforeEach(() => {
  files = new Files()
  cwd = process.cwd()
})

afterEach(() => {
  process.chdir(cwd)
  files.remove()
})

/** Writes a contract into both, with rules of each. */
function folders(base: readonly object[], head: readonly object[], heads: readonly object[] = [{}, {}]) {
  return [base, head].map((rules, index) => {
    const contract = { ...HEAD, ...heads[index], rules }
    const folder = ['base', 'head'][index] ?? ''
    files.write(`${folder}/ads/a.contract.yaml`, JSON.stringify(contract, undefined, 2))
    return files.at(folder)
  }) as [string, string]
}

describe('two folders', () => {
  test('are compared in words', async () => {
    const [base, head] = folders([POSITIVE], [FREE, { id: 'new', assert: 'a = 1', severity: 'warning' }])
    expect(await assay(['diff', base, head])).toEqual({
      exitCode: 0,
      out: [
        'ads.ad-published: changed (owner team-search, topic ads.ad-published.v1, ads/a.contract.yaml)',
        '  loosened   price_is_positive',
        '    loosened   `assert` is `price >= 0`, was `price > 0`',
        '  added      new (warning)',
        '',
        '1 contract differs; rules: 1 added, 1 loosened',
        '',
      ].join('\n'),
      err: '',
    })
  })

  test('without a difference', async () => {
    const [base, head] = folders([POSITIVE], [{ ...POSITIVE, assert: ' (price > 0) ' }])
    expect(await assay(['diff', base, head, '--fail-on', 'any'])).toEqual({
      exitCode: 0,
      out: `No differences between ${base} and ${head}\n`,
      err: '',
    })
  })

  test.each([
    ['loosened', 'loosened', 1],
    ['loosened', 'tightened', 0],
    ['loosened', 'any', 1],
    ['tightened', 'tightened', 1],
    ['tightened', 'loosened', 0],
    ['removed', 'loosened', 1],
    ['added', 'tightened', 1],
    ['changed', 'loosened', 0],
    ['changed', 'changed', 1],
    ['metadata', 'changed', 0],
    ['metadata', 'any', 1],
  ])('that are %s, with --fail-on %s, end with %i', async (kind, refused, exitCode) => {
    const other = { id: 'other', assert: 'a = 1' }
    const versions: Record<string, [object[], object[]]> = {
      loosened: [[POSITIVE], [FREE]],
      tightened: [[FREE], [POSITIVE]],
      removed: [[POSITIVE, other], [POSITIVE]],
      added: [[POSITIVE], [POSITIVE, other]],
      changed: [[POSITIVE], [{ ...POSITIVE, assert: 'cost > 0' }]],
      metadata: [[POSITIVE], [{ ...POSITIVE, description: 'Above zero.' }]],
    }
    const [base, head] = folders(...(versions[kind] ?? [[], []]))
    expect(await assay(['diff', '--fail-on', refused, base, head])).toMatchObject({ exitCode })
  })

  test('--fail-on may be repeated, and takes no other word', async () => {
    const [base, head] = folders([POSITIVE], [FREE])
    const both = await assay(['diff', '--fail-on', 'tightened', '--fail-on', 'loosened', base, head])
    expect(both.exitCode).toBe(1)
    const wrong = await assay(['diff', '--fail-on', 'worse', base, head])
    expect(wrong).toMatchObject({ exitCode: 2 })
    expect(wrong.err).toContain('tightened, loosened, changed, any')
  })

  test('as JSON', async () => {
    const [base, head] = folders([POSITIVE], [FREE])
    const { out } = await assay(['diff', base, head, '--output', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      base,
      head,
      contracts: [
        {
          contract: 'ads.ad-published',
          kind: 'loosened',
          owner: 'team-search',
          rules: [{ rule: 'price_is_positive', kind: 'loosened', details: [{ kind: 'loosened' }] }],
        },
      ],
      notCompared: [],
      verdicts: null,
      problems: [],
    })
  })

  test('as Markdown in which authors can make no markup', async () => {
    const nasty = 'a = "`x` | <img src=x> **b**"'
    const [base, head] = folders(
      [POSITIVE],
      [
        { ...POSITIVE, assert: nasty },
        { id: 'new', description: '<b>x</b> @everyone | [a](b) `c`', assert: 'a = 1' },
      ],
    )
    const { out } = await assay(['diff', base, head, '--output', 'markdown'])
    expect(out).toContain('### `ads.ad-published`: changed')
    expect(out).toContain('  - changed: `assert` is `a = "ˋxˋ | <img src=x> **b**"`, was `price > 0`')
    expect(out).toContain(String.raw`\<b\>x\</b\> @`)
    expect(out).toContain(String.raw`\| \[a\]\(b\) \`c\``)
    expect(out).not.toContain('@everyone')
  })

  test('that are vast fit into a comment', async () => {
    const rules = Array.from({ length: 2000 }, (_, index) => ({
      id: `rule_${index}`,
      description: 'A rule with a long description of what it is good for.',
      assert: `a > ${index}`,
    }))
    const [base, head] = folders([POSITIVE], [POSITIVE])
    for (const index of [1, 2, 3]) {
      const contract = { ...HEAD, id: `c${index}`, rules }
      files.write(`head/ads/c${index}.contract.yaml`, JSON.stringify(contract))
    }
    const { out } = await assay(['diff', base, head, '--output', 'markdown'])
    expect(out.length).toBeLessThan(65_536)
    expect(out).toContain('run `assay diff` for all')
  })

  test('a file that can’t be read is reported, its contract is not taken for removed, and the rest is compared', async () => {
    const [base, head] = folders([POSITIVE], [FREE])
    files.write('base/b.contract.yaml', JSON.stringify({ ...HEAD, id: 'b', rules: [POSITIVE] }))
    files.write('head/b.contract.yaml', `id: b\nrules: [\n`)
    const { exitCode, out, err } = await assay(['diff', base, head])
    expect(exitCode).toBe(2)
    expect(err).toMatch(/b\.contract\.yaml:2:8: .*\[YAML_SYNTAX\]/)
    expect(out).toContain('loosened   price_is_positive')
    expect(out).toContain(`Not compared:\n  b (b.contract.yaml): it has errors in ${head}`)
    expect(out).not.toContain('removed')
  })

  test('a rule whose expression is wrong is changed, and reported', async () => {
    const [base, head] = folders([POSITIVE], [{ ...POSITIVE, assert: 'price >' }])
    const { exitCode, out, err } = await assay(['diff', base, head])
    expect(exitCode).toBe(2)
    expect(err).toContain('[EXPRESSION_INVALID]')
    expect(out).toContain('changed    price_is_positive')
  })

  test('the verdicts on events are counted exactly', async () => {
    const [base, head] = folders(
      [POSITIVE, { id: 'old', assert: 'a = 1' }],
      [FREE, { id: 'known', when: 'price > 5', assert: 'country in ["FR"]' }],
    )
    const lines = [
      '{"price":0}',
      '{"price":1}',
      '{"price":-1}',
      'not json',
      '{"price":"x"}',
      '{"price":0,"a":1}',
    ]
    lines.push(
      '{"price":6,"country":"FR"}',
      '{"price":6}',
      '{"price":0}',
      '{"price":0}',
      '{"price":0}',
      '{"price":0}',
    )
    const events = files.write('events.ndjson', lines.join('\n'))
    const { exitCode, out } = await assay(['diff', base, head, '--events', events, '--output', 'json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(out).verdicts).toEqual({
      topic: 'ads.ad-published.v1',
      events: 12,
      changedEvents: 6,
      rules: [
        {
          contract: 'ads.ad-published',
          rule: 'price_is_positive',
          changes: [{ from: 'fail', to: 'pass', count: 6, lines: [1, 6, 9, 10, 11] }],
        },
        {
          contract: 'ads.ad-published',
          rule: 'known',
          changes: [
            { from: 'none', to: 'skip', count: 8, lines: [1, 2, 3, 6, 9] },
            { from: 'none', to: 'error', count: 1, lines: [5] },
            { from: 'none', to: 'pass', count: 1, lines: [7] },
            { from: 'none', to: 'fail', count: 1, lines: [8] },
          ],
        },
        {
          contract: 'ads.ad-published',
          rule: 'old',
          changes: [
            { from: 'fail', to: 'none', count: 10, lines: [1, 2, 3, 5, 7] },
            { from: 'pass', to: 'none', count: 1, lines: [6] },
          ],
        },
      ],
    })
    const { out: text } = await assay(['diff', base, head, '--events', events])
    expect(text).toContain('12 events of ads.ad-published.v1: 6 get another verdict')
    expect(text).toMatch(/price_is_positive {2}fail → pass +6 {2}lines 1, 6, 9, 10, 11 …/)
    const { out: markdown } = await assay(['diff', base, head, '--events', events, '--output', 'markdown'])
    expect(markdown).toContain(
      '| `ads.ad-published` | `price_is_positive` | fail → pass | 6 | lines 1, 6, 9, 10, 11 … |',
    )
  })

  test('a renamed rule keeps its verdicts', async () => {
    const [base, head] = folders([POSITIVE], [{ ...POSITIVE, id: 'above_zero' }])
    const events = files.write('events.ndjson', '{"price":1}\n{"price":0}\n')
    const { out } = await assay(['diff', base, head, '--events', events, '--output', 'json'])
    expect(JSON.parse(out).verdicts).toMatchObject({ events: 2, changedEvents: 0, rules: [] })
  })

  test.each([
    ['is not there', 'gone.ndjson', undefined, 'INPUT_UNREADABLE'],
    ['is empty', 'events.ndjson', '\n\n', 'NOTHING_JUDGED'],
  ])('a file of events that %s', async (_, name, text, code) => {
    const [base, head] = folders([POSITIVE], [FREE])
    if (text !== undefined) files.write(name, text)
    const { exitCode, out, err } = await assay(['diff', base, head, '--events', files.at(name)])
    expect(exitCode).toBe(2)
    expect(err).toContain(`[${code}]`)
    expect(out).toContain('loosened')
  })

  test('events are not judged by rules that have errors', async () => {
    const [base, head] = folders([POSITIVE], [{ ...POSITIVE, assert: 'price >' }])
    const events = files.write('events.ndjson', '{"price":1}')
    const { exitCode, err } = await assay(['diff', base, head, '--events', events])
    expect(exitCode).toBe(2)
    expect(err).toContain(`the events were not judged: the rules of ${head} have errors [NOTHING_JUDGED]`)
  })

  test('several topics need --topic for events', async () => {
    const [base, head] = folders([POSITIVE], [FREE], [{}, { topic: 'other' }])
    const events = files.write('events.ndjson', '{"price":0}')
    const unclear = await assay(['diff', base, head, '--events', events])
    expect(unclear.exitCode).toBe(2)
    expect(unclear.err).toContain('[TOPIC_UNCLEAR]')
    const { out } = await assay([
      'diff',
      base,
      head,
      '--events',
      events,
      '--topic',
      'other',
      '--output',
      'json',
    ])
    expect(JSON.parse(out).verdicts).toMatchObject({
      events: 1,
      changedEvents: 1,
      rules: [{ changes: [{ from: 'none', to: 'pass', count: 1 }] }],
    })
  })
})

function git(...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd: files.folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Commits the contract with these rules, and a schema. */
function commit(rules: readonly object[], schema: object = {}): void {
  files.writeContract('ads/a', [...rules, { id: 'shape', schema: '../schemas/s.json' }])
  files.write('rules/schemas/s.json', JSON.stringify(schema))
  git('add', '-A')
  git('commit', '-q', '-m', 'rules')
}

describe('git revisions', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main')
    commit([POSITIVE])
    git('tag', 'v1')
    process.chdir(files.folder)
  })

  test('are compared with the folder as it is', async () => {
    files.writeContract('ads/a', [FREE, { id: 'shape', schema: '../schemas/s.json' }])
    const { exitCode, out } = await assay(['diff', 'main'])
    expect(exitCode).toBe(0)
    expect(out).toContain('ads/a.contract.yaml')
    expect(out).toContain('`assert` is `price >= 0`, was `price > 0`')
    expect(out).toContain('1 contract differs; rules: 1 loosened')
  })

  test('are compared with one another, schemas and all', async () => {
    commit([POSITIVE], { required: ['id'] })
    for (const [base, head] of [
      ['HEAD~1', 'HEAD'],
      ['v1', 'main'],
    ] as const) {
      const { exitCode, out } = await assay(['diff', base, head])
      expect(exitCode).toBe(0)
      expect(out).toContain('the whole event: `id` is required now')
      expect(out).toContain('1 contract differs; rules: 1 tightened')
    }
  })

  test('are read from a folder below the root, too', async () => {
    process.chdir(files.at('rules/ads'))
    expect(await assay(['diff', 'v1', 'main', '--rules', '..'])).toMatchObject({
      exitCode: 0,
      out: 'No differences between v1 and main\n',
    })
  })

  test('before the first rules have none', async () => {
    git('rm', '-q', '-r', 'rules')
    git('commit', '-q', '-m', 'none')
    const { exitCode, out } = await assay(['diff', 'HEAD', 'v1'])
    expect(exitCode).toBe(0)
    expect(out).toContain('ads.ad-published: added')
  })

  test('with a broken file are compared as far as they can be read', async () => {
    files.write('rules/ads/broken.contract.yaml', 'id: b\nrules: [')
    git('add', '-A')
    git('commit', '-q', '-m', 'broken')
    commit([FREE])
    const { exitCode, out, err } = await assay(['diff', 'v1', 'HEAD'])
    expect(exitCode).toBe(2)
    expect(err).toContain('HEAD:rules/ads/broken.contract.yaml:2:8: ')
    expect(out).toContain('loosened   price_is_positive')
    expect(out).toContain('a contract (ads/broken.contract.yaml): it has errors in HEAD')
  })

  test('follow links to files, and no links that go round', async () => {
    execFileSync('ln', ['-s', '../schemas/s.json', 'rules/ads/link.json'])
    execFileSync('ln', ['-s', 'round.json', 'rules/ads/round.json'])
    files.writeContract('ads/b', [{ id: 'shape', schema: './link.json' }], { id: 'b' })
    files.writeContract('ads/c', [{ id: 'shape', schema: './round.json' }], { id: 'c' })
    git('add', '-A')
    git('commit', '-q', '-m', 'links')
    const { err } = await assay(['diff', 'v1', 'HEAD'])
    expect(err).not.toContain('link.json')
    expect(err).toContain('HEAD:rules/ads/round.json: links lead round in circles')
  })

  test('are read with the policies that hold there', async () => {
    const policy = { apiVersion: 'assay/v1', overrides: { tombstones: 'fail' } }
    files.write('rules/assay.policy.yaml', JSON.stringify(policy))
    git('add', '-A')
    git('commit', '-q', '-m', 'policy')
    for (const rules of ['rules', 'rules/ads']) {
      const { exitCode, out, err } = await assay(['diff', 'v1', 'HEAD', '--rules', rules])
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
      expect(out).toContain('tightened  records without a value break the contract now')
      const { out: working } = await assay(['diff', 'HEAD', rules, '--rules', rules])
      expect(working).toContain('No differences')
    }
  })

  test('leave the working folder and the index as they are', async () => {
    files.write('rules/ads/untracked.txt', 'x')
    const before = git('status', '--porcelain')
    await assay(['diff', 'v1', 'HEAD'])
    expect(git('status', '--porcelain')).toBe(before)
  })

  test.each([
    ['no-such-branch', 'GIT_UNKNOWN_REVISION'],
    ['v1..main', 'two arguments'],
    ['$(touch pwned)', 'GIT_UNKNOWN_REVISION'],
    ['main:rules', 'GIT_UNKNOWN_REVISION'],
    ['', 'GIT_UNKNOWN_REVISION'],
  ])('%j is none', async (revision, expected) => {
    const { exitCode, out, err } = await assay(['diff', revision, 'main'])
    expect(exitCode).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(expected)
    expect(git('status', '--porcelain')).toBe('')
  })

  test.each(['-x', '--output=x', '--upload-pack=touch pwned'])('%j is no flag of git', async (revision) => {
    const { exitCode, err } = await assay(['diff', '--', revision, 'main'])
    expect(exitCode).toBe(2)
    expect(err).toContain('No revision begins with a dash')
    expect(git('status', '--porcelain')).toBe('')
  })

  test('both wrong names are reported at once, also as JSON', async () => {
    const { exitCode, out } = await assay(['diff', 'no1', 'no2', '--output', 'json'])
    expect(exitCode).toBe(2)
    expect(JSON.parse(out).problems).toHaveLength(2)
  })

  test('a rules folder outside of the repository', async () => {
    const { exitCode, err } = await assay(['diff', 'v1', 'main', '--rules', '/'])
    expect(exitCode).toBe(2)
    expect(err).toContain('[GIT_NO_REPOSITORY]')
  })

  test('a folder of the repository without contracts', async () => {
    const { exitCode, err } = await assay(['diff', 'v1', 'main', '--rules', 'gone'])
    expect(exitCode).toBe(2)
    expect(err.match(/\[RULES_NOT_FOUND\]/g)).toHaveLength(2)
  })

  test('where there is no git', async () => {
    const { PATH } = process.env
    process.env.PATH = files.at('gone')
    try {
      const { exitCode, err } = await assay(['diff', 'v1', 'main'])
      expect(exitCode).toBe(2)
      expect(err).toContain('git is not installed')
      expect(err).toContain('[GIT_UNUSABLE]')
    } finally {
      process.env.PATH = PATH
    }
  })

  test('where there is no repository', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'assay-no-git-'))
    process.chdir(elsewhere)
    try {
      const { exitCode, err } = await assay(['diff', 'v1', 'main'])
      expect(exitCode).toBe(2)
      expect(err).toContain('[GIT_NO_REPOSITORY]')
    } finally {
      process.chdir(cwd)
      rmSync(elsewhere, { recursive: true })
    }
  })
})
