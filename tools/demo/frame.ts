import { ruleKey, type RuleFigures } from './board.ts'
import { fitTable } from './fit-table.ts'
import { PHASE_TEXT, phaseAt } from './plan.ts'
import { rateOf } from './recent-rates.ts'
import { contractColumns, rejectedText, ruleColumns, topicColumns } from './tables.ts'
import { whole, type View } from './view.ts'

export interface FrameLine {
  readonly text: string
  readonly look?: 'head' | 'alarm' | 'faint'
}

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A rule that fails this often right now is shown as an alarm: about ten times what the planted faults alone cause. */
const ALARM_RATE = 0.05
/** Below this the rules get no room beside the other tables, which are then left out. */
const FEWEST_RULE_ROWS = 5

const BLANK: FrameLine = { text: '' }

/** One picture of the demo, at most `size` large. The rules that fail most often stay when there is not room for all. */
export function toFrame(view: View, size: Size): readonly FrameLine[] {
  const head = headLines(view)
  const tails = tailsOf(view, size.columns)
  const isRoomy = (tail: readonly FrameLine[]) =>
    size.rows - head.length - tail.length - 1 >= Math.min(FEWEST_RULE_ROWS, view.board.rules.length)
  const tail = tails.find(isRoomy) ?? []
  const rules = ruleLines(view, size.columns, size.rows - head.length - tail.length)
  return [...head, ...rules, ...tail].slice(0, size.rows).map((line) => clip(line, size.columns))
}

function headLines({ plan, elapsedMs, producedRecords, board }: View): readonly FrameLine[] {
  const phase = phaseAt(plan, elapsedMs)
  const seconds = Math.floor(Math.min(elapsedMs, plan.durationMs) / 1000)
  const title = `Assay demo  ${seconds} of ${plan.durationMs / 1000} s`
  const counts = `${whole(producedRecords)} produced, ${whole(board.judgedRecords)} judged`
  return [
    { text: `${title}  ${counts}`, look: 'head' },
    { text: PHASE_TEXT[phase], look: phase === 'incident' ? 'alarm' : 'faint' },
    BLANK,
  ]
}

/** What stands below the rules, from the fullest form to the shortest. */
function tailsOf({ board }: View, columns: number): readonly (readonly FrameLine[])[] {
  const contracts = [BLANK, ...tableLines(fitTable(contractColumns(), board.contracts, columns))]
  const topics = [BLANK, ...tableLines(fitTable(topicColumns(), board.topics, columns))]
  const rejected = { text: `undecodable  ${rejectedText(board.rejected)}` }
  const footer: FrameLine = {
    text: 'All figures are what a StatsD receiver was told. Ctrl-C stops.',
    look: 'faint',
  }
  return [
    [...contracts, ...topics, BLANK, rejected, BLANK, footer],
    [...contracts, ...topics, BLANK, rejected],
    [...topics, rejected],
    [],
  ]
}

function tableLines([head = '', ...rows]: readonly string[]): readonly FrameLine[] {
  return [{ text: head, look: 'faint' }, ...rows.map((text) => ({ text }))]
}

function ruleLines({ board, rates, plan }: View, columns: number, rows: number): readonly FrameLine[] {
  const recent = (figures: RuleFigures) => rates.recent(ruleKey(figures))
  const shown = mostFailing(board.rules, rows - 1, (figures) => rateOf(recent(figures)))
  const lastHead = `last ${Math.round(plan.recentMs / 1000)} s`
  const [head = '', ...lines] = fitTable(ruleColumns(lastHead, recent), shown, columns)
  const left = board.rules.length - shown.length
  return [
    { text: board.rules.length === 0 ? 'Assay starts …' : head, look: 'faint' },
    ...lines.map((text, index) => ruleLine(text, shown[index], recent)),
    ...(left > 0 ? [{ text: `… and ${left} rules that fail less often`, look: 'faint' as const }] : []),
  ]
}

function ruleLine(
  text: string,
  figures: RuleFigures | undefined,
  recent: (figures: RuleFigures) => { readonly fail: number; readonly judged: number },
): FrameLine {
  const isAlarm = figures !== undefined && rateOf(recent(figures)) >= ALARM_RATE
  return isAlarm ? { text, look: 'alarm' } : { text }
}

/** As many rules as fit, in their usual order, so that rows don't jump about more than they must. */
function mostFailing(
  rules: readonly RuleFigures[],
  limit: number,
  rate: (figures: RuleFigures) => number,
): readonly RuleFigures[] {
  if (rules.length <= limit) return rules
  // One line tells how many are left out.
  const kept = new Set(rules.toSorted((a, b) => rate(b) - rate(a)).slice(0, Math.max(1, limit - 1)))
  return rules.filter((figures) => kept.has(figures))
}

function clip(line: FrameLine, columns: number): FrameLine {
  return line.text.length <= columns ? line : { ...line, text: `${line.text.slice(0, columns - 1)}…` }
}
