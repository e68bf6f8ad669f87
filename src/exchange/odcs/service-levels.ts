import type { ImportLog } from '../import-log.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

const SILENCE =
  'how long a topic may be silent needs a rule with `freshness`, which this version can’t judge yet'

/** Properties that no event can meet or miss: each is told why. */
const REASONS: Readonly<Record<string, string>> = {
  latency: SILENCE,
  freshness: SILENCE,
  throughput: 'how many events come in a time needs a rule with `volume`, which this version can’t judge yet',
  frequency:
    'how often events come needs a rule with `volume` or `freshness`, which this version can’t judge yet',
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

interface Promises {
  readonly validity?: { readonly objective: number; readonly window: string }
}

/** Reads `slaProperties`: a share of bad events becomes the promise of validity, and everything else is listed. */
export function readServiceLevels(document: Mapping, hasContract: boolean, log: ImportLog): Promises {
  let promises: Promises = {}
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
    const objective = property === 'errorRate' && hasContract ? objectiveOf(level) : undefined
    if (objective === undefined) log.listed('promise', property, path, reasonFor(property, level))
    else {
      promises = { validity: { objective, window: WINDOW } }
      log.note(`\`errorRate\` names no window: \`window: ${WINDOW}\` was written`)
      log.imported('promise', property, path, 'promises.validity')
    }
  })
  return promises
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
  const value = valueOf(level, 'value')
  const length = lengthOf(property, level)
  const says = `${property} ${String(value)}${length}`
  const known = Object.hasOwn(REASONS, property) ? REASONS[property] : undefined
  return `${says}: ${known ?? 'this is no property of events that Assay knows'}`
}

/** A unit of `m` is minutes where times are short, and months where data is kept. */
function lengthOf(property: string, level: Mapping): string {
  const unit = textOf(level, 'unit')
  if (unit === undefined) return ''
  if (unit === 'm' && property === 'retention') return ' months'
  return ` ${Object.hasOwn(UNITS, unit) ? (UNITS[unit] ?? unit) : unit}`
}
