import type { RuleDraft } from '../contract-draft.ts'
import type { ImportLog } from '../import-log.ts'
import { refusal } from '../jsonata-text.ts'
import { toRuleId, unused } from '../names.ts'
import type { NewFile } from '../../model/exchange.ts'
import type { Path } from '../path.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { ENGINE, readAssayRule } from './assay-rule.ts'
import { dottedPath, reachOf, type Step } from './field-path.ts'
import { assertionOf, isMetricOfLibrary, type Metric, metricOf, strayArguments } from './library-rule.ts'
import { allowanceOf, operatorsIn } from './operators.ts'
import { metadataOf } from './quality-metadata.ts'
import { TOLERANCE_OVER, toleranceOf, volumeOf } from './stream-rules.ts'

/** Where the rules of a contract are gathered. */
export interface RuleGathering {
  readonly contract: string
  readonly rules: RuleDraft[]
  readonly schemas: NewFile[]
  readonly log: ImportLog
  /** True for 3.0.x, in which a library rule is named by `rule`. */
  readonly isVersion30: boolean
  /** How often the data comes, which is the window for counts of rows; undefined if the source doesn't say. */
  readonly frequency: string | undefined
}

/** Reads the `quality` of a schema object or property: every rule of it becomes a rule, or is listed. */
export function readQuality(
  gathering: RuleGathering,
  quality: unknown,
  path: Path,
  steps: readonly Step[],
): void {
  asList(quality).forEach((rule, index) => {
    const at = [...path, 'quality', index]
    if (isMapping(rule)) readRule(gathering, rule, at, steps)
    else
      invalid(
        gathering,
        `quality rule ${index + 1}`,
        at,
        'a quality rule must be a mapping',
        'Write `- metric: …`.',
      )
  })
}

function readRule(gathering: RuleGathering, rule: Mapping, path: Path, steps: readonly Step[]): void {
  const name = nameOf(rule, steps)
  const metric = textOf(rule, 'metric')
  const type = textOf(rule, 'type') ?? 'library'
  const { log } = gathering
  switch (metric === undefined ? type : 'library') {
    case 'library':
      readLibraryRule(gathering, rule, name, path, steps)
      return
    case 'sql':
      log.listed(
        'rule',
        name,
        path,
        'it is SQL, which asks a database and not an event; write it as an assertion in JSONata',
      )
      return
    case 'text':
      log.listed('rule', name, path, 'it is prose, which only a person can turn into an assertion')
      return
    case 'custom':
      readCustomRule(gathering, rule, name, path)
      return
    default:
      invalid(
        gathering,
        name,
        [...path, 'type'],
        `\`type\` must be library, text, sql or custom; found ${JSON.stringify(type)}`,
        'Correct the type.',
      )
  }
}

function nameOf(rule: Mapping, steps: readonly Step[]): string {
  const own = textOf(rule, 'id') ?? textOf(rule, 'name')
  if (own !== undefined) return own
  const what = textOf(rule, 'metric') ?? textOf(rule, 'rule') ?? textOf(rule, 'type') ?? 'quality rule'
  return steps.length === 0 ? what : `${dottedPath(steps)} ${what}`
}

function readCustomRule(gathering: RuleGathering, rule: Mapping, name: string, path: Path): void {
  const engine = textOf(rule, 'engine')
  if (engine !== ENGINE) {
    const reason = `it is written for the engine ${engine === undefined ? 'that it does not name' : `\`${engine}\``}, whose language Assay does not read`
    gathering.log.listed('rule', name, path, reason)
    return
  }
  const read = readAssayRule(rule)
  if ('problem' in read) {
    invalid(gathering, name, [...path, 'implementation'], read.problem, read.hint)
    return
  }
  gathering.schemas.push(...read.documents)
  add(gathering, { ...read.rule, ...metadataOf(gathering.log, rule, undefined) }, name, path)
}

function readLibraryRule(
  gathering: RuleGathering,
  rule: Mapping,
  name: string,
  path: Path,
  steps: readonly Step[],
): void {
  const metric = readMetric(gathering, rule, name, path)
  if (metric === undefined) return
  const allowance = allowanceOf(rule)
  if (allowance.kind === 'invalid') {
    invalid(gathering, name, [...path, allowance.key], allowance.message, allowance.hint)
    return
  }
  if (metric === 'rowCount') {
    addVolume(gathering, rule, name, path, steps)
    return
  }
  const tolerance = allowance.kind === 'some' ? toleranceOf(rule, allowance.says) : {}
  const reason = reasonAgainst(gathering, metric, rule, steps)
  if (reason !== undefined || 'reason' in tolerance) {
    gathering.log.listed('rule', name, path, reason ?? ('reason' in tolerance ? tolerance.reason : ''))
    return
  }
  if (strayArguments(rule).length > 0 && !gathering.isVersion30) warnOfStray(gathering, rule, path)
  addAssertion(gathering, { metric, rule, tolerance }, name, path, steps)
}

function addVolume(
  gathering: RuleGathering,
  rule: Mapping,
  name: string,
  path: Path,
  steps: readonly Step[],
): void {
  const { log, frequency } = gathering
  const volume = volumeOf(rule, frequency)
  const reason = steps.length > 0 ? 'it counts rows, and stands at a property' : undefined
  if ('reason' in volume || reason !== undefined) {
    log.listed('rule', name, path, reason ?? ('reason' in volume ? volume.reason : ''))
    return
  }
  log.note(`\`rowCount\` names no time: \`over: ${String(frequency)}\` was taken from \`frequency\``)
  add(gathering, { id: name, ...metadataOf(log, rule, 'rowCount'), ...volume }, name, path)
}

/** The metric, or nothing if it has been listed or reported. */
function readMetric(gathering: RuleGathering, rule: Mapping, name: string, path: Path): Metric | undefined {
  const { log, isVersion30 } = gathering
  const key = textOf(rule, 'metric') === undefined ? 'rule' : 'metric'
  const word = textOf(rule, key)
  if (word === undefined) {
    if (operatorsIn(rule).length > 0) {
      const hint = 'Add `metric: nullValues`, say; or `type: sql` with a `query`, if that was meant.'
      invalid(gathering, name, path, 'a rule of the library needs a `metric` to compare', hint)
    } else log.listed('rule', name, path, 'it names no metric and no check')
    return undefined
  }
  const metric = metricOf(word, key === 'rule')
  if (metric === undefined) {
    reportMetric(gathering, word, name, [...path, key], key)
    return undefined
  }
  if (key === 'rule' && !isVersion30) {
    const hint = `Write \`metric: ${metric}\` instead of \`rule: ${word}\`.`
    log.warning('IMPORT_IRREGULAR', [...path, key], '`rule` was replaced by `metric` in ODCS 3.1', hint)
  }
  return metric
}

/** In 3.0 the names of rules were open, so an unknown one is no mistake there. */
function reportMetric(gathering: RuleGathering, word: string, name: string, path: Path, key: string): void {
  if (key === 'rule' && gathering.isVersion30) {
    gathering.log.listed('rule', name, path, `the library rule \`${word}\` is not part of the standard`)
    return
  }
  const known = 'nullValues, missingValues, invalidValues, duplicateValues, rowCount'
  const hint =
    word === 'freshness'
      ? 'Freshness is promised in `slaProperties`, with the property `latency`.'
      : `The library has the metrics ${known}.`
  invalid(gathering, name, path, `the library of ODCS has no metric ${JSON.stringify(word)}`, hint)
}

/** Why a rule is nothing that a single event can meet or not. */
function reasonAgainst(
  { isVersion30 }: RuleGathering,
  metric: Metric,
  rule: Mapping,
  steps: readonly Step[],
): string | undefined {
  if (metric === 'duplicateValues') return undefined
  if (steps.length === 0) return 'it stands at the schema object and names no property that it is about'
  const unit = valueOf(rule, 'unit')
  if (unit !== undefined && unit !== 'rows' && unit !== 'percent') {
    return `its unit ${JSON.stringify(unit)} is neither rows nor percent`
  }
  const allowance = allowanceOf(rule)
  switch (allowance.kind) {
    case 'all':
      return `its threshold (${allowance.says}) is met by every stream`
    case 'unsaid':
      return isVersion30 || !isMetricOfLibrary(metric) ? undefined : 'it has no threshold (`mustBe: 0`, say)'
    default:
      return undefined
  }
}

function warnOfStray({ log }: RuleGathering, rule: Mapping, path: Path): void {
  for (const key of strayArguments(rule)) {
    const hint = `Write it one level deeper: \`arguments: { ${key}: … }\`.`
    log.warning('IMPORT_IRREGULAR', [...path, key], `\`${key}\` belongs below \`arguments\``, hint)
  }
}

interface EventRule {
  readonly metric: Exclude<Metric, 'rowCount'>
  readonly rule: Mapping
  readonly tolerance: Pick<RuleDraft, 'tolerance'>
}

function addAssertion(
  gathering: RuleGathering,
  { metric, rule, tolerance }: EventRule,
  name: string,
  path: Path,
  steps: readonly Step[],
): void {
  const reach = reachOf(steps)
  const assertion = reach
    ? assertionOf(metric, rule, reach)
    : { reason: 'the name of a property holds a backtick, which JSONata can’t write' }
  const reason = 'reason' in assertion ? assertion.reason : refusedFor(assertion)
  if ('reason' in assertion || reason !== undefined) {
    gathering.log.listed('rule', name, path, reason ?? '')
    return
  }
  if (tolerance.tolerance !== undefined) {
    gathering.log.note(`a share of bad rows names no time: \`over: ${TOLERANCE_OVER}\` was written`)
  }
  add(
    gathering,
    { id: name, ...metadataOf(gathering.log, rule, metric), ...assertion, ...tolerance },
    name,
    path,
  )
}

function refusedFor({ assert }: { readonly assert: string }): string | undefined {
  const reason = refusal(assert)
  return reason === undefined ? undefined : `as an assertion it is refused: ${reason}`
}

function add(gathering: RuleGathering, rule: RuleDraft, name: string, path: Path): void {
  const id = push(gathering, rule)
  gathering.log.imported('rule', name, path, `${gathering.contract} / ${id}`)
}

/** Adds a rule under an id that no other of the contract has, and returns that. */
export function push({ rules }: RuleGathering, rule: RuleDraft): string {
  const id = unused(toRuleId(rule.id), new Set(rules.map((one) => one.id)))
  rules.push({ ...rule, id })
  return id
}

/** What is wrong is reported, and listed as well: it may be left out by wish. */
function invalid({ log }: RuleGathering, name: string, path: Path, message: string, hint: string): void {
  log.error('IMPORT_INVALID', path, message, hint)
  log.listed('rule', name, path, `it is not valid: ${message}`)
}
