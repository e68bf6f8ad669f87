import { expect, test } from 'vitest'
import { parseLine } from '../../../tools/statsd-receiver/parse-line.ts'

test.each([
  ['dq.events:3|c', { name: 'dq.events', type: 'c', values: [3], tags: {}, sampleRate: 1 }],
  [
    'dq.events:3|c|#contract:ads.ad-published,version:1.2.0',
    {
      name: 'dq.events',
      type: 'c',
      values: [3],
      tags: { contract: 'ads.ad-published', version: '1.2.0' },
      sampleRate: 1,
    },
  ],
  [
    'lag:0.5|g|#partition:0',
    { name: 'lag', type: 'g', values: [0.5], tags: { partition: '0' }, sampleRate: 1 },
  ],
  ['t:1:2.5:3e-3|d|@0.5', { name: 't', type: 'd', values: [1, 2.5, 0.003], tags: {}, sampleRate: 0.5 }],
  ['t:-1|ms|#a:b|@1', { name: 't', type: 'ms', values: [-1], tags: { a: 'b' }, sampleRate: 1 }],
  [
    'url:1|c|#at:host:9092/x',
    { name: 'url', type: 'c', values: [1], tags: { at: 'host:9092/x' }, sampleRate: 1 },
  ],
])('%s is well formed', (line, expected) => {
  expect(parseLine(line)).toEqual(expected)
})

test.each([
  ['', 'bad metric name'],
  ['9lives:1|c', 'bad metric name'],
  ['dq events:1|c', 'bad metric name'],
  ['dq-events:1|c', 'bad metric name'],
  [`${'n'.repeat(201)}:1|c`, 'bad metric name'],
  ['dq.events:1', 'unknown type ""'],
  ['dq.events:1|x', 'unknown type "x"'],
  ['dq.users:anna|s', 'unknown type "s"'],
  ['dq.events|c', 'no value'],
  ['dq.events:|c', 'not a number: ""'],
  ['dq.events:NaN|g', 'not a number: "NaN"'],
  ['dq.events:Infinity|g', 'not a number: "Infinity"'],
  ['dq.events:undefined|g', 'not a number: "undefined"'],
  ['dq.events:1e999|c', 'not a number: "1e999"'],
  ['dq.events:1:2|c', 'several values for type c'],
  ['lag:-1|g', 'signed gauge'],
  ['lag:+1|g', 'not a number: "+1"'],
  ['lag:1|g|@0.5', 'sample rate for type g'],
  ['dq.events:1|c|@0', 'bad sample rate "@0"'],
  ['dq.events:1|c|@2', 'bad sample rate "@2"'],
  ['dq.events:1|c|#', 'bad tag ""'],
  ['dq.events:1|c|#alone', 'bad tag "alone"'],
  ['dq.events:1|c|#team:', 'bad tag "team:"'],
  ['dq.events:1|c|#team:Search', 'bad tag "team:Search"'],
  ['dq.events:1|c|#Team:search', 'bad tag "Team:search"'],
  ['dq.events:1|c|#team:search_', 'bad tag "team:search_"'],
  ['dq.events:1|c|#team:é', 'bad tag "team:é"'],
  [`dq.events:1|c|#team:${'t'.repeat(196)}`, `bad tag "team:${'t'.repeat(196)}"`],
  ['dq.events:1|c|#team:a,team:b', 'a tag stands twice'],
  ['dq.events:1|c|#a:b|#c:d', 'a field stands twice'],
  ['dq.events:1|c|@1|@1', 'a field stands twice'],
  ['dq.events:1|c|card:low', 'unknown field "card:low"'],
  ['dq.events:1|c|c:in-123', 'unknown field "c:in-123"'],
  ['dq.events:1|c|', 'unknown field ""'],
  ['_e{5,4}:title|text', 'bad metric name'],
  ['_sc|name|0', 'bad metric name'],
])('%s is refused', (line, reason) => {
  expect(parseLine(line)).toEqual({ line, reason })
})
