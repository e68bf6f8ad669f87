import { expect, test } from 'vitest'
import { startOf } from '../../../src/adapters/kafka/start.ts'
import type { Start, StartFacts } from '../../../src/adapters/kafka/start.ts'

const FACTS: StartFacts = { committed: undefined, topicIsKnown: false, low: 10, end: 50, from: 'latest' }
const KNOWN = { topicIsKnown: true }

test.each<[string, Partial<StartFacts>, Start]>([
  ['at the commit', { ...KNOWN, committed: 30 }, { offset: 30, gap: 0, commitsAtOnce: false }],
  [
    'at the commit, also with `earliest`',
    { ...KNOWN, committed: 30, from: 'earliest' },
    { offset: 30, gap: 0, commitsAtOnce: false },
  ],
  [
    'at a commit of the first offset',
    { ...KNOWN, committed: 10 },
    { offset: 10, gap: 0, commitsAtOnce: false },
  ],
  ['at a commit of the end', { ...KNOWN, committed: 50 }, { offset: 50, gap: 0, commitsAtOnce: false }],
  [
    'at a commit of 0 in a log that begins there',
    { ...KNOWN, committed: 0, low: 0 },
    { offset: 0, gap: 0, commitsAtOnce: false },
  ],
  [
    'at the earliest if retention overtook the commit, with what was lost',
    { ...KNOWN, committed: 4 },
    { offset: 10, gap: 6, commitsAtOnce: false },
  ],
  [
    'at the earliest if the commit is past the end: the topic was made anew',
    { ...KNOWN, committed: 51 },
    { offset: 10, gap: 0, commitsAtOnce: false },
  ],
  [
    'at the earliest in a partition that was added, whatever `from` says',
    { ...KNOWN, low: 0 },
    { offset: 0, gap: 0, commitsAtOnce: false },
  ],
  [
    'at the earliest in a partition that was added and has lost records',
    { ...KNOWN, low: 3 },
    { offset: 3, gap: 3, commitsAtOnce: false },
  ],
  [
    'at the end in a topic never committed, and says so at once',
    {},
    { offset: 50, gap: 0, commitsAtOnce: true },
  ],
  [
    'at the beginning in a topic never committed, with `earliest`',
    { from: 'earliest' },
    { offset: 10, gap: 0, commitsAtOnce: false },
  ],
  ['at 0 in an empty log', { low: 0, end: 0 }, { offset: 0, gap: 0, commitsAtOnce: true }],
])('starts %s', (_, facts, start) => {
  expect(startOf({ ...FACTS, ...facts })).toEqual(start)
})
