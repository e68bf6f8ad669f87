import { expect, test } from 'vitest'
import { matching, parseExposition } from '../../../tools/statsd-exporter/parse-exposition.ts'

test('names, labels, escapes, values and timestamps are read', () => {
  const text = [
    '# HELP dq_events Events.',
    '# TYPE dq_events counter',
    'dq_events{contract="ads.ad-published",result="pass"} 12',
    String.raw`odd{text="a \"quoted\" \\ back, and {brace}\n"} -0.5 1700000000000`,
    'no_labels 1e3',
    'empty_labels{} 1',
    'infinite{le="+Inf",} +Inf',
    'unknown NaN',
    '',
  ].join('\n')
  expect(parseExposition(text)).toEqual([
    { name: 'dq_events', labels: { contract: 'ads.ad-published', result: 'pass' }, value: 12 },
    { name: 'odd', labels: { text: 'a "quoted" \\ back, and {brace}\n' }, value: -0.5 },
    { name: 'no_labels', labels: {}, value: 1000 },
    { name: 'empty_labels', labels: {}, value: 1 },
    { name: 'infinite', labels: { le: '+Inf' }, value: Infinity },
    { name: 'unknown', labels: {}, value: NaN },
  ])
})

test.each([
  ['no value', 'dq_events{result="pass"}'],
  ['a name that starts with a digit', '1dq 1'],
  ['a dot in a name', 'dq.events 1'],
  ['a value that is no number', 'dq_events many'],
  ['a label without quotes', 'dq_events{result=pass} 1'],
  ['a label that is not closed', 'dq_events{result="pass} 1'],
  ['an unknown escape', String.raw`dq_events{result="\t"} 1`],
  ['a label that stands twice', 'dq_events{a="1",a="2"} 1'],
])('%s is refused', (_, line) => {
  expect(() => parseExposition(line)).toThrow(line)
})

test('matching wants all the given labels and allows others', () => {
  const samples = parseExposition('m{a="1",b="1"} 1\nm{a="1",b="2"} 2\nn{a="1"} 4')
  expect(matching(samples, 'm', { a: '1' })).toHaveLength(2)
  expect(matching(samples, 'm', { a: '1', b: '2' })).toHaveLength(1)
  expect(matching(samples, 'm', { c: '1' })).toEqual([])
})
