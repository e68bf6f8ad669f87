import { createSafeRegExp } from '../../expression/index.ts'
import type { PlacedText, Policy, Waiver } from '../../model/policy.ts'
import type { Problem } from '../../model/problem.ts'
import { quote } from '../describe-node.ts'
import type { Shape } from '../shape.ts'
import { shapeOfKey } from './contract-key.ts'

/** Reports what a policy file says that no contract could be held against: keys that there are not, patterns, days. */
export function checkPolicies(policies: readonly Policy[], waivers: readonly Waiver[]): Problem[] {
  return [...policies.flatMap(problemsOf), ...waivers.flatMap(({ until }) => dayProblems(until))]
}

function problemsOf(policy: Policy): Problem[] {
  const { demand } = policy
  switch (demand.kind) {
    case 'pattern':
      return [...keyProblems(policy, demand.key, isText), ...patternProblems(policy, demand.matches)]
    case 'allow':
      return keyProblems(policy, demand.key, isText)
    case 'require':
      return demand.keys.flatMap((key) => keyProblems(policy, key, () => true))
    case 'classify':
    case 'maxRules':
      return []
  }
}

/** Whether a key has values that are words, or lists of words. */
function isText(shape: Shape): boolean {
  if (shape.kind === 'list') return isText(shape.of)
  return ['text', 'choice', 'duration', 'reference'].includes(shape.kind)
}

function keyProblems(policy: Policy, key: PlacedText, isFit: (shape: Shape) => boolean): Problem[] {
  const found = shapeOfKey(key.text)
  if ('unknown' in found) {
    return [refuse(policy, key, `the contract language has no key ${quote(key.text)}`, found.hint)]
  }
  if (isFit(found.shape)) return []
  const hint = 'Name a key whose value is a word, such as `topic`, `owner`, `tags.tier` or `rules.severity`.'
  return [refuse(policy, key, `the value of ${quote(key.text)} is not a word that could be compared`, hint)]
}

function refuse({ id }: Policy, { at }: PlacedText, message: string, hint: string): Problem {
  return { code: 'POLICY_UNKNOWN_KEY', severity: 'error', message: `policy "${id}": ${message}`, hint, at }
}

function patternProblems({ id }: Policy, { text, at }: PlacedText): Problem[] {
  try {
    createSafeRegExp(text, 'u')
    return []
  } catch (error) {
    const reason = withoutPattern(error instanceof Error ? error.message : String(error))
    const problem: Problem = {
      code: 'POLICY_BAD_PATTERN',
      severity: 'error',
      message: `policy "${id}": the pattern can’t be used: ${reason}`,
      hint: 'Write a regular expression with JavaScript’s syntax, without look-around and back-references.',
      at,
    }
    return [problem]
  }
}

/** The pattern stands at its place, and the engine shows it with flags of its own. */
function withoutPattern(reason: string): string {
  return reason.replace(/^Invalid regular expression: \/.*\/\w*: /s, '')
}

/** That the form is right has been seen; that there is such a day has not. */
function dayProblems({ text, at }: PlacedText): Problem[] {
  if (new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)) return []
  const problem: Problem = {
    code: 'CONTRACT_BAD_VALUE',
    severity: 'error',
    message: `there is no day ${quote(text)}`,
    hint: 'Write the last day of the waiver, such as `until: 2027-03-31`.',
    at,
  }
  return [problem]
}
