import { ruleKey } from './board.ts'
import { PHASE_TEXT, phaseAt, type Phase } from './plan.ts'
import { rateOf } from './recent-rates.ts'
import { shareText } from './tables.ts'
import { secondsText, whole, wholeOrUnknown, type View } from './view.ts'

/** One line about the moment, for where no picture can be drawn. */
export function progressLine(view: View): string {
  const { elapsedMs, producedRecords, board } = view
  return [
    clock(elapsedMs),
    `${whole(producedRecords)} produced, ${whole(board.judgedRecords)} judged`,
    lagText(view),
    mostFailingText(view),
  ].join('  ')
}

/** What is said when a part of the plan begins, or undefined while it goes on. */
export function phaseLine({ plan, elapsedMs }: View, before: Phase | undefined): string | undefined {
  const phase = phaseAt(plan, elapsedMs)
  return phase === before ? undefined : `${clock(elapsedMs)}  ${PHASE_TEXT[phase]}`
}

function clock(elapsedMs: number): string {
  return `${Math.floor(elapsedMs / 1000)} s`.padStart(6)
}

function lagText({ board }: View): string {
  const { topics } = board
  const unknown = topics.length === 0 || topics.some(({ lagOffsets }) => lagOffsets === undefined)
  const offsets = unknown ? undefined : topics.reduce((sum, { lagOffsets = 0 }) => sum + lagOffsets, 0)
  const seconds = unknown ? undefined : Math.max(...topics.map(({ lagSeconds = 0 }) => lagSeconds))
  return `lag ${wholeOrUnknown(offsets)} (${secondsText(seconds)})`
}

function mostFailingText({ board, rates, plan }: View): string {
  const keys = board.rules.map(ruleKey)
  const [worst] = keys.toSorted((a, b) => rateOf(rates.recent(b)) - rateOf(rates.recent(a)))
  const window = `${Math.round(plan.recentMs / 1000)} s`
  if (worst === undefined || rates.recent(worst).judged === 0) return `nothing judged in the last ${window}`
  return `fails most: ${worst}, ${shareText(rates.recent(worst))} of the last ${window}`
}
