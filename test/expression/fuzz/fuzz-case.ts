import type { Random } from './random.ts'
import { RandomExpression } from './random-expression.ts'
import { randomJson } from './random-json.ts'
import { type CaseOutcome, type FuzzCase, runOurs, runUpstream } from './outcome.ts'
import { raceOf } from './upstream-races.ts'

/** What two engines disagree on. */
export interface Difference {
  readonly against: 'the synchronous interpreter' | 'upstream'
  readonly fuzzCase: FuzzCase
  readonly ours: CaseOutcome
  readonly theirs: CaseOutcome
}

export function randomCase(random: Random): FuzzCase {
  return {
    source: new RandomExpression(random).make(2 + random.below(4)),
    input: random.chance(0.03) ? '' : JSON.stringify(randomJson(random)),
    bindings: JSON.stringify({ ext: randomJson(random, 2) }),
  }
}

/** What became of a case. */
export type Verdict = 'unreadable' | 'too slow' | 'equal' | 'race' | Difference

/** Compares compiled code with the synchronous interpreter to the letter, and what it says with upstream's own interpreter. */
export async function judgeCase(fuzzCase: FuzzCase, withUpstream: boolean): Promise<Verdict> {
  const ours = runOurs(fuzzCase)
  if (ours === undefined) return 'unreadable'
  const { compiled, oracle } = ours
  // How far an evaluation comes in its time is no matter of meaning.
  if (compiled.code === 'D1012' || oracle.code === 'D1012') return 'too slow'
  // Nor is at which level of an endless recursion its depth is looked at.
  if (compiled.code === 'D1011' && oracle.code === 'D1011') return 'equal'
  if (JSON.stringify(compiled) !== JSON.stringify(oracle))
    return { against: 'the synchronous interpreter', fuzzCase, ours: compiled, theirs: oracle }
  // Limits of ours that upstream does not have.
  if (!withUpstream || compiled.code === 'D1011' || compiled.code === 'D2015') return 'equal'
  const theirs = await runUpstream(fuzzCase)
  if (theirs.code === 'D1012') return 'too slow'
  if (theirs.code === compiled.code && theirs.json === compiled.json) return 'equal'
  const race = raceOf(fuzzCase.source, compiled, theirs)
  return race === undefined ? { against: 'upstream', fuzzCase, ours: compiled, theirs } : 'race'
}

export function describe({ against, fuzzCase, ours, theirs }: Difference): string {
  return [
    `compiled code differs from ${against}`,
    `  expression  ${fuzzCase.source}`,
    `  input       ${fuzzCase.input === '' ? 'undefined' : fuzzCase.input}`,
    `  bindings    ${fuzzCase.bindings}`,
    `  compiled    ${JSON.stringify(ours)}`,
    `  theirs      ${JSON.stringify(theirs)}`,
  ].join('\n')
}
