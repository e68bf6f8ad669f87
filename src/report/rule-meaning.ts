import type { Contract, Rule, StreamRule } from '../model/contract.ts'
import { checkText, flowText, writtenTolerance } from '../model/written-rule.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'

/** What a rule means, without its verdict on an event. */
export interface RuleMeaning {
  readonly contract: Contract
  readonly rule: Rule | StreamRule
  /** Sentences about its status. */
  readonly lines: readonly string[]
  /** The time that a rule over the stream found in an event; undefined if no event was given, or the rule goes by arrival. */
  readonly time: { readonly field: string; readonly found: string } | undefined
}

/** What a rule means, for people: as it is written, and in sentences. */
export function reportMeaningAsText(meaning: RuleMeaning): Report {
  const { time, lines } = meaning
  const blocks = [
    headLines(meaning),
    writtenLines(meaning.rule),
    ...(time ? [[`the time of the event, \`${time.field}\`: ${time.found}`]] : []),
    ['status:', ...lines.map((line) => `  ${line}`)],
  ]
  const output = blocks.map((block) => block.map(printable).join('\n')).join('\n\n')
  return { output: `${output}\n`, exitCode: EXIT_CODES.fine }
}

/** The same for machines. */
export function reportMeaningAsJson({ contract, rule, lines, time }: RuleMeaning): Report {
  const output = {
    contract: contract.id,
    file: rule.at.file,
    line: rule.at.line,
    rule: rule.id,
    severity: rule.severity,
    check: rule.check.kind,
    written: writtenLines(rule).join('\n'),
    time: time?.found,
    meaning: lines,
  }
  return { output: `${JSON.stringify(output, undefined, 2)}\n`, exitCode: EXIT_CODES.fine }
}

function headLines({ contract, rule }: RuleMeaning): string[] {
  const { file, line } = rule.at
  const description = rule.description?.trim().replaceAll(/\s+/g, ' ')
  const head = `${file}:${line}: ${contract.id} / ${rule.id}, severity ${rule.severity}`
  return [head, ...(description === undefined ? [] : [`  ${description}`])]
}

/** The check and what goes with it, each key on a line. */
function writtenLines(rule: Rule | StreamRule): string[] {
  if (!('when' in rule)) return [checkText(rule.check)]
  const { when, check, tolerance } = rule
  return [
    ...(when ? [`when: ${oneLine(when.text)}`] : []),
    check.kind === 'assert' ? `assert: ${oneLine(check.expression.text)}` : `schema: ${check.path.text}`,
    ...(tolerance ? [`tolerance: ${flowText(writtenTolerance(tolerance))}`] : []),
  ]
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}
