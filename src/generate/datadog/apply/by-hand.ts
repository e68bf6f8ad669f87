import type { RemoteBody } from '../../../ports/datadog-api.ts'
import { differencesOf, isObject } from './differences.ts'

/**
 * Options that people set on a monitor in Datadog and no file names, with what they are where nobody did. They are looked for one by one:
 * all other keys that a file does not name may be defaults of Datadog's.
 */
const UNTOUCHED_OPTIONS: RemoteBody = {
  escalation_message: '',
  locked: false,
  notification_preset_name: 'show_all',
  notify_by: [],
  renotify_interval: 0,
  renotify_statuses: [],
  timeout_h: 0,
}
/** A draft tells nobody. */
const UNTOUCHED: RemoteBody = { draft_status: 'published' }

/**
 * The body of a monitor, with what people set there said to be as if they had not. That somebody muted it stays as it is: it is done in a
 * bad hour, and must not be undone by a deployment.
 */
export function withoutHandwork(wanted: RemoteBody, there: RemoteBody): RemoteBody {
  const options = isObject(there.options) ? there.options : {}
  const { silenced } = options
  const muted = isObject(silenced) && Object.keys(silenced).length > 0 ? { silenced } : {}
  return {
    ...resetsOf(there, UNTOUCHED),
    ...wanted,
    options: { ...resetsOf(options, UNTOUCHED_OPTIONS), ...muted, ...(wanted.options as RemoteBody) },
  }
}

/** Whether people keep a monitor from telling anybody. */
export function isMuted({ options, matching_downtimes: downtimes }: RemoteBody): boolean {
  const silenced = isObject(options) && isObject(options.silenced) ? options.silenced : {}
  return Object.keys(silenced).length > 0 || (Array.isArray(downtimes) && downtimes.length > 0)
}

function resetsOf(there: RemoteBody, untouched: RemoteBody): RemoteBody {
  const touched = Object.entries(untouched).filter(
    ([key, value]) =>
      there[key] !== undefined && there[key] !== null && differencesOf(there[key], value).length > 0,
  )
  return Object.fromEntries(touched)
}
