import type { EventOptions } from 'hot-shots'
import type { Notice } from '../../model/notice.ts'

/** An event as hot-shots takes it. */
export interface StatsdEvent {
  readonly title: string
  readonly text: string
  readonly options: EventOptions
}

const MAX_TITLE_CHARS = 200
const MAX_KEY_CHARS = 100
/** For the frame of an event: lengths, separators, time and alert type. */
const FRAME_BYTES = 80
const CUT = '...'

/**
 * A notice as a DogStatsD event of at most `maxBytes` beside its tags, in ASCII: hot-shots announces lengths in characters where the
 * protocol wants bytes, and an Agent takes an event with wrong lengths, or a datagram that is cut, for garbage.
 */
export function toStatsdEvent(notice: Notice, atMs: number, maxBytes: number): StatsdEvent {
  const title = shortened(ascii(notice.title).replaceAll('\n', ' '), MAX_TITLE_CHARS)
  const key = shortened(ascii(notice.aggregationKey).replaceAll(/[|\s]/g, '_'), MAX_KEY_CHARS)
  const room = Math.max(CUT.length, maxBytes - FRAME_BYTES - title.length - key.length)
  return {
    title,
    text: shortenedText(ascii(notice.text), room),
    options: { date_happened: new Date(atMs), aggregation_key: key, alert_type: notice.alertType },
  }
}

/** Notices are ASCII; should one not be, its lengths are right all the same. */
function ascii(text: string): string {
  return text.replaceAll(/[^\n\x20-\x7e]/gu, '?')
}

function shortened(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : text.slice(0, maxChars - CUT.length) + CUT
}

/** A line break is two characters on the wire. */
function shortenedText(text: string, maxChars: number): string {
  const breaks = text.split('\n').length - 1
  if (text.length + breaks <= maxChars) return text
  let [chars, end] = [CUT.length, 0]
  while (end < text.length && (chars += text[end] === '\n' ? 2 : 1) <= maxChars) end++
  return text.slice(0, end) + CUT
}
