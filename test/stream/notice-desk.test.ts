import { describe, expect, test } from 'vitest'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { Contract, Severity } from '../../src/model/contract.ts'
import { NO_MEASURE } from '../../src/model/status.ts'
import type { Status, StatusChange } from '../../src/model/status.ts'
import { NoticeDesk } from '../../src/stream/notice-desk.ts'
import { packStatuses, unpackStatuses } from '../../src/stream/restored-status.ts'
import { topicOf } from '../engine/topics.ts'
import { contractOf } from '../evaluate/support.ts'
import { MINUTE_MS, Play, SECOND_MS, START_MS } from './play.ts'

const CONTRACT = contractOf([{ id: 'r0', assert: 'true' }], {
  producer: { team: 'team-ads', service: 'ad-publisher' },
  links: { runbook: 'https://wiki.example.org/ads' },
})

function changeOf(
  rule: string,
  {
    status = 'breached',
    severity = 'error',
    contract = CONTRACT.id,
    sinceMs = START_MS,
  }: {
    readonly status?: Status
    readonly severity?: Severity
    readonly contract?: string
    readonly sinceMs?: number
  } = {},
): StatusChange {
  return {
    contract,
    subject: { kind: 'rule', rule, severity, dimension: 'accuracy', check: 'assert' },
    status,
    from: 'ok',
    reason: status === 'ok' ? 'within_bounds' : 'too_many_fails',
    measure: { ...NO_MEASURE, bad: 50, judged: 100, bound: 0.01, overMs: 15 * MINUTE_MS },
    sinceMs,
    atMs: START_MS,
  }
}

const changesOf = (count: number, more: Parameters<typeof changeOf>[1] = {}) =>
  Array.from({ length: count }, (_, index) => changeOf(`r${index}`, more))

const PROMISE: StatusChange = { ...changeOf('r'), subject: { kind: 'promise', promise: 'validity' } }

function titlesOf(
  desk: NoticeDesk,
  changes: readonly StatusChange[],
  nowMs = START_MS,
  contracts: readonly Contract[] = [CONTRACT],
): string[] {
  return desk.notices(changes, contracts, nowMs).map(({ title }) => title)
}

const contractsOf = (topic: CompiledTopic) => topic.contracts.map(({ contract }) => contract)
const counted = (play: Play) => play.samples.filter(({ name }) => name === 'dq.status.changes')

describe('many rules that change at once are one notice', () => {
  test('that counts them, names the most severe, and says where all of them are', () => {
    const changes = [
      ...changesOf(3000, { severity: 'warning' }),
      ...Array.from({ length: 4 }, (_, index) => changeOf(`bad_${index}`, { sinceMs: START_MS - MINUTE_MS })),
      ...changesOf(996, { severity: 'info' }),
    ]
    const [notice, ...others] = new NoticeDesk().notices(changes, [CONTRACT], START_MS)
    expect(others).toEqual([])
    expect(notice).toMatchObject({
      title: 'Breached: 4000 rules of ads.ad-published',
      aggregationKey: 'ads.ad-published/several.rules',
      alertType: 'error',
      fields: {
        status: 'breached',
        severity: 'error',
        changed: 4000,
        rules: ['bad_0', 'bad_1', 'bad_2', 'bad_3', 'r0', 'r1', 'r2', 'r3', 'r4', 'r5'],
        more: 3990,
        since: '2025-06-02T07:59:00.000Z',
      },
    })
    expect(notice?.tags).toEqual({
      domain: 'ads',
      team: 'team-search',
      contract: 'ads.ad-published',
      topic: 'ads.ad-published.v1',
      severity: 'error',
      status: 'breached',
    })
    expect(notice?.text.split('\n')).toEqual([
      '4000 rules changed to breached in a short time, so they are told as one: 4 of severity error, 3000 of severity warning, 996 of severity info.',
      'error: bad_0, bad_1, bad_2, bad_3',
      'warning: r0, r1, r2, r3, r4, r5',
      'And 3990 more: the gauge dq.rule.status and the status page have each of them.',
      'For example bad_0: 50 of 100 events were bad (50%) in the last 15 min; at most 1% may be.',
      'Since: 2025-06-02 07:59:00 UTC',
      'What to do: ask team-ads, ad-publisher what changed; `assay explain` shows on an event why it fails.',
      'Runbook: https://wiki.example.org/ads',
      'Owner: team-search',
      'Producer: team-ads, ad-publisher',
      'Topic: ads.ad-published.v1',
    ])
  })

  test('their end too, which is part of the same story', () => {
    const desk = new NoticeDesk()
    const [broken] = desk.notices(changesOf(30), [CONTRACT], START_MS)
    const [over, ...others] = desk.notices(changesOf(30, { status: 'ok' }), [CONTRACT], START_MS + MINUTE_MS)
    expect(others).toEqual([])
    expect(over).toMatchObject({ title: 'Recovered: 30 rules of ads.ad-published', alertType: 'success' })
    expect(over?.aggregationKey).toBe(broken?.aggregationKey)
  })

  test('20 are told one by one, and 21 are not', () => {
    expect(titlesOf(new NoticeDesk(), changesOf(20))).toHaveLength(20)
    expect(titlesOf(new NoticeDesk(), changesOf(21))).toEqual(['Breached: 21 rules of ads.ad-published'])
  })

  test('whose names are as long as they may be: it stays within the bounds of an event', () => {
    const changes = Array.from({ length: 40 }, (_, index) => changeOf(`${'r'.repeat(195)}_${index}`))
    const [long] = new NoticeDesk().notices(
      changes.map((change) => ({ ...change, contract: 'é'.repeat(200) })),
      [{ ...CONTRACT, id: 'é'.repeat(200), owner: 'équipe' }],
      START_MS,
    )
    expect(long?.text.length).toBeLessThanOrEqual(1000)
    expect(long?.title.length).toBeLessThanOrEqual(200)
    expect(long?.aggregationKey.length).toBeLessThanOrEqual(100)
    expect(`${long?.title}${long?.text}`).toMatch(/^[\n\x20-\x7e]*$/)
  })
})

describe('what is gathered', () => {
  test('are rules of one status; one alone, and promises, are told as ever', () => {
    const changes = [
      ...changesOf(15),
      ...changesOf(15, { status: 'ok' }),
      changeOf('lone', { status: 'warning' }),
      PROMISE,
    ]
    expect(titlesOf(new NoticeDesk(), changes)).toEqual([
      'Breached: 15 rules of ads.ad-published',
      'Recovered: 15 rules of ads.ad-published',
      'Warning: lone of ads.ad-published',
      'Breached: promise of validity of ads.ad-published',
    ])
  })

  test('are rules of one contract: each has its owner', () => {
    const other = { ...CONTRACT, id: 'other' }
    const changes = [...changesOf(30), ...changesOf(12, { contract: 'other' })]
    const titles = titlesOf(new NoticeDesk(), changes, START_MS, [CONTRACT, other])
    expect(titles[0]).toBe('Breached: 30 rules of ads.ad-published')
    expect(titles).toHaveLength(13)
  })

  test('are rules that change one after the other too, until five minutes are over', () => {
    const desk = new NoticeDesk()
    expect(titlesOf(desk, changesOf(20))).toHaveLength(20)
    expect(titlesOf(desk, changesOf(2), START_MS + 10 * SECOND_MS)).toEqual([
      'Breached: 2 rules of ads.ad-published',
    ])
    expect(titlesOf(desk, changesOf(1), START_MS + 20 * SECOND_MS)).toEqual([
      'Breached: r0 of ads.ad-published',
    ])
    expect(titlesOf(desk, changesOf(19), START_MS + 5 * MINUTE_MS)).toHaveLength(19)
  })

  test('is bounded while a contract swings: no more than one for each status in a judgement', () => {
    const desk = new NoticeDesk()
    const told = Array.from({ length: 30 }, (_, tick) =>
      titlesOf(desk, [...changesOf(9), ...changesOf(9, { status: 'ok' })], START_MS + tick * 10 * SECOND_MS),
    )
    expect(told.flat().length).toBeLessThanOrEqual(18 + 29 * 2)
  })

  test('a clock that went back makes nothing wait', () => {
    const desk = new NoticeDesk()
    titlesOf(desk, changesOf(20))
    expect(titlesOf(desk, changesOf(20), START_MS - MINUTE_MS)).toHaveLength(20)
  })

  test('nothing of nothing', () => {
    expect(titlesOf(new NoticeDesk(), [])).toEqual([])
  })
})

describe('a producer that breaks all rules of a topic', () => {
  const COUNT = 250
  const rules = Array.from({ length: COUNT }, (_, index) => ({
    id: `rule_number_${index}`,
    assert: `n > ${index - COUNT}`,
    tolerance: { fail: '1%', over: '5m', minimumEvents: 10 },
  }))

  test('makes one notice, and one when it is over, and every rule is counted', () => {
    const topic = topicOf(rules)
    const desk = new NoticeDesk()
    const play = new Play(topic).flow(10 * SECOND_MS, SECOND_MS, () => ({ n: 1 }))
    play.changes.splice(0)
    play.flow(10 * SECOND_MS, SECOND_MS, () => ({ n: -COUNT }))
    expect(titlesOf(desk, play.changes, play.nowMs, contractsOf(topic))).toEqual([
      `Breached: ${COUNT} rules of ads.ad-published`,
    ])
    expect(counted(play)).toMatchObject([{ value: COUNT, tags: { status: 'breached' } }])
    play.changes.splice(0)
    play.flow(15 * MINUTE_MS, SECOND_MS, () => ({ n: 1 }))
    expect(titlesOf(desk, play.changes, play.nowMs, contractsOf(topic))).toEqual([
      `Recovered: ${COUNT} rules of ads.ad-published`,
    ])
  })

  test('is told of once more after a restart only as far as the note could not hold it, and as one', () => {
    const topic = topicOf(rules)
    const before = new Play(topic).flow(20 * SECOND_MS, SECOND_MS, () => ({ n: -COUNT }))
    const note = packStatuses(before.stream.toRestore())
    expect(note.length).toBeLessThanOrEqual(3500)
    const restored = unpackStatuses(note)
    expect(restored.length).toBeGreaterThan(80)
    const after = new Play(topic, before.nowMs, restored).flow(20 * SECOND_MS, SECOND_MS, () => ({
      n: -COUNT,
    }))
    expect(after.changes).toHaveLength(COUNT - restored.length)
    expect(titlesOf(new NoticeDesk(), after.changes, after.nowMs, contractsOf(topic))).toEqual([
      `Breached: ${COUNT - restored.length} rules of ads.ad-published`,
    ])
  })
})
