import type { Report } from '../../finding.ts'

/** Blocks of Datadog's messages that are used; text outside of them would be sent at every change of state. */
const BLOCKS = ['is_alert', 'is_warning', 'is_recovery'] as const
const PLAIN_VARIABLES = new Set(['value'])
/** Bounds are written out, each where it holds. */
const BOUNDS = new Set(['threshold', 'warn_threshold', 'comparator'])
const TOKEN = /\{\{([^{}]*)\}\}/g

/** What a message goes with. */
export interface MessagePlace {
  readonly groups: readonly string[]
  readonly hasWarning: boolean
  /** Addresses that it must tell. */
  readonly addresses: readonly string[]
}

/** What is wrong with a message: blocks that don't close, variables without a value, mentions, states without a word. */
export function checkMessage(
  message: string,
  { groups, hasWarning, addresses }: MessagePlace,
  at: string,
  report: Report,
): void {
  checkVariables(message, groups, at, report)
  checkMentions(message, at, report)
  const blocks = readBlocks(message, at, report)
  for (const block of BLOCKS) {
    const isNeeded = block !== 'is_warning' || hasWarning
    const text = blocks.get(block)
    if (isNeeded && (text ?? '').trim() === '') report(at, `says nothing in a block {{#${block}}}`)
    if (!isNeeded && text !== undefined)
      report(at, `has a block {{#${block}}}, and the monitor has no such state`)
  }
  for (const block of ['is_alert', 'is_warning']) {
    const lost = addresses.filter((address) => blocks.get(block)?.includes(address) === false)
    for (const address of lost) report(at, `does not tell ${address}`)
  }
}

/** The texts of the blocks, by their condition. */
function readBlocks(message: string, at: string, report: Report): Map<string, string> {
  const blocks = new Map<string, string>()
  let open: string | undefined
  let start = 0
  for (const match of message.matchAll(TOKEN)) {
    const [token, inside = ''] = match
    if (!/^[#/^]/.test(inside)) continue
    const name = inside.slice(1)
    const text = message.slice(start, match.index)
    if (open === undefined) checkOutside(text, at, report)
    if (!(BLOCKS as readonly string[]).includes(name) || inside.startsWith('^'))
      report(at, `${token} is no block that is used`)
    else if (inside.startsWith('#')) {
      if (open !== undefined) report(at, `${token} begins inside of {{#${open}}}`)
      if (blocks.has(name)) report(at, `${token} begins a second time`)
      open = name
    } else if (open === name) {
      blocks.set(name, text)
      open = undefined
    } else report(at, `${token} closes what is not open`)
    start = match.index + token.length
  }
  if (open !== undefined) report(at, `{{#${open}}} is not closed`)
  checkOutside(message.slice(start), at, report)
  return blocks
}

function checkOutside(text: string, at: string, report: Report): void {
  if (text.trim() !== '')
    report(at, `\`${text.trim().slice(0, 30)}\` stands outside of all blocks and is sent at every change`)
}

/** In single braces a variable is shown as it is written. Lines of facts may hold what authors write. */
const HALF = /(?<!\{)\{(?:value|threshold|[a-z_]+\.name)\}(?!\})/
const FACTS = /^- .*$/gm

/** Also for names of monitors. */
export function checkVariables(text: string, groups: readonly string[], at: string, report: Report): void {
  const [half] = HALF.exec(text.replaceAll(FACTS, '')) ?? []
  if (half !== undefined) report(at, `${half} is no variable: those have two braces on each side`)
  for (const [token, inside = ''] of text.matchAll(TOKEN)) {
    if (/^[#/^]/.test(inside) || PLAIN_VARIABLES.has(inside)) continue
    const [, tag] = /^([a-z_]+)\.name$/.exec(inside) ?? []
    if (BOUNDS.has(inside)) report(at, `${token} tells a bound in place of what was measured, {{value}}`)
    else if (tag === undefined) report(at, `${token} is no variable`)
    else if (!groups.includes(tag)) report(at, `${token} has no value: the query is not grouped by ${tag}`)
  }
  if (/\{\{|\}\}/.test(text.replaceAll(TOKEN, ''))) report(at, 'has braces that belong to no variable')
}

/** Who is told is for notification rules to say, by team. */
function checkMentions(message: string, at: string, report: Report): void {
  for (const match of message.matchAll(/@[\w.-]*/g)) {
    const isMention = match.index === 0 || /\s/.test(message[match.index - 1] ?? '')
    report(
      at,
      isMention
        ? `mentions ${match[0]}: that is for the notification rule of the team`
        : `${match[0]} without a space before it reaches nobody`,
    )
  }
}
