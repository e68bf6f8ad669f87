import { describe, expect, test } from 'vitest'
import { lastExemptEndMs } from '../../src/stream/calendar.ts'
import { at, exceptions, exemptTimes, iso } from './support.ts'

function inParis(hours: string, from: string, to: string): string[] {
  return exemptTimes(exceptions({ hours, timezone: 'Europe/Paris' }), `${from}T12:00Z`, `${to}T12:00Z`)
}

describe('where clocks are put forward', () => {
  test.each([
    // 02:00 to 03:00 on the 29th of March are left out: the clocks go on at 01:00 UTC.
    ['01:00-04:00', ['03-29T00:00 03-29T02:00']],
    ['02:30-04:00', ['03-29T01:00 03-29T02:00']],
    ['01:00-02:30', ['03-29T00:00 03-29T01:00']],
    ['01:00-02:00', ['03-29T00:00 03-29T01:00']],
    ['03:00-04:00', ['03-29T01:00 03-29T02:00']],
    ['02:00-03:00', []],
    ['02:15-02:45', []],
    ['22:00-06:00', ['03-28T21:00 03-29T04:00']],
  ])('%s', (hours, times) => {
    expect(inParis(hours, '2026-03-28', '2026-03-29')).toEqual(times)
  })

  test('a day has 23 hours', () => {
    const sunday = exceptions({ days: ['sun'], timezone: 'America/New_York' })
    expect(exemptTimes(sunday, '2026-03-08T00:00Z', '2026-03-10T00:00Z')).toEqual(['03-08T05:00 03-09T04:00'])
  })

  test('by half an hour only', () => {
    // Lord Howe: 02:00 becomes 02:30 at 15:30 UTC.
    const except = exceptions({ hours: '01:45-02:45', timezone: 'Australia/Lord_Howe' })
    expect(exemptTimes(except, '2026-10-03T12:00Z', '2026-10-03T20:00Z')).toEqual(['10-03T15:15 10-03T15:45'])
  })

  test('at midnight', () => {
    // Beirut: the 29th of March begins at 01:00.
    const except = exceptions({ days: ['sun'], timezone: 'Asia/Beirut' })
    expect(exemptTimes(except, '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual(['03-28T22:00 03-29T21:00'])
  })

  test('over a whole day', () => {
    // Samoa had no 30th of December 2011, which would have been a Friday.
    const except = exceptions({ days: ['fri'], timezone: 'Pacific/Apia' })
    expect(exemptTimes(except, '2011-12-28T00:00Z', '2012-01-03T00:00Z')).toEqual([])
    expect(iso(lastExemptEndMs(except, at('2012-01-03T00:00Z')))).toBe('2011-12-24T10:00:00.000Z')
  })
})

describe('where clocks are put back', () => {
  test.each([
    // 02:00 to 03:00 on the 25th of October come twice: from 00:00 and from 01:00 UTC.
    ['01:00-04:00', ['10-24T23:00 10-25T03:00']],
    ['02:00-03:00', ['10-25T00:00 10-25T02:00']],
    ['02:30-04:00', ['10-25T00:30 10-25T03:00']],
    ['01:00-02:30', ['10-24T23:00 10-25T01:30']],
    ['01:00-02:00', ['10-24T23:00 10-25T00:00']],
    ['03:00-04:00', ['10-25T02:00 10-25T03:00']],
    ['22:00-06:00', ['10-24T20:00 10-25T05:00']],
  ])('%s', (hours, times) => {
    expect(inParis(hours, '2026-10-24', '2026-10-25')).toEqual(times)
  })

  test('a day has 25 hours', () => {
    const sunday = exceptions({ days: ['sun'], timezone: 'America/New_York' })
    expect(exemptTimes(sunday, '2026-11-01T00:00Z', '2026-11-03T00:00Z')).toEqual(['11-01T04:00 11-02T05:00'])
  })

  test('by half an hour only', () => {
    // Lord Howe: 02:00 becomes 01:30 at 15:00 UTC.
    const except = exceptions({ hours: '01:45-02:45', timezone: 'Australia/Lord_Howe' })
    expect(exemptTimes(except, '2026-04-04T12:00Z', '2026-04-04T20:00Z')).toEqual(['04-04T14:45 04-04T16:15'])
  })

  test('over midnight', () => {
    // The Azores: the 25th of October has two hours from 00:00 to 01:00, and the saturday before ends at the first.
    const except = exceptions({ days: ['sat'], timezone: 'Atlantic/Azores' })
    expect(exemptTimes(except, '2026-10-23T12:00Z', '2026-10-26T12:00Z')).toEqual(['10-24T00:00 10-25T00:00'])
  })
})
