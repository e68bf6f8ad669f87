import { beforeEach, expect, test } from 'vitest'
import { Outboxes } from '../../src/engine/outboxes.ts'
import type { Notice } from '../../src/model/notice.ts'
import { MemoryAnnouncer, MemoryLog } from './memory.ts'

const FAULT = new Error('no such host')
const NOBODY = new Set<string>()

const notice = (title: string): Notice => ({
  title,
  text: '',
  aggregationKey: '',
  alertType: 'error',
  tags: {},
  fields: {},
})

let first: MemoryAnnouncer
let second: MemoryAnnouncer
let log: MemoryLog
let outboxes: Outboxes

beforeEach(() => {
  first = new MemoryAnnouncer('first')
  second = new MemoryAnnouncer('second')
  log = new MemoryLog()
  outboxes = new Outboxes([first, second], log)
})

test('each notice goes to everybody, once', async () => {
  outboxes.put([notice('a'), notice('b')], 0)
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect([first.titles, second.titles]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('one that can’t tell keeps what it has, in order, and holds nobody up', async () => {
  first.fault = FAULT
  outboxes.put([notice('a')], 0)
  expect(await outboxes.deliver(NOBODY)).toBe(false)
  outboxes.put([notice('b')], 1)
  expect(await outboxes.deliver(NOBODY)).toBe(false)
  expect([first.titles, second.titles]).toEqual([[], ['a', 'b']])
  first.fault = undefined
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect([first.titles, second.titles]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('nothing goes by way of a sink that is in error', async () => {
  outboxes.put([notice('a')], 0)
  expect(await outboxes.deliver(new Set(['first']))).toBe(false)
  expect([first.titles, second.titles]).toEqual([[], ['a']])
})

const many = (count: number) => Array.from({ length: count }, (_, index) => notice(`n${index}`))

test('what is kept is bounded: the oldest are given up, with a word', async () => {
  first.fault = FAULT
  outboxes.put(many(203), 0)
  expect(await outboxes.deliver(NOBODY)).toBe(false)
  first.fault = undefined
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect(first.titles).toHaveLength(200)
  expect(first.titles[0]).toBe('n3')
  expect(log.lines.filter(({ fields }) => fields?.['lost'] === 3)).toHaveLength(1)
})

test('what waits for a sink in error is bounded too', async () => {
  outboxes.put(many(203), 0)
  expect(await outboxes.deliver(new Set(['first']))).toBe(false)
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect([first.titles.length, second.titles.length]).toEqual([200, 203])
})

test('however many there are at once, who takes them gets all', async () => {
  outboxes.put(many(500), 0)
  expect(await outboxes.deliver(NOBODY)).toBe(true)
  expect([first.titles.length, second.titles.length]).toEqual([500, 500])
  expect(log.lines).toEqual([])
})
