import { EVENT_RESULTS } from '../../src/model/verdict.ts'
import { percent } from '../../src/report/table.ts'
import { judgedEvents, type ContractFigures, type RuleFigures, type TopicFigures } from './board.ts'
import type { Column } from './fit-table.ts'
import { shareOf, type Share } from './recent-rates.ts'
import { secondsText, whole, wholeOrUnknown } from './view.ts'

/** `last` is one more column: a rate over the last moments, or the highest there was. */
export function ruleColumns(
  lastHead: string,
  last: (figures: RuleFigures) => Share,
): readonly Column<RuleFigures>[] {
  return [
    { head: 'rule', cell: ({ rule }) => rule },
    { head: 'contract', dropOrder: 2, cell: ({ contract }) => contract },
    countColumn('evaluated', 3, (figures) => shareOf(figures).judged),
    countColumn('fail', 1, ({ fail }) => fail),
    countColumn('error', 5, ({ error }) => error),
    countColumn('skip', 6, ({ skip }) => skip),
    { head: 'rate', numeric: true, dropOrder: 4, cell: (figures) => shareText(shareOf(figures)) },
    { head: lastHead, numeric: true, cell: (figures) => shareText(last(figures)) },
  ]
}

function countColumn(
  head: string,
  dropOrder: number,
  count: (figures: RuleFigures) => number,
): Column<RuleFigures> {
  return { head, dropOrder, numeric: true, cell: (figures) => whole(count(figures)) }
}

export function contractColumns(): readonly Column<ContractFigures>[] {
  const dropOrders = { pass: 3, warn: 4, fail: 0, error: 5, undecodable: 2, tombstone: 6 }
  return [
    { head: 'contract', cell: ({ contract }) => contract },
    { head: 'events', numeric: true, dropOrder: 1, cell: (figures) => whole(judgedEvents(figures)) },
    ...EVENT_RESULTS.map((result) => ({
      head: result,
      numeric: true,
      dropOrder: dropOrders[result],
      cell: (figures: ContractFigures) => whole(figures[result]),
    })),
  ]
}

export function topicColumns(): readonly Column<TopicFigures>[] {
  return [
    { head: 'topic', cell: ({ topic }) => topic },
    { head: 'lag', numeric: true, cell: ({ lagOffsets }) => wholeOrUnknown(lagOffsets) },
    {
      head: 'lag time',
      numeric: true,
      dropOrder: 1,
      cell: ({ lagSeconds }) => secondsText(lagSeconds),
    },
    {
      head: 'event age',
      numeric: true,
      dropOrder: 2,
      cell: ({ eventAgeSeconds }) => secondsText(eventAgeSeconds),
    },
  ]
}

export function shareText({ fail, judged }: Share): string {
  return percent(fail, judged)
}

/** Undecodable records by reason, in words. */
export function rejectedText(rejected: ReadonlyMap<string, number>): string {
  const reasons = Array.from(rejected, ([reason, count]) => `${whole(count)} ${reason}`)
  return reasons.length === 0 ? 'none' : reasons.join(', ')
}
