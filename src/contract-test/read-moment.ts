import { quote } from '../contract/describe-node.ts'
import type { Read } from '../contract/shape.ts'
import type { Problem } from '../model/problem.ts'
import { instantMs } from '../contract/times.ts'

/** Milliseconds since the epoch of a moment that has the right form, or undefined and a problem if there is no such moment. */
export function readMoment(
  { value, at }: Read<string>,
  label: string,
  problems: Problem[],
): number | undefined {
  const moment = instantMs(value)
  if (moment === undefined) {
    problems.push({
      code: 'TEST_BAD_TIME',
      severity: 'error',
      message: `${label} is ${quote(value)}, a day or a time that does not exist`,
      hint: 'Check the day of the month, hours (up to 23), minutes and seconds (up to 59), and the offset.',
      at,
    })
  }
  return moment
}
