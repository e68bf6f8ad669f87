import type { SyntaxNode } from '../expression/index.ts'
import type { Rule } from '../model/contract.ts'
import type { Finding } from './finding.ts'
import { calledName } from './infer/nodes.ts'
import { partsBelow } from './infer/reads-data.ts'
import type { Gap, Run } from './infer/run.ts'
import { changeSpot } from './infer/scope.ts'
import type { Scope } from './infer/scope.ts'
import { canPass } from './infer/truth.ts'
import { ABSENT, hasValue, NULL } from './types/type.ts'
import type { Type } from './types/type.ts'

/**
 * Reports fields without which every event fails the assertion, though the schema does not require them. Whether that is so is found by
 * evaluating the assertion once more, for events without the field: so every way to deal with a missing field counts as one.
 */
export function reportGaps(tree: SyntaxNode, scope: Scope, missing: Rule['missing'], run: Run): void {
  // An assertion that can't be met anyway has another mistake.
  if (run.gaps.length === 0 || !canPass(run.quietly(() => run.infer(tree, scope)))) return
  const hasAggregate = usesAggregate(tree)
  const told = new Set<string>()
  const mistakes = [...run.findings]
  for (const gap of run.gaps.slice(0, MAX_GAPS)) {
    const key = gap.spot.names.join('.')
    if (told.has(key) || isTold(gap.path, mistakes) || (gap.kind === 'empty' && !hasAggregate)) continue
    const type = run.quietly(() => run.infer(tree, changeSpot(scope, gap.spot, AFFECT[gap.kind])))
    if (canPass(type) || (missing === 'skip' && type.isAbsent && !type.isFault)) continue
    told.add(key)
    reportGap(gap, type, missing, run)
  }
}

const MAX_GAPS = 40

/** A mistake in the same path comes first. */
function isTold({ offset, length }: Gap['path'], mistakes: readonly Finding[]): boolean {
  return mistakes.some(({ place }) => place.offset < offset + length && offset < place.offset + place.length)
}

/** What the field is in the events that are tried out. */
const AFFECT: Readonly<Record<Gap['kind'], (type: Type) => Type>> = {
  missing: () => ABSENT,
  null: () => NULL,
  empty: (type) => ({
    ...type,
    isAbsent: false,
    lists: type.lists && { ...type.lists, minItems: 0, maxItems: 0 },
  }),
}

const AGGREGATES: ReadonlySet<string | undefined> = new Set(['sum', 'max', 'min', 'average'])

function usesAggregate(node: SyntaxNode): boolean {
  return AGGREGATES.has(calledName(node)) || partsBelow(node).some(usesAggregate)
}

function reportGap({ kind, text, place }: Gap, type: Type, missing: Rule['missing'], run: Run): void {
  const fate =
    type.booleans.length > 0
      ? 'is false'
      : type.isAbsent && !hasValue(type)
        ? 'has no value'
        : 'ends with a type error'
  const then = `then the rule ${fate} and the event fails`
  switch (kind) {
    case 'missing':
      run.report(
        'FIELD_MAY_BE_MISSING',
        place,
        `the schema does not require \`${text}\`; where it is missing, the rule ${fate} and the event fails${skipNote(missing)}`,
        mendFor(text, fate),
      )
      break
    case 'null':
      run.report(
        'FIELD_MAY_BE_NULL',
        place,
        `the schema allows null for \`${text}\`; ${then}`,
        `Choose the events with \`when: ${text} != null\`, or say what null means: ${text} = null or ….`,
      )
      break
    case 'empty':
      run.report(
        'LIST_MAY_BE_EMPTY',
        place,
        `the schema allows \`${text}\` to be empty; ${then}`,
        `If such events are fine, write \`missing: skip\` or \`when: $count(${text}) > 0\`; if there are none, \`minItems: 1\` in the schema.`,
      )
      break
  }
}

function skipNote(missing: Rule['missing']): string {
  return missing === 'skip' ? ' (`missing: skip` is for no value, and =, != and in give false)' : ''
}

function mendFor(text: string, fate: string): string {
  const skip = fate === 'has no value' ? ' or `missing: skip`' : ''
  return `If the rule is only about events that have it, write \`when: $exists(${text})\`${skip}; if all must have it, $exists(${text}) and ….`
}
