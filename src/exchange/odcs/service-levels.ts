import type { RuleDraft } from '../contract-draft.ts'
import type { ImportLog } from '../import-log.ts'
import type { Path } from '../path.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { freshnessOf } from './stream-rules.ts'

/** Properties that no event can meet or miss: each is told why. */
const REASONS: Readonly<Record<string, string>> = {
  throughput:
    'how many events come in which time is not said in a way that can be read; write a rule with `volume`',
  availability: 'whether a broker can be reached is for its monitoring; Assay tells it by `dq.heartbeat`',
  retention: 'how long records are kept is a setting of the topic',
  generalAvailability: 'it is a date in the life of the product',
  endOfSupport: 'it is a date in the life of the product',
  endOfLife: 'it is a date in the life of the product',
  timeOfAvailability: 'it is a time of day for batches; a stream needs a rule with `freshness`',
  timeToDetect: 'it is a promise of people; Assay’s own share is the flush interval',
  timeToNotify: 'it is a promise of people',
  timeToRepair: 'it is a promise of people',
}

const UNITS: Readonly<Record<string, string>> = { s: 's', m: 'm', min: 'm', h: 'h', d: 'd', w: 'w' }

/** The window of a promise, for the standard has none. */
const WINDOW = '30d'

/** What service levels come to: promises of every contract, and rules of the one of a schema object. */
export interface ServiceLevels {
  readonly promises: { readonly validity?: { readonly objective: number; readonly window: string } }
  readonly rules: readonly { readonly object: Mapping; readonly rule: RuleDraft }[]
}

const ABOUT_AGE: ReadonlySet<string> = new Set(['latency', 'freshness', 'frequency'])

/**
 * Reads `slaProperties`: a share of bad events becomes the promise of validity, the age or the frequency of data a rule about freshness, and
 * everything else is listed.
 */
export function readServiceLevels(
  document: Mapping,
  objects: readonly Mapping[],
  log: ImportLog,
): ServiceLevels {
  let promises: ServiceLevels['promises'] = {}
  const rules: ServiceLevels['rules'][number][] = []
  asList(valueOf(document, 'slaProperties')).forEach((level, index) => {
    const path = ['slaProperties', index]
    if (!isMapping(level)) {
      log.error(
        'IMPORT_INVALID',
        path,
        'a service level must be a mapping',
        'Write `- property: latency`, say.',
      )
      return
    }
    const property = textOf(level, 'property') ?? 'a service level'
    const objective = property === 'errorRate' && objects.length > 0 ? objectiveOf(level) : undefined
    if (ABOUT_AGE.has(property)) rules.push(...readAge(property, level, objects, path, log))
    else if (objective === undefined) log.listed('promise', property, path, reasonFor(property, level))
    else {
      promises = { validity: { objective, window: WINDOW } }
      log.note(`\`errorRate\` names no window: \`window: ${WINDOW}\` was written`)
      log.imported('promise', property, path, 'promises.validity')
    }
  })
  return { promises, rules }
}

/** A rule for each object that the level may be about. */
function readAge(
  property: string,
  level: Mapping,
  objects: readonly Mapping[],
  path: Path,
  log: ImportLog,
): ServiceLevels['rules'] {
  const drafts = objects.map((object) => ({ object, check: freshnessOf(level, object) }))
  const rules = drafts.flatMap(({ object, check }) =>
    'reason' in check ? [] : { object, rule: ruleOf(property, level, check) },
  )
  if (rules.length > 0) log.imported('promise', property, path, '`freshness` of a rule')
  else {
    const [first] = drafts
    const reason =
      first && 'reason' in first.check ? first.check.reason : 'there is no object that it is about'
    log.listed('promise', property, path, `${saidBy(property, level)}: ${reason}`)
  }
  return rules
}

function ruleOf(property: string, level: Mapping, check: Pick<RuleDraft, 'freshness'>): RuleDraft {
  const description = textOf(level, 'description')
  return { id: textOf(level, 'id') ?? property, description, dimension: 'timeliness', ...check }
}

/** The promised share of good events in per cent. */
function objectiveOf(level: Mapping): number | undefined {
  const value = Number(valueOf(level, 'value'))
  const isShare = textOf(level, 'unit') === undefined && value > 0 && value < 1
  const percent = isShare ? value * 100 : value
  // Written out of tenths of thousandths, so that 100 − 0.1 is 99.9.
  const objective = Math.round((100 - percent) * 1e6) / 1e6
  return objective > 0 && objective < 100 ? objective : undefined
}

function reasonFor(property: string, level: Mapping): string {
  const known = Object.hasOwn(REASONS, property) ? REASONS[property] : undefined
  return `${saidBy(property, level)}: ${known ?? 'this is no property of events that Assay knows'}`
}

function saidBy(property: string, level: Mapping): string {
  return `${property} ${String(valueOf(level, 'value'))}${lengthOf(property, level)}`
}

/** A unit of `m` is minutes where times are short, and months where data is kept. */
function lengthOf(property: string, level: Mapping): string {
  const unit = textOf(level, 'unit')
  if (unit === undefined) return ''
  if (unit === 'm' && property === 'retention') return ' months'
  return ` ${Object.hasOwn(UNITS, unit) ? (UNITS[unit] ?? unit) : unit}`
}
