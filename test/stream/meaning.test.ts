import { expect, test } from 'vitest'
import { meaningOf } from '../../src/stream/meaning.ts'
import { topicOf } from '../engine/topics.ts'
import type { RuleText } from '../evaluate/support.ts'

/** The sentences about one rule of a contract. */
function meaning(rule: RuleText, contract: RuleText = {}): string {
  const [compiled] = topicOf([{ id: 'r', ...rule }], contract).contracts
  const [found] = [...(compiled?.contract.rules ?? []), ...(compiled?.contract.streamRules ?? [])]
  if (!compiled || !found) throw new Error('the rule is wrong')
  return meaningOf(found, compiled.contract).join('\n')
}

const ASSERT = { assert: 'n > 0' }
const PROMISED = { promises: { validity: { objective: 99.9, window: '30d' } } }

test.each([
  [{ freshness: { within: '90s' } }, 'no event has arrived for longer than 1 min 30 s'],
  [{ freshness: { within: '5m', field: 'at' } }, 'the newest time in `at` is older than 5 min'],
  [{ freshness: { within: '5m' } }, 'It recovers with the next event.'],
  [
    { freshness: { within: '5m', except: [{ days: ['sat', 'sun'], timezone: 'UTC' }] } },
    'Exempt: sat, sun, the whole day, on the clock of UTC.',
  ],
  [
    { freshness: { within: '5m', except: [{ hours: '22:00-06:00', timezone: 'Europe/Paris' }] } },
    'Exempt: every day, 22:00-06:00, on the clock of Europe/Paris.',
  ],
  [
    { volume: { over: '5m', min: 1 } },
    'has fewer than 1 event (too_few_events), by the time of their arrival',
  ],
  [
    { volume: { over: '5m', min: 10, max: 20 } },
    'fewer than 10 events (too_few_events) or more than 20 events',
  ],
  [{ volume: { over: '5m', max: 20, field: 'at' } }, 'when it is over and 1 min more for late ones'],
  [{ ...ASSERT, tolerance: 'none' }, 'A single failing event breaches it.'],
  [
    { ...ASSERT, tolerance: { fail: '1%', over: '1h' } },
    'more than 1% of the events that it judged (pass or fail) in the last 1 h',
  ],
  [
    { ...ASSERT, tolerance: { fail: '1%', over: '1h' } },
    'at or below 0.9% in two judgements at least 6 min apart',
  ],
  [{ ...ASSERT, tolerance: { warn: '0.1%', fail: '1%', over: '1h' } }, 'A warning above 0.1%.'],
  [ASSERT, 'Its fails are only counted'],
  [{ ...ASSERT, mode: 'shadow', tolerance: 'none' }, 'only tried out'],
  [{ ...ASSERT, mode: 'shadow', tolerance: 'none' }, 'A single failing event breaches it.'],
])('%j: %s', (rule, sentence) => {
  expect(meaning(rule)).toContain(sentence)
})

test('a rule without a tolerance takes the bound of the promise', () => {
  expect(meaning(ASSERT, PROMISED)).toContain('its bound is that of promises.validity (99.9%)')
  expect(meaning(ASSERT, PROMISED)).toContain('Breached when more than 0.1%')
  expect(meaning({ ...ASSERT, severity: 'warning' }, PROMISED)).toContain('only counted')
})
