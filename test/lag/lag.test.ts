import { expect, test } from 'vitest'
import { judgeLag } from '../../src/lag/lag.ts'
import type { LagFacts } from '../../src/lag/lag.ts'

const NOW_MS = Date.UTC(2025, 5, 1, 12)
const AN_HOUR_AGO_MS = NOW_MS - 3_600_000
const TEN_SECONDS_AGO_MS = NOW_MS - 10_000

const FACTS: LagFacts = {
  position: 5,
  end: 8,
  lastJudgedMs: undefined,
  lastZeroMs: undefined,
  assignedMs: TEN_SECONDS_AGO_MS,
  nowMs: NOW_MS,
}

const UNKNOWN = { offsets: undefined, seconds: undefined }

test.each<[string, Partial<LagFacts>, ReturnType<typeof judgeLag>]>([
  [
    'the end is unknown: so is the lag, and not 0',
    { end: undefined, lastJudgedMs: TEN_SECONDS_AGO_MS },
    UNKNOWN,
  ],
  [
    'at the end nothing is late, however old the last record is',
    { position: 8, lastJudgedMs: AN_HOUR_AGO_MS },
    { offsets: 0, seconds: 0 },
  ],
  ['an empty log is not late', { position: 0, end: 0 }, { offsets: 0, seconds: 0 }],
  [
    'the end went back (the topic was made anew): never negative',
    { position: 9, end: 2 },
    { offsets: 0, seconds: 0 },
  ],
  ['behind, with nothing judged yet: seconds are unknown', {}, { offsets: 3, seconds: undefined }],
  [
    'nothing judged since it was assigned long ago: as late as that, at least',
    { assignedMs: AN_HOUR_AGO_MS },
    { offsets: 3, seconds: 3600 },
  ],
  [
    'assigned long ago, but judged since: the record says how late it is',
    { assignedMs: AN_HOUR_AGO_MS, lastJudgedMs: TEN_SECONDS_AGO_MS },
    { offsets: 3, seconds: 10 },
  ],
  [
    'behind since the last judged record was written',
    { lastJudgedMs: TEN_SECONDS_AGO_MS },
    { offsets: 3, seconds: 10 },
  ],
  ['behind since lag was last 0', { lastZeroMs: TEN_SECONDS_AGO_MS }, { offsets: 3, seconds: 10 }],
  [
    'an hourly topic: its last record is old, but lag was 0 a moment ago',
    { lastJudgedMs: AN_HOUR_AGO_MS, lastZeroMs: TEN_SECONDS_AGO_MS },
    { offsets: 3, seconds: 10 },
  ],
  [
    'catching up: lag was 0 long ago, but the records judged now are recent',
    { lastJudgedMs: TEN_SECONDS_AGO_MS, lastZeroMs: AN_HOUR_AGO_MS },
    { offsets: 3, seconds: 10 },
  ],
  [
    'the producer’s clock is ahead: no verdict is early',
    { lastJudgedMs: NOW_MS + 60_000 },
    { offsets: 3, seconds: 0 },
  ],
  ['less than a second is told', { lastJudgedMs: NOW_MS - 250 }, { offsets: 3, seconds: 0.25 }],
])('%s', (_, facts, lag) => {
  expect(judgeLag({ ...FACTS, ...facts })).toEqual(lag)
})
