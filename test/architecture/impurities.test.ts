import { describe, expect, test } from 'vitest'
import { impuritiesOf } from './impurities.ts'

const found = (source: string) => impuritiesOf(source).map(({ what }) => what)

test.each([
  ['process.env.HOME', 'process'],
  ['a = Date.now()', 'Date.now'],
  ['list.map(Date.now)', 'Date.now'],
  ['new Date()', 'new Date()'],
  ['new Date', 'new Date()'],
  ['Date()', 'Date()'],
  ['Math.random()', 'Math.random'],
  ['performance.now()', 'performance'],
  ['crypto.randomUUID()', 'crypto'],
  ['setTimeout(f, 1)', 'setTimeout'],
  ['console.log(1)', 'console'],
  ['globalThis.process', 'globalThis'],
  ['`at ${Date.now()}`', 'Date.now'],
  ['isNew ? process : other', 'process'],
  ['[...process.argv]', 'process'],
])('%s is impure', (source, what) => {
  expect(found(source)).toEqual([what])
})

describe('is pure', () => {
  test.each([
    'new Date(timestampMs)',
    'Date.parse(text)',
    'Math.max(a, b)',
    'batch.process()',
    'const a = { process: 1 }',
    'interface A { process: string; crypto?: boolean }',
    '// Date.now()',
    '"Date.now()"',
    '`process`',
    'const today = now',
    'clock.nowMs()',
  ])('%s', (source) => {
    expect(found(source)).toEqual([])
  })
})
