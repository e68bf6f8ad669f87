import type { StarterCase } from './starter.ts'
import { block, inline } from './yaml-text.ts'

/** The test of a first contract: an event as it should be, and for each rule one that breaks it. */
export function testText(example: unknown, cases: readonly StarterCase[], now: string | undefined): string {
  const lines = [
    '# Each rule has a case that passes and one that fails. Rules that a case does not name must pass or be skipped.',
    '# Texts and ids of the example are made up: the real ones may be private.',
    ...(now === undefined ? [] : [`now: ${now}`]),
    'bases:',
    '  good:',
    ...eventLines(example, '    '),
    '',
    'cases:',
    ...cases.flatMap(caseLines),
  ]
  return `${lines.join('\n')}\n`
}

function caseLines({ name, change, expect, silence }: StarterCase): string[] {
  if (silence) return silenceLines(name, silence)
  return [
    `  - name: ${inline(name)}`,
    ...changeLines(change),
    '    expect:',
    ...Object.entries(expect).map(([rule, verdict]) => `      ${rule}: ${verdict}`),
  ]
}

function silenceLines(name: string, { rule, within, after }: NonNullable<StarterCase['silence']>): string[] {
  return [
    `  - name: ${inline(name)}`,
    '    steps:',
    '      - base: good',
    `        status: { ${rule}: ok }`,
    `      - silence: true # longer than the ${within} that the rule allows`,
    `        after: ${after}`,
    `        status: { ${rule}: { breached: silent } }`,
  ]
}

function changeLines(change: StarterCase['change']): string[] {
  if (change === undefined) return ['    base: good']
  return 'patch' in change
    ? ['    base: good', `    with: ${inline(change.patch)}`]
    : eventLines(change.event, '    ')
}

function eventLines(event: unknown, indent: string): string[] {
  const isBlock = typeof event === 'object' && event !== null && Object.keys(event).length > 0
  return isBlock ? [`${indent}event:`, block(event, `${indent}  `)] : [`${indent}event: ${inline(event)}`]
}
