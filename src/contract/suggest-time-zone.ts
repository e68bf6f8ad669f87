import { nearest } from '../model/did-you-mean.ts'
import { quote } from './describe-node.ts'

/** What to write instead of a time zone that is not known. */
export function suggestTimeZone(name: string): string {
  if (/^(?:UTC|GMT|Z)?\s*[+\-−]?\d*(?::?\d\d)?$/i.test(name))
    return 'An offset is the same in summer and winter: name a place whose clocks are meant, such as Europe/Paris, or UTC.'
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  const place = name.trim().replaceAll(' ', '_').toLowerCase()
  const meant = zones.find((zone) => zone.toLowerCase().endsWith(`/${place}`)) ?? nearest(name, zones)
  return meant === undefined
    ? 'Write the IANA name of a place whose clocks are meant, such as Europe/Paris, or UTC.'
    : `Did you mean ${quote(meant)}?`
}
