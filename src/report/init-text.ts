import type { Starter } from '../infer/starter.ts'
import { printable } from './printable.ts'
import { table } from './table.ts'

/** What a first contract was made from. */
export interface InitSource {
  readonly dir: string
  readonly from: string | undefined
  readonly sample:
    | {
        readonly events: readonly unknown[]
        readonly unreadable: number
        readonly firstUnreadable: string | undefined
        readonly isCut: boolean
      }
    | undefined
}

/** With fewer events, what always was there may well be missing in the next. */
const FEW = 20

/** What was made, what is doubtful about it, and how to go on. */
export function reportInit(starter: Starter, source: InitSource): string {
  const blocks = [filesBlock(starter, source), notesBlock(starter, source), nextBlock(source)]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function filesBlock({ contract, schema, test, rules, fields, cases }: Starter, { dir }: InitSource): string {
  const rows = [
    [contract.path, `${count(rules.length, 'rule')}: ${rules.join(', ')}`],
    [schema.path, `${count(fields.all, 'field')}, ${fields.required} of them required`],
    [test.path, `${count(cases, 'case')}: one that passes, and one that fails for each rule`],
  ]
  const lines = table(
    rows.map(([path = '', what = '']) => [`${dir.replace(/\/+$/, '')}/${path}`, what]),
    new Set(),
  )
  return ['Made', ...lines.map((line) => printable(`  ${line}`))].join('\n')
}

function notesBlock({ personal }: Starter, { sample }: InitSource): string {
  const notes = [
    ...(personal.length === 0 ? [] : [`Personal data, to judge from the names: ${namesOf(personal)}`]),
    ...(sample === undefined
      ? ['Nothing is known of the events: the fields are examples to replace']
      : sampleNotes(sample)),
  ]
  return notes.map((note) => printable(`Note: ${note}.`)).join('\n')
}

function namesOf(personal: Starter['personal']): string {
  return personal.map(({ path, pii }) => `${path} (${pii})`).join(', ')
}

function sampleNotes({
  events,
  unreadable,
  firstUnreadable,
  isCut,
}: NonNullable<InitSource['sample']>): string[] {
  const few =
    events.length >= FEW
      ? []
      : [
          `${count(events.length, 'event')} can’t show what may be missing: compare \`required\` in the schema with what you know`,
        ]
  const left =
    unreadable === 0
      ? []
      : [`${count(unreadable, 'line')} left out that could not be read, first ${firstUnreadable}`]
  return [...few, ...left, ...(isCut ? [`Only the first ${events.length} events were looked at`] : [])]
}

function nextBlock({ dir, from }: InitSource): string {
  const check = from === undefined || from === '-' ? [] : [`assay check --rules ${dir} ${from}`]
  return [
    'Next',
    ...[`assay validate ${dir}`, `assay test ${dir}`, ...check].map((line) => printable(`  ${line}`)),
  ].join('\n')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
