import type { CheckResult, RuleCounts, Violation } from '../model/check-result.ts'
import type { Mode } from '../model/contract.ts'
import { checkExitCode } from './check-exit-code.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { percent, table } from './table.ts'
import { timelineBlocks } from './timeline-text.ts'

/** Rules that a line names. */
const MOST_NAMED = 5
const NUMERIC = new Set([2, 3, 4, 5, 6])

/** What a sample of events came to, for people: a line by rule, the first violations, and a line that sums up. */
export function reportCheckAsText(result: CheckResult, isVerbose = false): Report {
  const blocks = [
    rulesBlock(result.rules),
    violationsBlock(result.violations),
    unplayedLine(result),
    rejectedLine(result),
    isVerbose ? recognisedLine(result) : '',
    ...(result.timeline ? timelineBlocks(result.timeline) : []),
    summary(result),
  ]
  return {
    output: `${blocks.filter((block) => block !== '').join('\n\n')}\n`,
    exitCode: checkExitCode(result),
  }
}

function rulesBlock(rules: readonly RuleCounts[]): string {
  if (rules.length === 0) return ''
  const head = ['contract', 'rule', 'pass', 'fail', 'error', 'skip', 'fail rate']
  const rows = rules.map(({ contract, rule, mode, pass, fail, error, skip }) => [
    contract,
    marked(rule, mode),
    String(pass),
    String(fail),
    String(error),
    String(skip),
    percent(fail, pass + fail),
  ])
  return table([head, ...rows], NUMERIC).join('\n')
}

function violationsBlock(violations: readonly Violation[]): string {
  if (violations.length === 0) return ''
  return ['First violations of each rule:', ...violations.map(violationLine)].join('\n')
}

function violationLine({ line, result, contract, rule, mode, reason, message, path }: Violation): string {
  const where = path === undefined ? '' : ` at ${path}`
  const what = rule === undefined ? 'undecodable' : `${contract} / ${marked(rule, mode)}: ${result}`
  return printable(`  line ${line}: ${what} (${reason})${where}: ${message}`)
}

/** Rules in the shadow decide about no event, so that their fails don't add up with the last line. */
function marked(rule: string, mode: Mode | undefined): string {
  return mode === 'shadow' ? `${rule} (shadow)` : rule
}

function unplayedLine({ unplayed = [] }: CheckResult): string {
  if (unplayed.length === 0) return ''
  const named = unplayed.slice(0, MOST_NAMED).map(({ contract, rule }) => `${contract} / ${rule}`)
  const more = unplayed.length > named.length ? ` and ${unplayed.length - named.length} more` : ''
  return `Not judged, for they are about time: ${named.join(', ')}${more}. Play the events on a clock: --clock FIELD.`
}

function rejectedLine({ rejected }: CheckResult): string {
  const reasons = Object.entries(rejected).map(([reason, count]) => `${count} ${reason}`)
  return reasons.length === 0 ? '' : `Undecodable: ${reasons.join(', ')}`
}

function recognisedLine({ recognised }: CheckResult): string {
  const formats = Object.entries(recognised).map(([format, count]) => `${count} ${format}`)
  return `Recognised: ${formats.length === 0 ? 'nothing' : formats.join(', ')}`
}

function summary({ topic, events }: CheckResult): string {
  const { total, pass, warn, fail, error, undecodable } = events
  const counts = `${pass} pass, ${warn} warn, ${fail} fail, ${error} error, ${undecodable} undecodable`
  return `${total} ${total === 1 ? 'event' : 'events'} of ${topic}: ${counts}`
}
