import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import { StreamPlay } from '../../src/contract-test/stream-play.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import { assay, Files } from '../cli/support.ts'
import { Play } from '../stream/play.ts'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

const NOW = '2026-03-02T08:00:00Z'
const BASES = { good: { moving: ['at'], event: { at: NOW, price: 12, kind: 'car' } } }
const GOOD = { base: 'good' }
const BAD = { base: 'good', with: { price: 0 }, expect: { positive: 'fail' } }

const TOLERANT = {
  id: 'positive',
  assert: 'price > 0',
  tolerance: { warn: '1%', fail: '10%', over: '15m', minimumEvents: 100 },
}
const FLOWS = { id: 'flows', freshness: { within: '5m' } }
const ENOUGH = { id: 'enough', volume: { over: '10m', min: 5, max: 100 } }

interface Outcome {
  readonly exitCode: number
  readonly out: string
}

/** Runs one case of a contract with these rules. */
async function play(rules: readonly object[], steps: readonly object[], more: object = {}): Promise<Outcome> {
  const { promises, ...caseKeys } = more as { promises?: object }
  files.writeContract('a', rules, { format: 'json', promises })
  const cases = [{ name: 'the case', steps, ...caseKeys }]
  files.write('rules/a.contract.test.yaml', JSON.stringify({ now: NOW, bases: BASES, cases }))
  const { exitCode, out, err } = await assay(['test', files.at('rules')])
  expect(err).toBe('')
  return { exitCode, out }
}

async function expectFine(...args: Parameters<typeof play>): Promise<void> {
  const { exitCode, out } = await play(...args)
  expect(out).toContain('1 case passed')
  expect(exitCode).toBe(0)
}

function silence(after: string, status: object = {}) {
  return { silence: true, after, status }
}

describe('on a moved clock', () => {
  test('a silence is breached within its bound and one judgement, and over with the next event', () =>
    expectFine(
      [FLOWS],
      [
        { ...GOOD, status: { flows: { ok: 'within_bounds' } } },
        silence('5m', { flows: 'ok' }),
        silence('10s', { flows: { breached: 'silent' } }),
        silence('1h', { flows: 'breached' }),
        { ...GOOD, status: { flows: 'ok' } },
      ],
      { changes: [{ flows: 'breached' }, { flows: 'ok' }] },
    ))

  test('a topic without any event was never seen, each case anew', async () => {
    const steps = [
      silence('5m', { flows: { warming_up: 'warming_up' } }),
      silence('1m', { flows: { breached: 'never_seen' } }),
    ]
    files.writeContract('a', [FLOWS])
    const cases = ['one', 'two'].map((name) => ({ name, steps, changes: [{ flows: 'breached' }] }))
    files.write('rules/a.contract.test.yaml', JSON.stringify({ now: NOW, cases }))
    expect(await assay(['test', files.at('rules')])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('2 cases passed'),
    })
  })

  test('a silence by the time in the event goes on while old events come', () =>
    expectFine(
      [{ id: 'flows', freshness: { within: '5m', field: 'at' } }],
      [
        { ...GOOD, repeat: 60, every: '10s', status: { flows: 'ok' } },
        { base: 'good', with: { at: NOW }, after: '4m', status: { flows: 'ok' } },
        { base: 'good', with: { at: NOW }, after: '2m', status: { flows: { breached: 'silent' } } },
        { ...GOOD, status: { flows: 'ok' } },
      ],
    ))

  test('a calendar exempts a night, and gives the time of the bound after it', () =>
    expectFine(
      [
        {
          id: 'flows',
          freshness: { within: '30m', except: [{ hours: '22:00-06:00', timezone: 'Europe/Paris' }] },
        },
      ],
      [
        { ...GOOD, repeat: 13 * 60, every: '1m', status: { flows: 'ok' } },
        { at: '13h', silence: true, status: { flows: { ok: 'exempt' } } },
        { at: '1270m', silence: true, status: { flows: { ok: 'within_bounds' } } },
        silence('21m', { flows: { breached: 'silent' } }),
      ],
      { changes: [{ flows: 'breached' }] },
    ))

  test('a window of volume is judged when it is over, too few and too many', () =>
    expectFine(
      [ENOUGH],
      [
        { ...GOOD, repeat: 50, every: '6s', status: { enough: 'warming_up' } },
        { ...GOOD, at: '10m', status: { enough: { ok: 'within_bounds' } } },
        { ...GOOD, at: '20m', repeat: 101, every: '1s', status: { enough: { breached: 'too_few_events' } } },
        silence('9m', { enough: { breached: 'too_many_events' } }),
        { at: '40m', silence: true, status: { enough: { breached: 'too_few_events' } } },
      ],
      { changes: [{ enough: 'breached' }] },
    ))

  test('a share of fails warns, breaches, and recovers when it has calmed', () =>
    expectFine(
      [TOLERANT],
      [
        { ...GOOD, repeat: 98, status: { positive: { warming_up: 'warming_up' } } },
        { ...BAD, repeat: 2, status: { positive: { warning: 'too_many_fails' } } },
        { ...BAD, after: '6m', repeat: 20, status: { positive: { breached: 'too_many_fails' } } },
        { ...GOOD, after: '1s', repeat: 600, status: { positive: 'warning' } },
        { ...GOOD, after: '1s', repeat: 1200, status: { positive: 'ok' } },
      ],
      {
        changes: [
          { positive: 'warning' },
          { positive: 'breached' },
          { positive: 'warning' },
          { positive: 'ok' },
        ],
      },
    ))

  test('`tolerance: none` is breached by one event, and over after a quarter of an hour', () =>
    expectFine(
      [{ ...TOLERANT, tolerance: 'none' }],
      [
        { ...GOOD, repeat: 200 },
        { ...BAD, status: { positive: { breached: 'failed' } } },
        silence('14m', { positive: 'breached' }),
        silence('2m', { positive: 'ok' }),
      ],
    ))

  test('a promise has a status, also of a contract whose rule has its name', () =>
    expectFine(
      [{ ...TOLERANT, id: 'validity', tolerance: 'none' }],
      [
        { ...GOOD, repeat: 100, status: { validity: 'ok', 'promises.validity': 'ok' } },
        {
          base: 'good',
          with: { price: 0 },
          repeat: 5,
          expect: { validity: 'fail' },
          status: { validity: 'breached', 'promises.validity': { breached: 'too_many_fails' } },
        },
      ],
      { promises: { validity: { objective: 99, window: '1h' } } },
    ))

  test('a rule that ceases to apply is not applied', () =>
    expectFine(
      [{ id: 'cars', when: 'kind = "car"', assert: 'price > 0' }],
      [
        { ...GOOD, repeat: 100, status: { cars: 'ok' } },
        { base: 'good', with: { kind: null, type: 'car' }, repeat: 1900, expect: { cars: 'skip' } },
        { ...GOOD, with: { kind: null }, status: { cars: { not_applied: 'never_applies' } } },
      ],
      { changes: [{ cars: 'not_applied' }] },
    ))

  test('a rule in shadow stands as if it counted, and changes of it are not announced', () =>
    expectFine([{ ...FLOWS, mode: 'shadow' }], [GOOD, silence('6m', { flows: 'breached' })], { changes: [] }))

  test('a month of silence takes no time', async () => {
    const startMs = performance.now()
    await expectFine([TOLERANT, FLOWS, ENOUGH], [GOOD, silence('30d', { flows: 'breached' })], {
      promises: { freshness: { rule: 'flows', objective: 99 } },
    })
    expect(performance.now() - startMs).toBeLessThan(5000)
  })
})

test('what is repeated comes with its times moved on, in the form in which they were written', async () => {
  const times = {
    text: NOW,
    fine: '2026-03-02T09:00:00.250+01:00',
    day: '2026-03-02',
    s: 1772438400,
    ms: '1772438400000',
  }
  const rule = {
    id: 'moved',
    assert:
      'text = "2026-03-02T09:00:00Z" and fine = "2026-03-02T09:00:00.250Z" and day = "2026-03-02" and s = 1772442000 and ms = "1772442000000"',
  }
  files.writeContract('a', [rule])
  const bases = { it: { moving: Object.keys(times), event: times } }
  const steps = [
    { base: 'it', repeat: 2, every: '30m', expect: { moved: 'fail' } },
    { base: 'it', after: '30m', expect: { moved: 'pass' } },
  ]
  files.write(
    'rules/a.contract.test.yaml',
    JSON.stringify({ now: NOW, bases, cases: [{ name: 'a', steps }] }),
  )
  expect(await assay(['test', files.at('rules')])).toMatchObject({ exitCode: 0 })
})

describe('coverage', () => {
  test('counts both statuses of rules over the stream, and of those with a tolerance', async () => {
    const rules = [{ ...TOLERANT, tolerance: 'none' }, FLOWS]
    const steps = [
      { ...GOOD, status: { positive: 'ok', flows: 'ok' } },
      { ...BAD, status: { positive: 'breached' } },
      silence('6m', { flows: 'breached' }),
    ]
    const { out } = await play(rules, steps)
    expect(out).toContain('coverage 100 % (2 of 2 rules with a good and a bad case)')
  })

  test('is lacking without them, and --min-coverage says so', async () => {
    await play([TOLERANT, FLOWS], [GOOD, BAD])
    const { exitCode, out } = await assay([
      'test',
      files.at('rules'),
      '--min-coverage',
      '100',
      '--output',
      'github',
    ])
    expect(exitCode).toBe(1)
    expect(out).toContain('rule "positive" has no “ok” and no “breached” case')
    expect(out).toContain('rule "flows" has no “ok” and no “breached” case')
  })
})

describe('--rule', () => {
  const steps = [GOOD, silence('6m', { flows: 'ok', enough: 'breached' })]

  test('looks only at the status of that rule', async () => {
    await play([FLOWS, ENOUGH], steps)
    const { exitCode, out } = await assay(['test', files.at('rules'), '--rule', 'flows'])
    expect(exitCode).toBe(1)
    expect(out).toContain('status of "flows": expected ok, but it is breached (silent)')
    expect(out).not.toContain('status of "enough"')
  })

  test('refuses one that is not there', async () => {
    await play([FLOWS, ENOUGH], steps)
    const { exitCode, err } = await assay(['test', files.at('rules'), '--rule', 'flow'])
    expect(exitCode).toBe(2)
    expect(err).toContain('Did you mean "flows"?')
  })
})

test('the outputs for machines tell statuses apart from verdicts', async () => {
  await play([FLOWS], [GOOD, silence('6m', { flows: 'ok' })], { changes: [] })
  const { out } = await assay(['test', files.at('rules'), '--output', 'json'])
  expect(JSON.parse(out).files[0].cases[0].mismatches).toMatchObject([
    { about: 'status', rule: 'flows', step: 2, expected: 'ok', actual: 'breached (silent)' },
    { about: 'changes', expected: 'none', actual: 'flows: breached' },
  ])
  const { out: xml } = await assay(['test', files.at('rules'), '--output', 'junit'])
  expect(xml).toContain('type="flows"')
})

test('a long silence comes to the same as if it were judged every ten seconds', () => {
  const rules = [
    TOLERANT,
    {
      id: 'flows',
      freshness: { within: '3h', except: [{ days: ['sat', 'sun'], timezone: 'America/New_York' }] },
    },
    {
      id: 'nights',
      freshness: { within: '40m', except: [{ hours: '20:15-05:45', timezone: 'Asia/Kolkata' }] },
    },
    { id: 'enough', volume: { over: '1h', min: 1, except: [{ hours: '22:00-06:00', timezone: 'UTC' }] } },
  ]
  const head = { apiVersion: 'assay/v1', id: 'a', version: '1.0.0', topic: 'a', domain: 'a', owner: 'a' }
  const { contract } = parseContract('a', JSON.stringify({ ...head, rules }))
  const { topics } = compileContracts(contract ? [contract] : [], () => ({ path: '', missing: '' }))
  const [topic] = topics
  const [compiled] = topic?.contracts ?? []
  if (!topic || !compiled) throw new Error('the rules are wrong')
  const startMs = Date.parse(NOW)
  const endMs = startMs + 9 * 86_400_000
  const long = new StreamPlay(compiled, startMs)
  long.passTo(endMs)
  const exact = new Play(topic, startMs).pass(endMs - startMs)
  const told = (changes: typeof long.changes) =>
    changes
      .map(({ subject, status }) => `${subject.kind === 'rule' ? subject.rule : ''} ${status}`)
      .toSorted()
  expect(told(long.changes)).toEqual(told(exact.changes))
  expect(long.changes.length).toBeGreaterThan(2)
  const stands = (statuses: ReturnType<typeof long.statuses>) =>
    statuses.map(({ status, reason }) => [status, reason])
  expect(stands(long.statuses(endMs))).toEqual(stands(exact.stream.statuses()))
})
