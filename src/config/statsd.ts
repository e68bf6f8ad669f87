import { normaliseTagValue } from '../model/tag.ts'
import { BadValue, parseCount, parseHostPort } from './values.ts'

/** Where the StatsD receiver is. */
export type ReceiverAddress =
  | { readonly protocol: 'udp'; readonly host: string; readonly port: number }
  | { readonly protocol: 'uds'; readonly path: string }

export type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = '8125'

/** A receiver as `HOST:PORT`, `udp://HOST:PORT`, `unix:///path` or `unixgram:///path`. */
export function parseReceiver(text: string): ReceiverAddress | BadValue {
  const unix = /^unix(?:gram)?:\/\/(\/.+)$/.exec(text)
  if (unix?.[1] !== undefined) return { protocol: 'uds', path: unix[1] }
  const address = parseHostPort(text.replace(/^udp:\/\//, ''))
  return address instanceof BadValue || address.port === 0
    ? new BadValue('HOST:PORT or unix:///path')
    : { protocol: 'udp', ...address }
}

/** The receiver that Datadog's variables name (URL before socket before host), and which variable did. */
export function receiverFromEnvironment(env: Environment): {
  name: string
  address: ReceiverAddress | BadValue
} {
  if (env.DD_DOGSTATSD_URL) return { name: 'DD_DOGSTATSD_URL', address: parseReceiver(env.DD_DOGSTATSD_URL) }
  if (env.DD_DOGSTATSD_SOCKET) {
    return { name: 'DD_DOGSTATSD_SOCKET', address: { protocol: 'uds', path: env.DD_DOGSTATSD_SOCKET } }
  }
  const port = parseCount(env.DD_DOGSTATSD_PORT || DEFAULT_PORT)
  if (port instanceof BadValue || port > 65_535) {
    return { name: 'DD_DOGSTATSD_PORT', address: new BadValue('a port number') }
  }
  return {
    name: 'DD_AGENT_HOST',
    address: { protocol: 'udp', host: env.DD_AGENT_HOST || DEFAULT_HOST, port },
  }
}

/**
 * Tags on every metric. `DD_TAGS` first, so that DD_ENV, DD_SERVICE and DD_VERSION win; a DD_TAGS with a comma is split at commas, else
 * at blanks (as the Agent and Datadog's tracers do it).
 */
export function globalTags(env: Environment, domain: string, isDatadog: boolean): Record<string, string> {
  const tags: Record<string, string> = {}
  const list = env.DD_TAGS ?? ''
  for (const tag of list.split(list.includes(',') ? ',' : /\s+/)) {
    const colon = tag.indexOf(':')
    if (colon > 0)
      tags[normaliseTagValue(tag.slice(0, colon).trim())] = normaliseTagValue(tag.slice(colon + 1).trim())
  }
  tags.service = normaliseTagValue(env.DD_SERVICE || tags.service || `assay-${domain}`)
  if (env.DD_ENV) tags.env = normaliseTagValue(env.DD_ENV)
  if (env.DD_VERSION) tags.version = normaliseTagValue(env.DD_VERSION)
  if (isDatadog && env.DD_ENTITY_ID) tags['dd.internal.entity_id'] = env.DD_ENTITY_ID
  return tags
}
