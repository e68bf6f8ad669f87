import type { FreshnessCheck, StreamCheck, VolumeCheck } from '../../model/contract.ts'
import type { Detail } from '../../model/difference.ts'
import { spanText } from '../../model/written-rule.ts'
import { directionOf } from '../direction.ts'
import { detail, moved } from '../wording.ts'
import { compareCalendars } from './compare-calendars.ts'

/** What differs between two checks of one kind over the stream. */
export function compareFreshness(base: FreshnessCheck, head: FreshnessCheck): Detail[] {
  return [
    ...compareLimits('`freshness.within`', base.withinMs, head.withinMs, 'most', spanText),
    ...changed('`freshness.field`', base.field?.text, head.field?.text),
    ...compareCalendars('`freshness.except`', base.except, head.except),
  ]
}

export function compareVolumes(base: VolumeCheck, head: VolumeCheck): Detail[] {
  return [
    // As many events in a longer window may be fewer or more: that depends on how they come.
    ...changed('`volume.over`', spanText(base.overMs), spanText(head.overMs)),
    ...compareLimits('`volume.min`', base.min, head.min, 'least', String),
    ...compareLimits('`volume.max`', base.max, head.max, 'most', String),
    ...changed('`volume.field`', base.field?.text, head.field?.text),
    ...changed('`volume.lateness`', latenessOf(base), latenessOf(head)),
    ...compareCalendars('`volume.except`', base.except, head.except),
  ]
}

function latenessOf({ latenessMs }: VolumeCheck): string | undefined {
  return latenessMs === 0 ? undefined : spanText(latenessMs)
}

/** The word for a kind of check, with its article. */
export function kindOfStreamCheck({ kind }: StreamCheck): string {
  return kind === 'freshness' ? 'a check of freshness' : 'a check of volume'
}

/** A limit that allows less is tightened; one that is not there allows everything. */
export function compareLimits(
  what: string,
  base: number | undefined,
  head: number | undefined,
  side: 'least' | 'most',
  say: (limit: number) => string,
): Detail[] {
  const none = side === 'most' ? Infinity : -Infinity
  const [before, after] = [base ?? none, head ?? none]
  const isTighter = side === 'most' ? after <= before : after >= before
  const isLooser = side === 'most' ? after >= before : after <= before
  const texts = [base, head].map((limit) => (limit === undefined ? undefined : say(limit)))
  return detail(directionOf(isTighter, isLooser), `${what} ${moved(texts[0], texts[1])}`)
}

/** Something that may mean more or less. */
export function changed(what: string, base: string | undefined, head: string | undefined): Detail[] {
  return base === head ? [] : detail('changed', `${what} ${moved(base, head)}`)
}
