import type { Mapping } from '../values.ts'
import { asList, isMapping, textOf, valueOf } from '../values.ts'
import type { RuleDraft } from '../contract-draft.ts'
import { fieldName } from '../jsonata-text.ts'
import { physicalName } from './property-schema.ts'
import { timeSpanOf } from './time-span.ts'
import { boundsIn } from './operators.ts'

/** Part of a rule, or why there is none. */
export type StreamDraft<T> = T | { readonly reason: string }

/** The times that no standard names: they are written, and noted for the author. */
export const TOLERANCE_OVER = '1h'
const MINIMUM_EVENTS = 100

/** A service level about how old data may be becomes a check of freshness: by the element, if it names one of this object. */
export function freshnessOf(level: Mapping, object: Mapping): StreamDraft<Pick<RuleDraft, 'freshness'>> {
  const within = timeSpanOf(level)
  if (within === undefined) {
    return { reason: 'it is no length of time in seconds, minutes, hours, days or weeks' }
  }
  const element = textOf(level, 'element')
  if (element === undefined) return { freshness: { within } }
  const [first, ...rest] = element.split('.')
  const names = [textOf(object, 'name'), textOf(object, 'physicalName'), physicalName(object)]
  if (!names.includes(first)) return { reason: `it is about \`${element}\`, which is not in this object` }
  const path = rest.map(fieldName)
  if (path.includes(undefined)) return { reason: 'its element holds a name that JSONata can’t write' }
  return { freshness: path.length === 0 ? { within } : { within, field: path.join('.') } }
}

/** The window that `frequency` gives to counts of rows. */
export function frequencyOf(document: Mapping): string | undefined {
  const levels = asList(valueOf(document, 'slaProperties')).filter(isMapping)
  return levels.flatMap((level) =>
    textOf(level, 'property') === 'frequency' ? (timeSpanOf(level) ?? []) : [],
  )[0]
}

/** `rowCount` becomes a check of volume. */
export function volumeOf(rule: Mapping, over: string | undefined): StreamDraft<Pick<RuleDraft, 'volume'>> {
  const unit = valueOf(rule, 'unit')
  if (unit !== undefined && unit !== 'rows') return { reason: `its unit ${JSON.stringify(unit)} is not rows` }
  const bounds = boundsIn(rule)
  if (bounds === undefined) return { reason: 'its threshold is no least and no most number of rows' }
  const min = Math.max(0, Math.ceil(bounds.min ?? 0))
  const max = bounds.max === undefined ? undefined : Math.floor(bounds.max)
  if (max !== undefined && max < min) return { reason: 'no number of rows meets its threshold' }
  if (min === 0 && max === undefined) return { reason: 'its threshold is met by every stream' }
  if (over === undefined) {
    return {
      reason:
        'in which time so many events must come is not said: give `frequency` among `slaProperties`, or write a rule with `volume`',
    }
  }
  return { volume: { over, min: min === 0 ? undefined : min, max } }
}

/** A threshold on the share of bad rows becomes a tolerance. */
export function toleranceOf(rule: Mapping, says: string): StreamDraft<Pick<RuleDraft, 'tolerance'>> {
  const bounds = boundsIn(rule, 0)
  if (valueOf(rule, 'unit') !== 'percent') {
    return {
      reason: `it allows a number of bad rows (${says}): of a stream a share can be allowed, with \`unit: percent\` here or \`tolerance\` in a rule`,
    }
  }
  // The contract language writes six digits after the point.
  const share = Math.round((bounds?.max ?? Number.NaN) * 1e6) / 1e6
  if ((bounds?.min ?? 0) > 0 || !(share >= 1e-6 && share < 100)) {
    return { reason: `its threshold (${says}) is no largest share of bad rows, as \`tolerance\` is` }
  }
  return {
    tolerance: {
      fail: `${share.toFixed(6).replace(/\.?0+$/, '')}%`,
      over: TOLERANCE_OVER,
      minimumEvents: MINIMUM_EVENTS,
    },
  }
}
