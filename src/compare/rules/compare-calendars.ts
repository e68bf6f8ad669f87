import { type Exception, WEEKDAYS } from '../../model/contract.ts'
import type { Detail } from '../../model/difference.ts'
import { flowText, writtenExceptions } from '../../model/written-rule.ts'
import { directionOf } from '../direction.ts'
import { detail, moved } from '../wording.ts'

const MINUTES_A_DAY = 24 * 60
const MINUTES_A_WEEK = WEEKDAYS.length * MINUTES_A_DAY

type Calendar = readonly Exception[]

/** What differs between the exceptions of two checks: the one that exempts more time asks for less. */
export function compareCalendars(what: string, base: Calendar, head: Calendar): Detail[] {
  const [before, after] = [base, head].map((calendar) => flowText(writtenExceptions(calendar)))
  if (before === after) return []
  const direction = directionOf(exempts(base, head), exempts(head, base))
  return detail(direction, `${what} ${moved(textOf(base), textOf(head))}`)
}

function textOf(calendar: Calendar): string | undefined {
  return calendar.length === 0 ? undefined : flowText(writtenExceptions(calendar))
}

/** Whether one calendar exempts all that the other exempts. Time zones differ by the day, so each is compared with itself only. */
function exempts(more: Calendar, less: Calendar): boolean {
  const zones = new Set(less.map(({ timezone }) => timezone))
  return [...zones].every((zone) => {
    const [outer, inner] = [more, less].map((calendar) => minutesOfWeek(calendar, zone))
    return inner?.every((isExempt, minute) => isExempt === 0 || outer?.[minute] === 1)
  })
}

function minutesOfWeek(calendar: Calendar, zone: string): Uint8Array {
  const minutes = new Uint8Array(MINUTES_A_WEEK)
  for (const { days, fromMinute, toMinute, timezone } of calendar) {
    if (timezone !== zone) continue
    const length = toMinute > fromMinute ? toMinute - fromMinute : toMinute + MINUTES_A_DAY - fromMinute
    for (const day of days) {
      const start = WEEKDAYS.indexOf(day) * MINUTES_A_DAY + fromMinute
      for (let minute = 0; minute < length; minute++) minutes[(start + minute) % MINUTES_A_WEEK] = 1
    }
  }
  return minutes
}
