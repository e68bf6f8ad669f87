import { DIMENSIONS, type Dimension, type Severity } from '../../model/contract.ts'
import type { RuleDraft } from '../contract-draft.ts'
import type { ImportLog } from '../import-log.ts'
import { type Mapping, textOf } from '../values.ts'
import type { Metric } from './library-rule.ts'

/** Words that are seen as severities: the standard leaves them open. */
const SEVERITIES: readonly (readonly [words: RegExp, severity: Severity])[] = [
  [/^(?:error|critical|blocker|fatal|high|major|severe)$/i, 'error'],
  [/^(?:warn(?:ing)?|medium|moderate)$/i, 'warning'],
  [/^(?:info(?:rmation(?:al)?)?|low|minor|trivial)$/i, 'info'],
]

const USUAL_DIMENSION: Partial<Record<Metric, Dimension>> = {
  nullValues: 'completeness',
  missingValues: 'completeness',
  invalidValues: 'conformity',
  range: 'accuracy',
  rowCount: 'completeness',
}

type Metadata = Pick<RuleDraft, 'description' | 'dimension' | 'severity'>

/** What a quality rule says of itself beside what it checks. */
export function metadataOf(log: ImportLog, rule: Mapping, metric: Metric | undefined): Metadata {
  const word = textOf(rule, 'dimension')
  const dimension = DIMENSIONS.find((one) => one === word)
  if (word !== undefined && dimension === undefined) {
    log.note(`the dimension ${JSON.stringify(word)} is none of the standard's and was left out`)
  }
  return {
    description: textOf(rule, 'description'),
    dimension: dimension ?? (metric && USUAL_DIMENSION[metric]),
    severity: severityOf(log, textOf(rule, 'severity')),
  }
}

function severityOf(log: ImportLog, word: string | undefined): Severity | undefined {
  if (word === undefined) return undefined
  const found = SEVERITIES.find(([words]) => words.test(word.trim()))?.[1]
  if (found !== undefined && found !== word)
    log.note(`severity ${JSON.stringify(word)} was written as \`${found}\``)
  if (found === undefined) {
    log.note(
      `severity ${JSON.stringify(word)} is unknown here and was left out: the rule counts as \`error\``,
    )
  }
  return found === 'error' ? undefined : found
}
